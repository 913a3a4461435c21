package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A kind of net/ipv6/ip6_gre.c that carries frames: its outer header, and what its devices cost and refuse, are those of {@link Ip6gre}. */
interface Ip6greFrameKind extends FrameKind {

    /** The kind of layer 3 of the same driver. */
    Ip6gre GRE = new Ip6gre();

    @Override
    default List<String> modules() {
        return GRE.modules();
    }

    /** {@inheritDoc} None of its own: {@code ip6gre_tunnel_lookup} ends with ip6gre0, whatever is carried. */
    @Override
    default @Nullable String fallbackDevice() {
        return null;
    }

    @Override
    default @Nullable String lastResort() {
        return GRE.fallbackDevice();
    }

    /** {@inheritDoc} Here it is {@link #lastResort}, which looks at neither a key nor what is carried. */
    @Override
    default boolean fallbackTakes(Options options) {
        return GRE.fallbackTakes(options);
    }

    @Override
    default Map<String, String> fallbackOptions() {
        return Map.of();
    }

    @Override
    default int fallbackMtu() {
        return GRE.fallbackMtu();
    }

    @Override
    default Set<Family> outerFamilies() {
        return GRE.outerFamilies();
    }

    @Override
    default Set<Family> innerFamilies(Options options) {
        return GRE.innerFamilies(options);
    }

    @Override
    default int outerProtocol(Options options, Carried carried) {
        return OuterIpv6.nextHeader(options, carriedProtocol(options, carried));
    }

    @Override
    default int carriedProtocol(Options options, Carried carried) {
        mustBeFrame(carried);
        return GRE.carriedProtocol(options, Carried.IPV6);
    }

    @Override
    default List<String> fixedHeader(int hopLimit, int trafficClass) {
        return GRE.fixedHeader(hopLimit, trafficClass);
    }

    @Override
    default List<String> inheritedHeader() {
        return GRE.inheritedHeader();
    }

    @Override
    default boolean encapsulatesEcn() {
        return GRE.encapsulatesEcn();
    }

    @Override
    default boolean relaysErrors() {
        return GRE.relaysErrors();
    }

    @Override
    default int defaultMtu(Family outer, int underlayMtu, Options options) {
        // ip6gre_tnl_link_config_route goes no lower than IPV6_MIN_MTU.
        return Math.max(underlayMtu - overhead(outer, options), Ip6gre.LEAST_DEFAULT_MTU);
    }

    @Override
    default int minMtu() {
        return GRE.minMtu();
    }

    @Override
    default List<String> words(TunnelEnd end) {
        return end.external() ? External.deviceWords(end.options(), Set.of()) : FrameKind.super.words(end);
    }
}
