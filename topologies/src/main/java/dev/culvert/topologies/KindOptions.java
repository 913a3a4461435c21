package dev.culvert.topologies;

import java.util.List;
import java.util.Map;

/** The options of a tunnel device, whatever its kind, each with the value in force: what is not told is the kind's default. */
public interface KindOptions {

    /** Every option by iproute2's name, with its value as text: {@code ttl} is {@code inherit}, {@code pmtudisc} is {@code true}. */
    Map<String, String> asWords();

    /** All of them as words for {@code ip link add} and {@code ip link set}: {@code mode any ttl inherit tos 0 pmtudisc}. */
    List<String> arguments();
}
