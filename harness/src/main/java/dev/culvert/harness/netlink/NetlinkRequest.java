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
import org.jspecify.annotations.Nullable;

/**
 * A message to the kernel. Where it names a device, the device's index is put in when it is sent.
 *
 * @param protocol whom it is for
 * @param family the family of generic netlink that it is for, or null
 * @param name of the type, {@code RTM_NEWLINK}
 * @param type {@code nlmsg_type}; 0 for a family, whose number is looked up when it is sent
 * @param flags what it asks for beyond being a request
 * @param body what lies behind {@code struct nlmsghdr}
 */
public record NetlinkRequest(
        NetlinkProtocol protocol, @Nullable String family, String name, int type, Set<Flag> flags, Value.Nest body) {

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
        return acknowledged(NetlinkProtocol.ROUTE, name, type, flags, body);
    }

    /** A request of any protocol but generic netlink that is answered by an acknowledgement. */
    static NetlinkRequest acknowledged(
            NetlinkProtocol protocol, String name, int type, Set<Flag> flags, Value.Nest body) {
        return new NetlinkRequest(protocol, null, name, type, withAcknowledgement(flags), body);
    }

    /**
     * A request for a family of generic netlink that is answered by an acknowledgement ({@code struct genlmsghdr} of
     * include/uapi/linux/genetlink.h, then attributes).
     */
    static NetlinkRequest ofFamily(String family, String name, int command, int version, List<Attribute> attributes) {
        return new NetlinkRequest(
                NetlinkProtocol.GENERIC,
                family,
                name,
                0,
                withAcknowledgement(Set.of()),
                new Value.Nest(GenericFamily.header(command, version), attributes));
    }

    private static Set<Flag> withAcknowledgement(Set<Flag> flags) {
        Set<Flag> all = new LinkedHashSet<>(flags);
        all.add(Flag.ACK);
        return all;
    }

    /** The same for a family whose number is known. */
    NetlinkRequest withType(int number) {
        return new NetlinkRequest(protocol, family, name, number, flags, body);
    }

    /** A request for everything of a kind, answered by messages up to one that says it was the last. */
    static NetlinkRequest dump(String name, int type, Value.Nest body) {
        return new NetlinkRequest(NetlinkProtocol.ROUTE, null, name, type, Set.of(Flag.ROOT, Flag.MATCH), body);
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
        return (protocol == NetlinkProtocol.ROUTE && type == LinkRequests.GET)
                || (protocol == NetlinkProtocol.GENERIC && type == GenericFamily.CONTROLLER);
    }

    /** What it says, for people, as a command: whom it is for, then {@link #words}. */
    public List<String> line() {
        List<String> line = new ArrayList<>(List.of(family == null ? protocol.word() : protocol.word() + ":" + family));
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
        nest.fields().stream()
                .filter(field -> !isNothing(field.value()))
                .forEach(field -> describe(field.name(), field.value(), words));
        nest.attributes().forEach(attribute -> describe(attribute.name(), attribute.value(), words));
    }

    private static void describe(String name, Value value, List<String> words) {
        if (value instanceof Value.Nest inner) {
            words.add(name + "={");
            describe(inner, words);
            words.add("}");
        } else if (value instanceof Value.Struct struct) {
            describe(name, new Value.Nest(struct.fields(), List.of()), words);
        } else {
            words.add(name + "=" + ValueText.of(value));
        }
    }

    /** Whether a field has nothing but zero bytes. */
    private static boolean isNothing(Value value) {
        if (value instanceof Value.Padded padded) {
            return isNothing(padded.value());
        }
        if (value instanceof Value.Struct struct) {
            return struct.fields().stream().allMatch(field -> isNothing(field.value()));
        }
        return value instanceof Value.Present || (value instanceof Value.Unsigned number && number.value() == 0);
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
