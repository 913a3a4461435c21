package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.LinkInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A kind whose devices have no header of their own: they hand packets to IPsec, whose policies and states are found by the keys, which are marks. */
interface IpsecKind extends Kind {

    /** IANA's number for ESP. */
    int ESP = 50;

    @Override
    default List<Option> options() {
        return VtiOptions.ALL;
    }

    @Override
    default Map<String, String> conflicts(Options options) {
        return VtiOptions.conflicts(options);
    }

    @Override
    default String mirrored(String option) {
        return VtiOptions.mirrored(option);
    }

    @Override
    default Set<Family> innerFamilies(Options options) {
        return EnumSet.allOf(Family.class);
    }

    @Override
    default int outerProtocol(Options options, Carried carried) {
        return ESP;
    }

    @Override
    default byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        throw new IllegalArgumentException(name() + " has no header of its own; IPsec protects the packet");
    }

    @Override
    default boolean protectedByEsp() {
        return true;
    }

    /** {@inheritDoc} IPsec does. */
    @Override
    default boolean numbersPackets(Options options) {
        return true;
    }

    @Override
    default boolean carriesLabels(Options options) {
        return false;
    }

    /** {@inheritDoc} It has no mark, by which no state is found. */
    @Override
    default boolean fallbackTakes(Options options) {
        return false;
    }

    @Override
    default Map<String, String> fallbackOptions() {
        return Map.of();
    }

    @Override
    default int minMtu() {
        return 68;
    }

    /** {@inheritDoc} {@code vti_netlink_parms} and {@code vti6_netlink_parms} read them, {@code vti_print_opt} and {@code vti6_print_opt} in iproute2 show them. */
    @Override
    default LinkInfo linkInfo(TunnelEnd end) {
        return VtiOptions.linkInfo(end, name());
    }
}
