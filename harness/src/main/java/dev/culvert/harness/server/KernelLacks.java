package dev.culvert.harness.server;

import dev.culvert.topologies.Kinds;
import java.util.List;
import java.util.Optional;

/** The kernel of the lab lacks what a step of a plan needs. */
public final class KernelLacks extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What `ip`, or the kernel itself, says when rtnetlink knows no such link type, or no such encapsulation (net/core/rtnetlink.c, net/core/lwtunnel.c). */
    private static final List<String> REFUSALS = List.of(
            "Unknown device type",
            "not supported",
            "Cannot find device",
            "No such device",
            "No such file or directory");

    private final String what;
    private final String kernelSaid;

    private KernelLacks(String what, String kernelSaid) {
        super("the kernel lacks " + what + ": " + kernelSaid);
        this.what = what;
        this.kernelSaid = kernelSaid;
    }

    /** What is lacking: {@code the module ipip}. */
    public String what() {
        return what;
    }

    /** The tool's and the kernel's own words. */
    public String kernelSaid() {
        return kernelSaid;
    }

    /**
     * Recognises a refusal that means a missing driver.
     *
     * @param argv the command of the step, also where it went by netlink
     * @param said the words of the tool and the kernel
     */
    static Optional<KernelLacks> recognise(List<String> argv, String said) {
        if (said.contains("Invalid argument") && isInUdp(argv)) {
            // ip_tunnel_encap_setup in net/ipv4/ip_tunnel.c, when nobody registered the encapsulation
            return Optional.of(new KernelLacks("CONFIG_NET_FOU_IP_TUNNELS", said));
        }
        if (said.contains("Protocol not supported")
                && argv.size() > 1
                && argv.get(1).equals("xfrm")) {
            return Optional.of(new KernelLacks("the module xfrm_user", said));
        }
        if (REFUSALS.stream().noneMatch(said::contains)) {
            return Optional.empty();
        }
        return missing(argv).map(module -> new KernelLacks("the module " + module, said));
    }

    private static boolean isInUdp(List<String> argv) {
        int encap = argv.indexOf("encap");
        return encap > 0 && List.of("fou", "gue").contains(argv.get(encap + 1));
    }

    private static Optional<String> missing(List<String> argv) {
        if (argv.size() > 1 && argv.get(1).equals("fou")) {
            return Optional.of("fou");
        }
        int type = argv.indexOf("type");
        if (argv.contains("link") && type > 0) {
            String name = argv.get(type + 1);
            return Optional.of(
                    Kinds.named(name).map(kind -> kind.modules().get(0)).orElse(name));
        }
        if (argv.contains("tunl0")) {
            return Optional.of("ipip");
        }
        if (argv.contains("encap") && argv.contains("mpls")) {
            return Optional.of("mpls_iptunnel");
        }
        boolean mpls = argv.stream().anyMatch(word -> word.startsWith("net.mpls.")) || argv.contains("mpls");
        return mpls ? Optional.of("mpls_router") : Optional.empty();
    }
}
