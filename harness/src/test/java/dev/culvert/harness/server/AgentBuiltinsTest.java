package dev.culvert.harness.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the agent does itself instead of starting {@code sysctl} or {@code ethtool}, in a network namespace of its own. */
class AgentBuiltinsTest {

    private LocalAgent agent;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        agent = LocalAgent.isolated();
        server = agent.attach();
        run("ip link add v0 type veth peer name v1.7");
    }

    @AfterEach
    void end() {
        agent.close();
    }

    @Test
    void variablesAreWrittenAlsoThoseOfADeviceWithADotInItsName() {
        CommandRecord result = run("sysctl -q -w net.ipv4.conf.v0.forwarding=1 net.ipv4.conf.v1/7.ttl=9");

        assertThat(result.exit()).isNotZero();
        assertThat(
                        run("sysctl -q -w net.ipv4.conf.v0.forwarding=1 net.ipv4.conf.v1/7.tag=9 net/ipv4/conf/v1.7/medium_id=3")
                                .exit())
                .isZero();
        assertThat(file("v0/forwarding")).isEqualTo("1");
        assertThat(file("v1.7/tag")).isEqualTo("9");
        assertThat(file("v1.7/medium_id")).isEqualTo("3");
    }

    @Test
    void offloadsAreSwitchedOff() {
        assertThat(offloads()).startsWith("1 1 1 1 ");
        assertThat(run("ethtool -K v0 tx off tso off").exit()).isZero();

        assertThat(offloads()).startsWith("0 1 0 1 ");
        assertThat(run("ethtool -K v0 sg off gso off gro off").exit()).isZero();

        assertThat(offloads()).isEqualTo("0 0 0 0 0");
    }

    @Test
    void theKernelIsNamedAndItsFilesAreShown() throws Exception {
        Process uname = new ProcessBuilder("uname", "-r", "-v", "-m").start();

        assertThat(run("uname -r -v -m").stdout())
                .isEqualTo(new String(uname.getInputStream().readAllBytes(), UTF_8));
        assertThat(run("cat /proc/self/comm").stdout()).isEqualTo("agent\n");
        assertThat(run("cat /proc/net/dev").stdout()).contains("v0:", "v1.7:");
        assertThat(run("cat /proc/none").stderr()).containsIgnoringCase("no such file");
    }

    @Test
    void networkNamespacesAreMadeAndRemovedAsIpDoes() {
        run("mount -t tmpfs tmpfs /run");
        for (String name : List.of("first", "second", "third")) {
            assertThat(run("ip netns add " + name).exit()).isZero();
        }

        assertThat(run("ip netns list").stdout().lines()).containsExactlyInAnyOrder("first", "second", "third");
        assertThat(run("ip -n third -br link show dev lo").stdout()).startsWith("lo ");
        assertThat(run("ip -br link").stdout()).contains("v0");
        assertThat(run("ip netns add third").stderr()).contains("File exists");
        assertThat(run("ip netns del second").exit()).isZero();
        assertThat(run("ip netns list").stdout().lines()).containsExactlyInAnyOrder("first", "third");
        assertThat(run("ip netns del second").stderr()).contains("No such file or directory");
        assertThat(run("ip netns delete third").exit()).isZero();
        assertThat(run("ip netns list").stdout().lines()).containsExactly("first");
    }

    @Test
    void whatItDoesNotDoTheProgramDoesOrRefuses() {
        // ethtool itself need not be installed: that it is looked for is told by its message or by that of its absence.
        assertThat(run("ethtool -K none0 tx off").stderr()).isNotEmpty();
        assertThat(run("sysctl -q -w net.ipv4.nothing=1").stderr()).contains("nothing");
        assertThat(run("sysctl -n net.ipv4.conf.v0.tag").stdout()).isEqualTo("0\n");
    }

    /** Whether the kernel has tx, sg, tso, gso and gro on, in that order: ETHTOOL_GTXCSUM, _GSG, _GTSO, _GGSO, _GGRO (linux/ethtool.h). */
    private String offloads() {
        String program = """
                use Socket;
                socket my $socket, AF_INET, SOCK_DGRAM, 0 or die;
                print join ' ', map {
                    my $value = pack 'L L', $_, 2;
                    my $request = pack 'a16 P x16', 'v0', $value;
                    ioctl $socket, 0x8946, $request or die $!;
                    unpack 'x4 L', $value;
                } 0x16, 0x18, 0x1e, 0x23, 0x2b;
                """;
        return server.run(Command.at(Place.A, "perl", "-e", program)).stdout();
    }

    private String file(String name) {
        return run("cat /proc/sys/net/ipv4/conf/" + name).stdout().strip();
    }

    private CommandRecord run(String words) {
        return server.run(Command.at(Place.A, Stream.of(words.split(" ", -1)).toList()));
    }
}
