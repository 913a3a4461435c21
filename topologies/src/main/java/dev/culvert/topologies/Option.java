package dev.culvert.topologies;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An option that a tunnel kind takes, by the name that {@code ip link} and the topology file both use. */
public sealed interface Option {

    String name();

    /** The value in force when nothing is said, or null when there is none. */
    default @Nullable String defaultValue() {
        return null;
    }

    /** The values that are taken, for people. */
    String allowed();

    /** Reads a value of a file, a {@link Long}, {@link Boolean} or {@link String}, into its text; empty if it is not allowed. */
    Optional<String> read(Object scalar);

    /** The words by which {@code ip link} is told a value. */
    default List<String> words(String value) {
        return List.of(name(), value);
    }

    /** The text of a whole number within bounds; empty for any other scalar. */
    private static Optional<String> number(Object scalar, long min, long max) {
        return Optional.of(scalar)
                .filter(value -> value instanceof Long number && min <= number && number <= max)
                .map(Object::toString);
    }

    /** The text of one of some words; empty for any other scalar. */
    private static Optional<String> word(Object scalar, List<String> words) {
        return Optional.of(scalar).filter(words::contains).map(Object::toString);
    }

    /** One of some words. */
    record Choice(
            String name, List<String> values, @Nullable String defaultValue) implements Option {
        @Override
        public String allowed() {
            return "one of " + String.join(", ", values);
        }

        @Override
        public Optional<String> read(Object scalar) {
            return word(scalar, values);
        }
    }

    /** A whole number. */
    record WholeNumber(
            String name, int min, int max, @Nullable String defaultValue) implements Option {
        @Override
        public String allowed() {
            return "a whole number within " + min + " … " + max;
        }

        @Override
        public Optional<String> read(Object scalar) {
            return number(scalar, min, max);
        }
    }

    /** A number, or one of some words. */
    record NumberOrWord(String name, int min, int max, List<String> words, String defaultValue) implements Option {
        @Override
        public String allowed() {
            return String.join(", ", words) + ", or " + min + " … " + max;
        }

        @Override
        public Optional<String> read(Object scalar) {
            return number(scalar, min, max).or(() -> word(scalar, words));
        }
    }

    /** A number, or the word {@code inherit}. */
    record NumberOrInherit(String name, int min, int max, String defaultValue) implements Option {

        public static final String INHERIT = "inherit";

        @Override
        public String allowed() {
            return INHERIT + ", or " + min + " … " + max;
        }

        @Override
        public Optional<String> read(Object scalar) {
            return number(scalar, min, max).or(() -> word(scalar, List.of(INHERIT)));
        }
    }

    /** A number, or the word {@code none} for no such field. */
    record NumberOrNone(String name, int min, int max, String defaultValue) implements Option {

        public static final String NONE = "none";

        @Override
        public String allowed() {
            return NONE + ", or " + min + " … " + max;
        }

        @Override
        public Optional<String> read(Object scalar) {
            return number(scalar, min, max).or(() -> word(scalar, List.of(NONE)));
        }
    }

    /** A number from 0, 0 by default, that {@code ip link} reads in hexadecimal, a TOS by rtnl_dsfield_a2n in its lib/rt_names.c, or the word {@code inherit}. */
    record HexadecimalOrInherit(String name, int max) implements Option {
        @Override
        public String defaultValue() {
            return "0";
        }

        @Override
        public String allowed() {
            return NumberOrInherit.INHERIT + ", or 0 … " + max;
        }

        @Override
        public Optional<String> read(Object scalar) {
            return number(scalar, 0, max).or(() -> word(scalar, List.of(NumberOrInherit.INHERIT)));
        }

        @Override
        public List<String> words(String value) {
            return List.of(
                    name,
                    NumberOrInherit.INHERIT.equals(value) ? value : "0x" + Integer.toHexString(Integer.decode(value)));
        }
    }

    /** A prefix of a family of IP. */
    record Prefix(String name, Family family) implements Option {
        @Override
        public String allowed() {
            return "an " + family.title() + " prefix like "
                    + (family == Family.IPV4 ? "198.51.100.0/24" : "2001:db8::/32")
                    + ", with no bits set behind its length";
        }

        @Override
        public Optional<String> read(Object scalar) {
            return scalar instanceof String text
                    ? Subnet.parse(text)
                            .filter(prefix -> prefix.family() == family)
                            .map(Subnet::toString)
                    : Optional.empty();
        }
    }

    /** True or false: its name says that it is so, its name behind {@code no} that it is not. */
    sealed interface Switch extends Option {
        @Override
        default String allowed() {
            return "true or false";
        }

        @Override
        default Optional<String> read(Object scalar) {
            return Optional.of(scalar).filter(Boolean.class::isInstance).map(Object::toString);
        }

        @Override
        default List<String> words(String value) {
            return List.of(value.equals("true") ? name() : "no" + name());
        }
    }

    /** A switch that is on or off when nothing is said. */
    record Flag(String name, boolean on) implements Switch {
        @Override
        public String defaultValue() {
            return String.valueOf(on);
        }
    }

    /** A word that stands alone: it holds where it is said, and nothing says that it does not. */
    record Word(String name) implements Switch {
        @Override
        public List<String> words(String value) {
            return value.equals("true") ? List.of(name) : List.of();
        }
    }

    /** Whether the kind's own header has a field. */
    record HeaderField(String name) implements Switch {}

    /** A key of 32 bits, kept as a decimal number. */
    record Key(String name) implements Option {

        private static final long MAX = 0xffff_ffffL;

        @Override
        public String allowed() {
            return "a 32-bit key: 0 … " + MAX + ", or a dotted quad";
        }

        @Override
        public Optional<String> read(Object scalar) {
            return number(scalar, 0, MAX)
                    .or(() -> Optional.of(scalar)
                            .filter(String.class::isInstance)
                            .flatMap(text -> Ipv4.parse((String) text))
                            .map(quad -> Integer.toUnsignedString(Ipv4.bits(quad))));
        }
    }

    /** A mark of 32 bits that rules of routing go by (ip-rule(8)), kept as a decimal number; 0 is none. */
    record Mark(String name) implements Option {

        private static final long MAX = 0xffff_ffffL;

        @Override
        public String defaultValue() {
            return "0";
        }

        @Override
        public String allowed() {
            return "a mark: 0 … " + MAX + "; this kind cannot inherit one, as those over IPv6 without IPsec can";
        }

        @Override
        public Optional<String> read(Object scalar) {
            return number(scalar, 0, MAX);
        }
    }

    /** A {@link Mark}, or the word {@code inherit} for that of the inner packet. */
    record MarkOrInherit(String name) implements Option {
        @Override
        public String defaultValue() {
            return "0";
        }

        @Override
        public String allowed() {
            return NumberOrInherit.INHERIT + ", or a mark: 0 … " + Mark.MAX;
        }

        @Override
        public Optional<String> read(Object scalar) {
            return number(scalar, 0, Mark.MAX).or(() -> word(scalar, List.of(NumberOrInherit.INHERIT)));
        }
    }

    /** Options of a Geneve header, in the words of {@link GeneveTunnelOption}, with commas between them. */
    record GeneveHeaderOptions(String name) implements Option {
        @Override
        public String allowed() {
            return "one or more of CLASS:TYPE:DATA with commas between them, like 0xff01:0x01:0badcafe: 16 and 8 bits in hexadecimal "
                    + "behind 0x, and 4 … 124 bytes of data, a multiple of 4";
        }

        @Override
        public Optional<String> read(Object scalar) {
            return scalar instanceof String text
                    ? GeneveTunnelOption.parse(text)
                            .map(options -> options.stream()
                                    .map(GeneveTunnelOption::text)
                                    .collect(Collectors.joining(",")))
                    : Optional.empty();
        }
    }

    /** The name of another device of the same server. */
    record Device(String name) implements Option {
        @Override
        public String allowed() {
            return DeviceName.ALLOWED;
        }

        @Override
        public Optional<String> read(Object scalar) {
            return scalar instanceof String text && DeviceName.isValid(text) ? Optional.of(text) : Optional.empty();
        }
    }

    /** A port of UDP. */
    record Port(String name, @Nullable String defaultValue) implements Option {

        private static final int MAX = 0xffff;

        /** A port that has no default. */
        Port(String name) {
            this(name, null);
        }

        @Override
        public String allowed() {
            return "a port: 1 … " + MAX;
        }

        @Override
        public Optional<String> read(Object scalar) {
            return number(scalar, 1, MAX);
        }
    }

    /** A port of UDP, or the word {@code auto} to leave it to the kernel. */
    record PortOrAuto(String name) implements Option {

        public static final String AUTO = "auto";

        @Override
        public String defaultValue() {
            return AUTO;
        }

        @Override
        public String allowed() {
            return AUTO + ", or " + new Port(name).allowed();
        }

        @Override
        public Optional<String> read(Object scalar) {
            return word(scalar, List.of(AUTO)).or(() -> new Port(name).read(scalar));
        }
    }
}
