package dev.culvert.topologies.plan;

import dev.culvert.topologies.IpAddress;
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
        return List.of(
                "ip",
                "xfrm",
                "policy",
                "add",
                "src",
                "0.0.0.0/0",
                "dst",
                "0.0.0.0/0",
                "dir",
                direction.word,
                "mark",
                Long.toString(state.mark()),
                "tmpl",
                "src",
                IpAddress.text(state.source()),
                "dst",
                IpAddress.text(state.destination()),
                "proto",
                "esp",
                "mode",
                "tunnel");
    }
}
