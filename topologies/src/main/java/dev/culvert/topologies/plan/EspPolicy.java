package dev.culvert.topologies.plan;

import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Subnet;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A policy that every packet with the mark of a state, whatever its addresses, is protected by that state, or has been (ip-xfrm(8)).
 */
public record EspPolicy(Direction direction, EspState state) {

    /** Which packets it is asked of: {@code XFRM_POLICY_*} of include/uapi/linux/xfrm.h. */
    public enum Direction {
        IN("in", 0),
        OUT("out", 1),
        FORWARDED("fwd", 2);

        private final String word;
        private final int number;

        Direction(String word, int number) {
            this.word = word;
            this.number = number;
        }

        /** The kernel's number. */
        public int number() {
            return number;
        }
    }

    /** The command that makes it. */
    public List<String> add() {
        List<String> argv = new ArrayList<>(List.of("ip", "xfrm", "policy", "add"));
        argv.addAll(words(direction, state, state.destination()));
        return List.copyOf(argv);
    }

    /** The words behind {@code ip xfrm policy add}, or {@code update}, of a policy that asks for a state to that address. */
    public static List<String> words(Direction direction, EspState state, InetAddress destination) {
        String every = Subnet.everything(state.inside()).toString();
        List<String> argv = new ArrayList<>(List.of("src", every, "dst", every, "dir", direction.word));
        argv.addAll(List.of("mark", Long.toString(state.mark())));
        argv.addAll(List.of("tmpl", "src", IpAddress.text(state.source()), "dst", IpAddress.text(destination)));
        argv.addAll(List.of("proto", "esp", "mode", "tunnel"));
        return List.copyOf(argv);
    }
}
