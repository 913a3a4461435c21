package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.LinkInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ethernet over GRE over IPv4: a device of layer 2 with the options and the header of {@link Gre}, behind which comes a whole frame. Kernel:
 * net/ipv4/ip_gre.c, {@code gre_tap_netdev_ops}.
 */
public final class Gretap implements FrameKind {

    private final Gre gre = new Gre();

    @Override
    public String name() {
        return "gretap";
    }

    @Override
    public String title() {
        return "Ethernet over GRE over IPv4";
    }

    @Override
    public List<Option> options() {
        return gre.options();
    }

    @Override
    public Map<String, String> mismatches(Options own, Options far) {
        return GreAgreement.mismatches(own, far);
    }

    @Override
    public Map<String, String> conflicts(Options options) {
        return gre.conflicts(options);
    }

    @Override
    public List<String> modules() {
        return gre.modules();
    }

    @Override
    public String fallbackDevice() {
        return "gretap0";
    }

    @Override
    public int overhead(Family outer, Options options) {
        return gre.overhead(outer, options) + ETHERNET_HEADER;
    }

    @Override
    public Set<Family> outerFamilies() {
        return gre.outerFamilies();
    }

    @Override
    public Set<Family> innerFamilies(Options options) {
        return gre.innerFamilies(options);
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        mustBeFrame(carried);
        return gre.outerProtocol(options, Carried.IPV4);
    }

    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        return gre.encapsulate(options, carried, packet);
    }

    @Override
    public boolean numbersPackets(Options options) {
        return gre.numbersPackets(options);
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // ip_tunnel_bind_dev in net/ipv4/ip_tunnel.c goes no lower than IPV4_MIN_MTU.
        return Math.max(underlayMtu - Gre.reserved(options) - ETHERNET_HEADER, 68);
    }

    @Override
    public boolean fallbackTakes(Options options) {
        return gre.fallbackTakes(options);
    }

    @Override
    public Map<String, String> fallbackOptions() {
        return gre.fallbackOptions();
    }

    @Override
    public int fallbackMtu() {
        return gre.fallbackMtu() - ETHERNET_HEADER;
    }

    @Override
    public int minMtu() {
        return gre.minMtu();
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // Both ip_tunnel_newlink and __ip_tunnel_change_mtu take off the hard_header_len of an ARPHRD_ETHER device too.
        return gre.maxMtu(outer, options) - ETHERNET_HEADER;
    }

    @Override
    public List<String> words(TunnelEnd end) {
        return end.external() ? External.deviceWords(end.options(), Set.of()) : FrameKind.super.words(end);
    }

    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        return GreOptions.of(end).ofKind("gretap");
    }

    @Override
    public Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        return gre.lightweightTunnel(end);
    }

    @Override
    public String mirrored(String option) {
        return gre.mirrored(option);
    }
}
