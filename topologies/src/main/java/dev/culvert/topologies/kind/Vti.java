package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.LinkInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Virtual tunnel interface over IPv4: a device of layer 3 that hands packets to IPsec. It has no header of its own; its keys are marks
 * by which policies and states are found. Kernel: net/ipv4/ip_vti.c; options are those of iproute2's {@code ip/link_vti.c}.
 */
public final class Vti implements Kind {

    private static final int IPV4_HEADER = 20;
    /** IANA's number for ESP. */
    private static final int PROTOCOL = 50;

    @Override
    public String name() {
        return "vti";
    }

    @Override
    public String title() {
        return "IPsec tunnel interface over IPv4";
    }

    @Override
    public List<Option> options() {
        return VtiOptions.ALL;
    }

    @Override
    public Map<String, String> conflicts(Options options) {
        return VtiOptions.conflicts(options);
    }

    @Override
    public List<String> modules() {
        return List.of("ip_vti", "esp4", "xfrm_user");
    }

    @Override
    public String fallbackDevice() {
        return "ip_vti0";
    }

    /** {@inheritDoc} What ESP takes is not among them; that depends on the packet: see {@link dev.culvert.topologies.Esp#overhead}. */
    @Override
    public int overhead(Family outer, Options options) {
        return IPV4_HEADER;
    }

    @Override
    public Set<Family> outerFamilies() {
        return Set.of(Family.IPV4);
    }

    @Override
    public Set<Family> innerFamilies(Options options) {
        return Set.of(Family.IPV4, Family.IPV6);
    }

    @Override
    public int outerProtocol(Options options, Carried carried) {
        return PROTOCOL;
    }

    @Override
    public byte[] encapsulate(Options options, Carried carried, byte[] packet) {
        throw new IllegalArgumentException("vti has no header of its own; IPsec protects the packet");
    }

    @Override
    public boolean protectedByEsp() {
        return true;
    }

    /** {@inheritDoc} IPsec does. */
    @Override
    public boolean numbersPackets(Options options) {
        return true;
    }

    @Override
    public boolean carriesLabels(Options options) {
        return false;
    }

    @Override
    public int defaultMtu(Family outer, int underlayMtu, Options options) {
        // ip_tunnel_bind_dev in net/ipv4/ip_tunnel.c goes no lower than IPV4_MIN_MTU.
        return Math.max(underlayMtu - IPV4_HEADER, 68);
    }

    /** {@inheritDoc} It has no mark, by which no state is found. */
    @Override
    public boolean fallbackTakes(Options options) {
        return false;
    }

    @Override
    public Map<String, String> fallbackOptions() {
        return Map.of();
    }

    @Override
    public int fallbackMtu() {
        // ip_tunnel_bind_dev starts from ETH_DATA_LEN when there is neither a remote nor a bound device.
        return 1500 - IPV4_HEADER;
    }

    @Override
    public int minMtu() {
        return 68;
    }

    @Override
    public int maxMtu(Family outer, Options options) {
        // IP_MAX_MTU less the outer header (ip_tunnel_newlink, __ip_tunnel_change_mtu).
        return 65535 - IPV4_HEADER;
    }

    @Override
    public List<String> addDevice(TunnelEnd end) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "add", end.device(), "type", "vti"));
        argv.addAll(List.of(
                "local", end.local().getHostAddress(), "remote", end.remote().getHostAddress()));
        argv.addAll(end.options().words());
        return List.copyOf(argv);
    }

    @Override
    public List<String> changeDevice(String device, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "set", device, "type", "vti"));
        argv.addAll(words);
        return List.copyOf(argv);
    }

    /** {@inheritDoc} {@code vti_netlink_parms} in net/ipv4/ip_vti.c reads them, {@code vti_print_opt} in iproute2 shows them. */
    @Override
    public LinkInfo linkInfo(TunnelEnd end) {
        return VtiOptions.linkInfo(end, "vti");
    }

    @Override
    public String mirrored(String option) {
        return VtiOptions.mirrored(option);
    }
}
