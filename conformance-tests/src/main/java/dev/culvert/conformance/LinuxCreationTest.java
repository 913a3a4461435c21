package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.ModeStimuli.AGAIN;
import static dev.culvert.harness.stimulus.ModeStimuli.AGAIN_IN_OTHER_MODE;
import static dev.culvert.harness.stimulus.ModeStimuli.DEFAULT;
import static dev.culvert.harness.stimulus.ModeStimuli.MODES;
import static dev.culvert.harness.stimulus.ModeStimuli.WITHOUT_ENDS;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Window;

@ConformanceTest("net/ipv4/ip_tunnel.c ip_tunnel_newlink, which devices can be made")
class LinuxCreationTest {

    private final Evidence evidence;

    LinuxCreationTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-CREATE-EEXIST",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_find, ip_tunnel_newlink, net/ipv6/sit.c ipip6_tunnel_locate, ipip6_newlink",
            sentence =
                    "A second device with the local and remote of another is refused as existing, also in another mode; and one "
                            + "without both is refused while the fallback device is there.",
            provoked = "B makes a device, then others with the same ends, and one without ends.",
            observed = "How `ip link add` ends and what it says.",
            labelledAlone = true,
            kinds = {"ipip", "sit"})
    void secondDeviceWithTheSameEndsIsRefused(Judge judge) {
        Window window = evidence.during(MODES);
        judge.equal(
                "exit status of the first `ip link add`",
                0,
                window.answer(DEFAULT).exit());
        for (String attempt : new String[] {AGAIN, AGAIN_IN_OTHER_MODE, WITHOUT_ENDS}) {
            CommandRecord refused = window.answer(attempt);
            String command = "`" + String.join(" ", refused.argv()) + "`";
            // ip(8): 2 when the kernel reports an error
            judge.equal("exit status of " + command, 2, refused.exit());
            judge.holds(
                    "what " + command + " says",
                    "File exists",
                    refused.stderr().contains("File exists"),
                    refused.stderr().strip());
        }
    }
}
