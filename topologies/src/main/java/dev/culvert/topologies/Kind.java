package dev.culvert.topologies;

import dev.culvert.topologies.link.LinkInfo;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel kind: what it is called, what it takes, what it costs, and how a server is told to make a device of it. One class
 * each, found through {@code META-INF/services}; see {@link Kinds}.
 */
public interface Kind {

    /** The name in topology files and in {@code ip link add … type NAME}. */
    String name();

    /** What it is, for people. */
    String title();

    /** The options it takes, in the order in which commands show them. */
    List<Option> options();

    /** What is wrong with options that are each allowed but not together; one sentence each, by the option to blame. */
    Map<String, String> conflicts(Options options);

    /** What of options is out of place over a family of IP, though another of {@link #outerFamilies} has it; one sentence each, by the option to blame. */
    default Map<String, String> outOfPlace(Family outer, Options options) {
        return Map.of();
    }

    /** What of an end's options lets no packet through between it and an end with other ones; one sentence each, by the option to blame. */
    default Map<String, String> mismatches(Options own, Options far) {
        return Map.of();
    }

    /** The kernel modules that it needs. */
    List<String> modules();

    /** The options of the kernel's configuration that a tunnel end needs besides the modules, {@code CONFIG_NET_IPGRE_BROADCAST}. */
    default List<String> configuration(TunnelEnd end) {
        return List.of();
    }

    /** The device that receives what no other device of the kind matches; the kernel makes it. Null where there is none. */
    @Nullable
    String fallbackDevice();

    /**
     * The device that, once it is up, takes what no other device takes: the fallback device, where there is none of the kind's own that of another
     * kind of the same driver. Null where there is none.
     */
    default @Nullable String lastResort() {
        return fallbackDevice();
    }

    /** Whether of a device that has an address of the server and one that has that of the other end the former takes a packet which matches both. */
    default boolean prefersLocal() {
        return false;
    }

    /** Whether of devices that match a packet the one that is bound to the interface it came in by takes it first. */
    default boolean prefersLink() {
        return true;
    }

    /** Whether a device is told which address of its server it sends from; otherwise that of its route to the other end is taken. */
    default boolean hasLocal() {
        return true;
    }

    /**
     * Bytes that a tunnel with these options puts before each inner packet, the outer IP header and that of a carried frame included.
     *
     * @param outer the family of the outer header, one of {@link #outerFamilies}
     */
    int overhead(Family outer, Options options);

    /** By how many bytes less than {@link #overhead} says the packet of this frame is longer than the frame itself: most kinds tell no frames apart. */
    default int leavesOut(Options options, byte[] frame) {
        return 0;
    }

    /** Whether the remote of both ends may be one multicast group. */
    default boolean takesGroups() {
        return false;
    }

    /** Whether a device with these options carries whole Ethernet frames, so that it has an Ethernet address and asks for those of others. */
    default boolean carriesFrames(Options options) {
        return false;
    }

    /** The families of IP that the outer header may be of. */
    Set<Family> outerFamilies();

    /** The families of IP that may be inside a tunnel with these options, behind labels too. */
    Set<Family> innerFamilies(Options options);

    /**
     * The protocol number that the outer header itself has, its next header with IPv6; throws {@link IllegalArgumentException} for what the kind
     * does not carry. Where a device puts its packets into UDP it is what follows there: see {@link Topology#outerProtocol}.
     */
    int outerProtocol(Options options, Carried carried);

    /** The number that the outer header itself has where a device with these options puts its packets into UDP: an extension header may come first. */
    default int protocolOfUdp(Options options) {
        return UdpEncapsulation.PROTOCOL;
    }

    /** The number of what is carried, behind the extension headers of an outer IPv6 header too. */
    default int carriedProtocol(Options options, Carried carried) {
        return outerProtocol(options, carried);
    }

    /** The words of {@code ip link} by which a device gives every outer header this hop limit and traffic class, and DF where there is one. */
    default List<String> fixedHeader(int hopLimit, int trafficClass) {
        List<String> words = new ArrayList<>(
                List.of("ttl", String.valueOf(hopLimit), "tos", "0x" + Integer.toHexString(trafficClass)));
        words.addAll(alwaysDf());
        return List.copyOf(words);
    }

    /** The words of {@code ip link} by which a device takes as much as it can of the outer header from the inner one. */
    default List<String> inheritedHeader() {
        List<String> words = new ArrayList<>(List.of("ttl", "inherit", "tos", "inherit"));
        words.addAll(inheritedDf());
        return List.copyOf(words);
    }

    /** Whether the outer header's ECN field is made of the inner packet's; otherwise it is two bits of the traffic class like any others. */
    default boolean encapsulatesEcn() {
        return true;
    }

    /** Whether a device with these options gives what comes out of the tunnel the DSCP of the outer header; otherwise it has that of its own. */
    default boolean takesDscp(Options options) {
        return false;
    }

    /** Whether the source of an inner packet is told what ICMP errors from within the tunnel say of it. */
    default boolean relaysErrors() {
        return true;
    }

    /**
     * What lies behind the outer header, and behind UDP where there is {@link UdpEncapsulation}, when a packet is in it: the kind's own
     * header, if it has one, and the packet.
     *
     * @param options those of the device that sends it
     */
    byte[] encapsulate(Options options, Carried carried, byte[] packet);

    /** Whether a device with these options counts its packets, so that the other end refuses one that somebody else has made. */
    boolean numbersPackets(Options options);

    /** Whether a device with these options lets labelled packets through. */
    boolean carriesLabels(Options options);

    /** Whether a device with these options lets IP through that has no labels. */
    default boolean carriesUnlabelled(Options options) {
        return true;
    }

    /** What a device with these options lets through. */
    default Set<Carried> carries(Options options) {
        Set<Carried> carries = EnumSet.noneOf(Carried.class);
        if (carriesUnlabelled(options)) {
            innerFamilies(options).forEach(family -> carries.add(family.carried()));
        }
        if (carriesLabels(options)) {
            carries.add(Carried.MPLS);
        }
        return carries;
    }

    /**
     * The MTU that the kernel gives a new device with these options whose underlay route has an MTU.
     *
     * @param outer the family of the outer header, one of {@link #outerFamilies}
     */
    int defaultMtu(Family outer, int underlayMtu, Options options);

    /** Whether the fallback device takes the packets of a device with these options. */
    boolean fallbackTakes(Options options);

    /** The options that the fallback device has from the kernel, as far as they are not the defaults of {@code ip link}. */
    Map<String, String> fallbackOptions();

    /** The MTU of the fallback device, which has no underlay. */
    int fallbackMtu();

    /** The smallest MTU that a device takes. */
    int minMtu();

    /** What a route by the fallback device names as the next hop, so that the outer destination is a remote. */
    default InetAddress fallbackNextHop(InetAddress remote) {
        return remote;
    }

    /**
     * The largest MTU that a device with these options takes.
     *
     * @param outer the family of the outer header, one of {@link #outerFamilies}
     */
    int maxMtu(Family outer, Options options);

    /** The command that makes the device of an end. */
    default List<String> addDevice(TunnelEnd end) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "add", end.device()));
        if (end.mac() != null) {
            argv.addAll(List.of("address", end.mac()));
        }
        argv.addAll(List.of("type", name()));
        argv.addAll(words(end));
        return List.copyOf(argv);
    }

    /** What stands behind the kind's name in the command that makes the device of an end: its ends, and its options. */
    default List<String> words(TunnelEnd end) {
        List<String> words = new ArrayList<>(List.of("local", IpAddress.text(end.local())));
        if (end.hasRemote(this)) {
            words.addAll(List.of("remote", IpAddress.text(end.remote())));
        }
        words.addAll(end.options().words());
        return List.copyOf(words);
    }

    /**
     * The command that changes options of a device that is there, given in the words of {@code ip link}; others stay, since iproute2 asks
     * the kernel for them first ({@code gre_parse_opt}, {@code iptunnel_parse_opt}). What a kind settles when it makes a device cannot be
     * changed, and the kernel need not say so: {@code ip_tunnel_update} takes a new mode without effect. Over IPv6 the kernel also takes
     * the MTU from the underlay anew ({@code ip6_tnl_link_config}, {@code ip6gre_tnl_link_config}).
     */
    default List<String> changeDevice(String device, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "set", device, "type", name()));
        argv.addAll(words);
        return List.copyOf(argv);
    }

    /** The UDP ports at which a device with these options takes packets, each with the port that is registered for what they are. */
    default Map<Integer, Integer> udpPorts(Options options) {
        return Map.of();
    }

    /** The words by which a device sets DF in every outer packet. */
    default List<String> alwaysDf() {
        return List.of("pmtudisc");
    }

    /** The words by which a device takes DF from the inner packet. */
    default List<String> inheritedDf() {
        return List.of("nopmtudisc");
    }

    /** The words that {@link #changeDevice} must have besides what is changed, for a device that has these options. */
    default List<String> saidAgain(Options options) {
        return UdpEncapsulation.portWords(options);
    }

    /** Whether the kernel takes another value for an option of a device that is there. */
    default boolean isChangeable(Option option) {
        return true;
    }

    /** What the kernel is told by netlink to make the device of an end, and how it reports it afterwards. */
    LinkInfo linkInfo(TunnelEnd end);

    /** The 6rd domain of a device with these options, which takes the outer destination out of the inner one; mostly empty. */
    default Optional<SixRd> sixRd(Options options) {
        return Optional.empty();
    }

    /**
     * Whether a device with these options is an ISATAP interface (RFC 5214): packets go to the IPv4 address within that of the next hop, and none is
     * taken whose inner source says another outer one than it has.
     */
    default boolean isatap(Options options) {
        return false;
    }

    /**
     * What routes say of the packets that they send to the device of an end which is in external mode, so that it has neither ends nor a header of
     * its own; empty for every other end.
     */
    default Optional<LightweightTunnel> lightweightTunnel(TunnelEnd end) {
        return Optional.empty();
    }

    /** Whether IPsec protects what a device sends, so that a topology says how. */
    default boolean protectedByEsp() {
        return false;
    }

    /** The option that the other end has for one of this end: what one end sends by is what the other receives by. */
    default String mirrored(String option) {
        return option;
    }

    /** The option of a name. */
    default Optional<Option> option(String name) {
        return options().stream().filter(option -> option.name().equals(name)).findFirst();
    }
}
