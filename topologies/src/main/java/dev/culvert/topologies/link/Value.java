package dev.culvert.topologies.link;

import java.net.InetAddress;
import java.util.List;

/** The value of a netlink attribute, or of a field of the header before the attributes, with its width and byte order. */
public sealed interface Value {

    /** One byte. */
    static Value u8(int value) {
        return new Unsigned(1, false, value);
    }

    /** Two bytes in the kernel's own order. */
    static Value u16(int value) {
        return new Unsigned(2, false, value);
    }

    /** Four bytes in the kernel's own order. */
    static Value u32(long value) {
        return new Unsigned(4, false, value);
    }

    /** Two bytes in network order, {@code __be16} in the kernel's headers. */
    static Value be16(int value) {
        return new Unsigned(2, true, value);
    }

    /** Four bytes in network order, {@code __be32} in the kernel's headers. */
    static Value be32(long value) {
        return new Unsigned(4, true, value);
    }

    /** Eight bytes in the kernel's own order. */
    static Value u64(long value) {
        return new Unsigned(8, false, value);
    }

    /** An attribute that is only there or not. */
    static Value present() {
        return new Present();
    }

    /** Bytes between fields, or in the place of one that is not told. */
    static Value zeros(int bytes) {
        return new Padded(bytes, new Present());
    }

    /**
     * A number that is never negative.
     *
     * @param bytes 1, 2, 4 or 8
     * @param network whether the most significant byte comes first; otherwise the order is that of the kernel's processor
     */
    record Unsigned(int bytes, boolean network, long value) implements Value {

        public Unsigned {
            if (bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8) {
                throw new IllegalArgumentException(bytes + " bytes are no number; 1, 2, 4 and 8 are");
            }
            if (bytes < 8 && value >>> (8 * bytes) != 0) {
                throw new IllegalArgumentException(value + " does not fit in " + bytes + " bytes");
            }
        }
    }

    /**
     * Switches that share a number.
     *
     * @param bytes 1, 2 or 4
     * @param network whether the most significant byte comes first
     */
    record Bits(int bytes, boolean network, List<Bit> bits) implements Value {

        public Bits {
            bits = List.copyOf(bits);
        }

        /** The number that the switches which are on make. */
        public long value() {
            return bits.stream().filter(Bit::on).mapToLong(Bit::mask).reduce(0, (a, b) -> a | b);
        }
    }

    /** One switch of {@link Bits}, called like the option that sets it. */
    record Bit(String option, long mask, boolean on) {}

    /** Four bytes of an IPv4 address or sixteen of an IPv6 address, in network order. */
    record Address(InetAddress address) implements Value {}

    /** The index, in four bytes, that a device of this name has where the message goes. */
    record Device(String name) implements Value {}

    /** A text with a zero byte behind it. */
    record Text(String text) implements Value {}

    /** An Ethernet address, {@code 02:00:00:00:00:0a}. */
    record Mac(String text) implements Value {}

    /** MPLS labels, outermost first, each in four bytes with the bottom of the stack marked (RFC 3032 section 2.1). */
    record Labels(List<Integer> labels) implements Value {

        public Labels {
            labels = List.copyOf(labels);
        }
    }

    /** Bytes as they are, in hexadecimal digits: a key. */
    record Octets(String hex) implements Value {}

    /**
     * A value with zero bytes behind it.
     *
     * @param bytes how long it is with them
     */
    record Padded(int bytes, Value value) implements Value {}

    /** The fields of a C structure in their order, padding included, and no attributes behind them. */
    record Struct(List<Field> fields) implements Value {

        public Struct {
            fields = List.copyOf(fields);
        }

        public static Struct of(Field... fields) {
            return new Struct(List.of(fields));
        }
    }

    /** Nothing: that the attribute is there says it all. */
    record Present() implements Value {}

    /**
     * Attributes in their order, behind the fields of a C structure where the kernel wants one.
     *
     * @param fields in the order of the structure, padding included
     */
    record Nest(List<Field> fields, List<Attribute> attributes) implements Value {

        public Nest {
            fields = List.copyOf(fields);
            attributes = List.copyOf(attributes);
        }

        public static Nest of(Attribute... attributes) {
            return new Nest(List.of(), List.of(attributes));
        }
    }
}
