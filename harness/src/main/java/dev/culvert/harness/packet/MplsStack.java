package dev.culvert.harness.packet;

import java.net.InetAddress;
import java.util.List;

/**
 * Composes an MPLS label stack (RFC 3032 §2.1) with what it carries.
 *
 * @param labels top entry first
 * @param tc the traffic class of every entry, 0 to 7
 */
public record MplsStack(List<Integer> labels, int tc, int ttl, Bytes carried) implements IpPayload {

    /** A stack of traffic class 0 and TTL 64, top entry first. */
    public static MplsStack over(Bytes carried, Integer... labels) {
        return new MplsStack(List.of(labels), 0, 64, carried);
    }

    /** The same stack with another TTL in every entry. */
    public MplsStack withTtl(int other) {
        return new MplsStack(labels, tc, other, carried);
    }

    /** The entries and what they carry. */
    public Bytes bytes() {
        byte[] stack = new byte[labels.size() * MplsEntry.LENGTH];
        Bytes entries = Bytes.of(stack);
        for (int i = 0; i < labels.size(); i++) {
            int at = i * MplsEntry.LENGTH;
            entries = MplsEntry.LABEL.write(entries, at, labels.get(i));
            entries = MplsEntry.TC.write(entries, at, tc);
            entries = MplsEntry.BOTTOM.write(entries, at, i == labels.size() - 1 ? 1 : 0);
            entries = MplsEntry.TTL.write(entries, at, ttl);
        }
        return Bytes.join(entries, carried);
    }

    @Override
    public int protocolNumber() {
        return 137;
    }

    @Override
    public Bytes bytes(InetAddress source, InetAddress destination) {
        return bytes();
    }
}
