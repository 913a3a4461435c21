package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelLacksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip link add t1 type gre remote 198.51.100.2 | Error: Unknown device type. | the module ip_gre",
                // __rtnl_newlink and rtnl_getlink in net/core/rtnetlink.c, without iproute2 in between
                "ip link add t1 type gre remote 198.51.100.2 | Operation not supported: Unknown device type | the module ip_gre",
                "ip link set tunl0 up | No such device | the module ipip",
                // netlink_create in net/netlink/af_netlink.c, when nobody registered the protocol
                "ip xfrm state flush | Cannot open netlink socket: Protocol not supported | the module xfrm_user",
                "ip xfrm state flush | netlink socket of protocol 6: Protocol not supported | the module xfrm_user",
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
        return KernelLacks.recognise(argv, said.trim()).map(KernelLacks::what).orElse("");
    }
}
