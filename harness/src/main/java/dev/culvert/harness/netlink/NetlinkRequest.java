package dev.culvert.harness.netlink;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Field;
import dev.culvert.topologies.link.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * A message to the kernel. Where it names a device, the device's index is put in when it is sent.
 *
 * @param protocol whom it is for
 * @param name of the type, {@code RTM_NEWLINK}
 * @param type {@code nlmsg_type}
 * @param flags what it asks for beyond being a request
 * @param body what lies behind {@code struct nlmsghdr}
 */
public record NetlinkRequest(NetlinkProtocol protocol, String name, int type, Set<Flag> flags, Value.Nest body) {

    /** {@code NLM_F_REQUEST} of include/uapi/linux/netlink.h. */
    private static final int REQUEST = 0x001;

    private static final int HEADER = 16;

    /** The {@code NLM_F_*} of include/uapi/linux/netlink.h that a request may carry; what some bits mean depends on the type. */
    public enum Flag {
        ACK(0x004),
        ROOT(0x100),
        MATCH(0x200),
        REPLACE(0x100),
        EXCL(0x200),
        CREATE(0x400);

        private final int mask;

        Flag(int mask) {
            this.mask = mask;
        }
    }

    public NetlinkRequest {
        flags = Set.copyOf(flags);
    }

    /** A request that is answered by an acknowledgement, whatever else it is answered by. */
    static NetlinkRequest acknowledged(String name, int type, Set<Flag> flags, Value.Nest body) {
        Set<Flag> all = new LinkedHashSet<>(flags);
        all.add(Flag.ACK);
        return new NetlinkRequest(NetlinkProtocol.ROUTE, name, type, all, body);
    }

    /** A request for everything of a kind, answered by messages up to one that says it was the last. */
    static NetlinkRequest dump(String name, int type, Value.Nest body) {
        return new NetlinkRequest(NetlinkProtocol.ROUTE, name, type, Set.of(Flag.ROOT, Flag.MATCH), body);
    }

    /** The devices whose indexes it needs. */
    Set<String> devices() {
        Set<String> devices = new LinkedHashSet<>();
        gather(body, devices);
        return devices;
    }

    /**
     * The message on the wire.
     *
     * @param sequence by which the answers to it are told from others
     * @param indexes the index of a device by its name
     */
    EncodedRequest encode(int sequence, ToLongFunction<String> indexes) {
        Encoder inner = new Encoder(indexes);
        inner.nest(body, "");
        Bytes payload = Bytes.of(inner.bytes());
        Encoder header = new Encoder(indexes);
        header.number(4, false, HEADER + payload.length());
        header.number(2, false, type);
        header.number(2, false, flags.stream().mapToInt(flag -> flag.mask).reduce(REQUEST, (a, b) -> a | b));
        header.number(4, false, Integer.toUnsignedLong(sequence));
        // The kernel knows the socket that it comes by.
        header.number(4, false, 0);
        return new EncodedRequest(
                Bytes.join(Bytes.of(header.bytes()), payload),
                inner.spans().stream().map(span -> span.movedBy(HEADER)).toList());
    }

    /** Whether it only asks, for what another request needs to know. */
    boolean isLookup() {
        return protocol == NetlinkProtocol.ROUTE && type == LinkRequests.GET;
    }

    /** What it says, for people, as a command: whom it is for, then {@link #words}. */
    public List<String> line() {
        List<String> line = new ArrayList<>(List.of(protocol.word()));
        line.addAll(words());
        return line;
    }

    /** What it says, for people: its name and flags, then what is not zero of the structure, then the attributes. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of(name));
        flags.stream().map(flag -> "NLM_F_" + flag).sorted().forEach(words::add);
        describe(body, words);
        return words;
    }

    private static void describe(Value.Nest nest, List<String> words) {
        for (Field field : nest.fields()) {
            if (!(field.value() instanceof Value.Unsigned number && number.value() == 0)) {
                words.add(field.name() + "=" + ValueText.of(field.value()));
            }
        }
        for (Attribute attribute : nest.attributes()) {
            if (attribute.value() instanceof Value.Nest inner) {
                words.add(attribute.name() + "={");
                describe(inner, words);
                words.add("}");
            } else {
                words.add(attribute.name() + "=" + ValueText.of(attribute.value()));
            }
        }
    }

    private static void gather(Value.Nest nest, Set<String> devices) {
        for (Field field : nest.fields()) {
            gather(field.value(), devices);
        }
        for (Attribute attribute : nest.attributes()) {
            gather(attribute.value(), devices);
        }
    }

    private static void gather(Value value, Set<String> devices) {
        if (value instanceof Value.Device device) {
            devices.add(device.name());
        } else if (value instanceof Value.Nest inner) {
            gather(inner, devices);
        }
    }
}
