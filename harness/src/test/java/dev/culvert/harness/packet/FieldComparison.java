package dev.culvert.harness.packet;

import dev.culvert.harness.capture.CapturedPacket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One field beside its tshark name, and what makes our number tshark's.
 *
 * @param name the field's name within the header
 * @param fields where the field lies in a header; none where it has none
 * @param tshark its names there; where a packet has it by several of them, in this order
 */
record FieldComparison(
        Class<? extends Header> header,
        String name,
        Function<Header, List<Field>> fields,
        List<String> tshark,
        BiFunction<Header, Field, String> text) {

    /** A field that tshark writes as we do. */
    static FieldComparison same(Class<? extends Header> header, Field field, String... tshark) {
        return named(header, field.name(), tshark);
    }

    /** The same for a field whose place depends on other fields of the header, or that a header has more than once. */
    static FieldComparison named(Class<? extends Header> header, String name, String... tshark) {
        return new FieldComparison(header, name, shown(name), List.of(tshark), (found, field) -> field.text(found));
    }

    /** A field that is not shown to people, for it is part of one that is. */
    static FieldComparison hidden(Class<? extends Header> header, Field field, String tshark) {
        return new FieldComparison(
                header, field.name(), found -> List.of(field), List.of(tshark), (found, same) -> same.text(found));
    }

    /** For a field of which tshark shows something else: of a length the bytes that it spans, for instance. */
    static FieldComparison as(
            Class<? extends Header> header, Field field, String tshark, Function<Header, String> shown) {
        return new FieldComparison(
                header, field.name(), found -> List.of(field), List.of(tshark), (found, same) -> shown.apply(found));
    }

    /** For a field that tshark shows in bytes and the header counts in larger units. */
    static FieldComparison scaled(Class<? extends Header> header, Field field, String tshark, int unit) {
        return new FieldComparison(
                header,
                field.name(),
                shown(field.name()),
                List.of(tshark),
                (found, same) -> Long.toString(same.of(found) * unit));
    }

    /** For a field that tshark writes in another way. */
    static FieldComparison written(Class<? extends Header> header, String name, String tshark, String format) {
        return new FieldComparison(
                header,
                name,
                shown(name),
                List.of(tshark),
                (found, same) -> String.format(Locale.ROOT, format, same.of(found)));
    }

    private static Function<Header, List<Field>> shown(String name) {
        return found -> found.fields().stream()
                .filter(field -> field.name().equals(name))
                .toList();
    }

    boolean covers(Header found, Field field) {
        return header.isInstance(found) && name.equals(field.name());
    }

    /** All values of the field in a packet, joined by commas. */
    String ours(CapturedPacket packet) {
        return packet.dissect().layers().stream()
                .filter(header::isInstance)
                .map(header::cast)
                .flatMap(found -> fields.apply(found).stream().map(field -> text.apply(found, field)))
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining(","));
    }

    /** What tshark says of each packet. */
    List<String> theirs(Map<String, List<String>> columns) {
        List<List<String>> own = tshark.stream().map(columns::get).toList();
        return IntStream.range(0, own.get(0).size())
                .mapToObj(i -> own.stream()
                        .map(column -> column.get(i))
                        .filter(value -> !value.isEmpty())
                        .collect(Collectors.joining(",")))
                .toList();
    }

    @Override
    public String toString() {
        return header.getSimpleName() + " " + name + " = " + String.join(" or ", tshark);
    }
}
