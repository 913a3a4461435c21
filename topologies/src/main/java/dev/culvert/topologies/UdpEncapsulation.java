package dev.culvert.topologies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a device puts its packets into UDP before they leave ({@code encap} of {@code ip link}): what it makes is no longer right behind the
 * outer IP header, but behind a UDP header and, with GUE, a header that says what follows. Kernel: net/ipv4/fou_core.c (net/ipv4/fou.c
 * before 6.4), include/net/gue.h; over IPv6 net/ipv6/fou6.c. Every kind that has these options
 * has all of its outer family.
 *
 * @param sourcePort empty where the kernel takes a port by the hash of the flow
 * @param checksum whether the UDP header has one: by an option of its own over IPv4 and over IPv6, where it is on unless told otherwise
 * @param remoteChecksum whether a GUE header tells the far end to put in a checksum that is left open inside
 */
public record UdpEncapsulation(
        Header header, OptionalInt sourcePort, int destinationPort, boolean checksum, boolean remoteChecksum) {

    /** What stands between UDP and what the device makes. */
    public enum Header {
        /** Nothing: the port alone says what it is. */
        FOU("fou", 0, 1),
        GUE("gue", 4, 2);

        private final String word;
        private final int length;
        private final int type;

        Header(String word, int length, int type) {
            this.word = word;
            this.length = length;
            this.type = type;
        }

        /** The number of {@code enum tunnel_encap_types} in include/uapi/linux/if_tunnel.h. */
        public int type() {
            return type;
        }

        /** The word of {@code ip link}. */
        public String word() {
            return word;
        }
    }

    private static final String ENCAP = "encap";
    private static final String NONE = "none";
    private static final String SOURCE_PORT = "encap-sport";
    private static final String DESTINATION_PORT = "encap-dport";
    private static final String CHECKSUM = "encap-csum";
    private static final String CHECKSUM_OVER_IPV6 = "encap-udp6-csum";
    private static final String REMOTE_CHECKSUM = "encap-remcsum";

    /** The options of a kind over IPv4, in the words of {@code ip link}. */
    public static final List<Option> OPTIONS = options(new Option.Flag(CHECKSUM, false));

    /** Those of a kind over IPv6: {@code ip6tunnel_parse_opt} of iproute2 asks for a checksum where nothing is said. */
    public static final List<Option> OPTIONS_OVER_IPV6 = options(new Option.Flag(CHECKSUM_OVER_IPV6, true));

    /** The options that say nothing where nothing is put into UDP. */
    private static final List<String> SAID_OF_UDP =
            List.of(SOURCE_PORT, DESTINATION_PORT, CHECKSUM, CHECKSUM_OVER_IPV6, REMOTE_CHECKSUM);

    /** IANA's number for UDP. */
    public static final int PROTOCOL = 17;

    /** Without it the module fou registers no encapsulation of ip_tunnel ({@code ip_tunnel_encap_add_fou_ops} in net/ipv4/fou_core.c). */
    public static final String CONFIGURATION = "CONFIG_NET_FOU_IP_TUNNELS";

    private static final int UDP_HEADER = 8;
    /** The private flags, and where to start and where to put the sum (GUE_LEN_PRIV, GUE_PLEN_REMCSUM). */
    private static final int REMOTE_CHECKSUM_FIELDS = 8;

    private static List<Option> options(Option checksum) {
        return List.of(
                new Option.Choice(ENCAP, List.of(NONE, Header.FOU.word, Header.GUE.word), NONE),
                new Option.PortOrAuto(SOURCE_PORT),
                new Option.Port(DESTINATION_PORT),
                checksum,
                new Option.Flag(REMOTE_CHECKSUM, false));
    }

    /** What a device with these options does; empty where it puts nothing into UDP, or is of a kind that cannot. */
    public static Optional<UdpEncapsulation> of(Options options) {
        Map<String, String> words = options.asWords();
        for (Header header : Header.values()) {
            if (header.word.equals(words.get(ENCAP))) {
                String source = words.get(SOURCE_PORT);
                return Optional.of(new UdpEncapsulation(
                        header,
                        Option.PortOrAuto.AUTO.equals(source)
                                ? OptionalInt.empty()
                                : OptionalInt.of(Integer.parseInt(source)),
                        Integer.parseInt(words.getOrDefault(DESTINATION_PORT, "0")),
                        Boolean.parseBoolean(words.get(CHECKSUM))
                                || Boolean.parseBoolean(words.get(CHECKSUM_OVER_IPV6)),
                        Boolean.parseBoolean(words.get(REMOTE_CHECKSUM))));
            }
        }
        return Optional.empty();
    }

    /** What is wrong with options that are each allowed but not together; one sentence each, by the option to blame. */
    public static Map<String, String> conflicts(Options options) {
        Map<String, String> conflicts = new LinkedHashMap<>();
        Optional<UdpEncapsulation> encapsulation = of(options);
        if (encapsulation.isEmpty()) {
            for (String name : SAID_OF_UDP) {
                if (options.given().containsKey(name)) {
                    conflicts.put(
                            name,
                            "says how packets are put into UDP, and they are not; give encap: fou or gue, or leave it out");
                }
            }
        } else if (!options.given().containsKey(DESTINATION_PORT)) {
            conflicts.put(ENCAP, "needs encap-dport, the UDP port to which packets are sent; give it, 1 … 65535");
        }
        if (encapsulation
                .filter(e -> e.header == Header.FOU && e.remoteChecksum)
                .isPresent()) {
            // fou_encap_hlen and __fou_build_header look at no such flag.
            conflicts.put(
                    REMOTE_CHECKSUM,
                    "is a field of the GUE header, and fou has none; give encap: gue, or leave it out");
        }
        return conflicts;
    }

    /**
     * The words that must be said again whenever iproute2 changes a device with these options: it asks the kernel for its ports and
     * gives them back with their two bytes swapped ({@code iptunnel_parse_opt} in ip/link_iptnl.c, {@code gre_parse_opt} in
     * ip/link_gre.c). Empty without an encapsulation.
     */
    public static List<String> portWords(Options options) {
        List<String> words = new ArrayList<>();
        of(options).ifPresent(encapsulation -> {
            encapsulation.sourcePort.ifPresent(port -> words.addAll(List.of(SOURCE_PORT, String.valueOf(port))));
            words.addAll(List.of(DESTINATION_PORT, String.valueOf(encapsulation.destinationPort)));
        });
        return words;
    }

    /** Bytes that it puts before each packet, as long as the packet asks for no remote checksum. */
    public int length() {
        return UDP_HEADER + header.length;
    }

    /** Bytes that the device's MTU leaves room for ({@code fou_encap_hlen}, {@code gue_encap_hlen}). */
    public int reserved() {
        return length() + (remoteChecksum ? REMOTE_CHECKSUM_FIELDS : 0);
    }

    /** {@link #length()} with these options, 0 without an encapsulation. */
    public static int length(Options options) {
        return of(options).map(UdpEncapsulation::length).orElse(0);
    }

    /** {@link #reserved()} with these options, 0 without an encapsulation. */
    public static int reserved(Options options) {
        return of(options).map(UdpEncapsulation::reserved).orElse(0);
    }
}
