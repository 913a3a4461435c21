package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.plan.RunStep;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelLacksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip link add t1 type gre remote 198.51.100.2 | Error: Unknown device type. | the module ip_gre",
                // genl_ctrl_resolve_family in iproute2, when no family is called fou
                "ip fou add port 5555 ipproto 4 | RTNETLINK answers: No such file or directory | the module fou",
                "ip link add t1 type ipip encap gue encap-dport 5555 | RTNETLINK answers: Invalid argument | CONFIG_NET_FOU_IP_TUNNELS"
            })
    void namesWhatIsMissing(String command, String said, String lacking) {
        assertThat(recognised(command, said)).isEqualTo(lacking);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip link add t1 type ipip encap none | RTNETLINK answers: Invalid argument",
                "ip fou add port 5555 ipproto 4 | RTNETLINK answers: Address already in use"
            })
    void takesNoOtherRefusalForAMissingDriver(String command, String said) {
        assertThat(recognised(command, said)).isEmpty();
    }

    private static String recognised(String command, String said) {
        List<String> argv = List.of(command.trim().split(" ", -1));
        CommandRecord result = new CommandRecord(Place.A, argv, 2, false, "", said.trim(), 0, 0);
        return KernelLacks.recognise(new RunStep(Place.A, argv, "try"), result)
                .map(KernelLacks::what)
                .orElse("");
    }
}
