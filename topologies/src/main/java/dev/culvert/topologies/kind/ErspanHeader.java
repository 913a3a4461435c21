package dev.culvert.topologies.kind;

import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.LightweightTunnel.Extra;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an ERSPAN device puts before a frame: GRE's four bytes of flags and protocol type, but for type I four of sequence number, and the
 * header of draft-foschiano-erspan-02 section 4, as {@code erspan_build_header} and {@code erspan_build_header_v2} of include/net/erspan.h
 * write it for a frame that is whole, untagged and of class 0. Version 0 is type I, 1 type II, 2 type III.
 */
record ErspanHeader(int version, int sessionId, int index, boolean egress, int hardwareId) {

    private static final int SEQUENCE_PRESENT = 0x1000;
    private static final int TYPE_1_AND_2 = 0x88be;
    private static final int TYPE_3 = 0x22eb;
    private static final int GRE = 4;
    private static final int SEQUENCE = 4;

    static ErspanHeader sentBy(Options options) {
        Map<String, String> values = options.asWords();
        return new ErspanHeader(
                Integer.parseInt(values.getOrDefault("erspan_ver", "1")),
                Integer.parseInt(values.getOrDefault("key", "0")),
                Integer.parseInt(values.getOrDefault("erspan", "0")),
                "egress".equals(values.get("erspan_dir")),
                Integer.parseInt(values.getOrDefault("erspan_hwid", "0")));
    }

    /** Whether it has a sequence number. */
    boolean numbered() {
        return version != 0;
    }

    /** Its length in bytes, GRE's header included. */
    int length() {
        return GRE + (numbered() ? SEQUENCE : 0) + ownLength();
    }

    /** The length in bytes of ERSPAN's own header, {@code erspan_hdr_len}. */
    private int ownLength() {
        return switch (version) {
            case 0 -> 0;
            case 1 -> 8;
            default -> 12;
        };
    }

    /** What a route says to the device of an end. */
    LightweightTunnel route(TunnelEnd end) {
        return External.route(end, (long) sessionId, List.of(), byRoute());
    }

    /** What a route says of it: {@code ip_tun_parse_opts_erspan} in net/ipv4/ip_tunnel_core.c. */
    private Extra byRoute() {
        List<Attribute> said =
                new ArrayList<>(List.of(new Attribute("LWTUNNEL_IP_OPT_ERSPAN_VER", 1, Value.u8(version))));
        if (version == 1) {
            said.add(new Attribute("LWTUNNEL_IP_OPT_ERSPAN_INDEX", 2, Value.be32(index)));
        } else {
            said.add(new Attribute("LWTUNNEL_IP_OPT_ERSPAN_DIR", 3, Value.u8(egress ? 1 : 0)));
            said.add(new Attribute("LWTUNNEL_IP_OPT_ERSPAN_HWID", 4, Value.u8(hardwareId)));
        }
        String words = version + ":" + index + ":" + (egress ? 1 : 0) + ":" + hardwareId;
        return new Extra(
                List.of("erspan_opts", words),
                List.of(new Attribute("LWTUNNEL_IP_OPTS_ERSPAN", 3, new Value.Nest(List.of(), said))));
    }

    /** The header, with sequence number 0 and timestamp 0 where it has them, and the frame behind it. */
    byte[] before(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.allocate(length() + frame.length);
        bytes.putShort((short) (numbered() ? SEQUENCE_PRESENT : 0));
        bytes.putShort((short) (version == 2 ? TYPE_3 : TYPE_1_AND_2));
        if (numbered()) {
            bytes.putInt(0);
            bytes.putInt(version << 28 | sessionId);
        }
        if (version == 1) {
            bytes.putInt(index);
        } else if (version == 2) {
            bytes.putInt(0);
            // P: an Ethernet frame
            bytes.putInt(0x8000 | hardwareId << 4 | (egress ? 8 : 0));
        }
        return bytes.put(frame).array();
    }
}
