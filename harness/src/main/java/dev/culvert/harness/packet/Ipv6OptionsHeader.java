package dev.culvert.harness.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An extension header that holds options (RFC 8200 §4.2): hop-by-hop options or destination options. */
public abstract sealed class Ipv6OptionsHeader extends Header permits HopByHopOptions, DestinationOptions {

    public static final Field NEXT_HEADER = Field.decimal("next header", 0, 8);
    /** In units of 8 bytes, the first 8 not counted. */
    public static final Field HEADER_LENGTH = Field.decimal("hdr ext len", 8, 8);

    private static final int FIRST_OPTION = 2;

    Ipv6OptionsHeader(Room room, int length) {
        super(room, length);
    }

    /** Makes one of the two. */
    interface Maker {
        Ipv6OptionsHeader make(Room room, int length);
    }

    static void decode(Room room, Trail trail, String what, Maker maker) {
        if (!room.has(Ipv6Chain.UNIT)) {
            trail.end(room.tooShortFor(what, Ipv6Chain.UNIT));
            return;
        }
        int length = Ipv6Chain.UNIT * (1 + room.u8(1));
        if (!room.has(length)) {
            trail.end(room.tooShortFor(what, length));
            return;
        }
        Ipv6OptionsHeader header = maker.make(room, length);
        trail.add(header);
        int told = header.toldLength();
        if (told != length) {
            trail.end(room.lie(
                    told,
                    "option " + Ipv6Option.TYPE.text(room.u8(told)) + " goes beyond the end of its header, which is "
                            + length + " bytes long"));
        } else {
            trail.follow(Next.ipProtocol(header.nextHeader()), header.body());
        }
    }

    /** The number of the header or protocol that follows. */
    public final int nextHeader() {
        return (int) NEXT_HEADER.of(this);
    }

    /** The options in order, padding included, up to the first whose length lies. */
    public final List<Ipv6Option> options() {
        List<Ipv6Option> options = new ArrayList<>();
        int at = FIRST_OPTION;
        while (at < length()) {
            int size = Ipv6Option.size(bytes(), at);
            if (size > length() - at) {
                return options;
            }
            options.add(new Ipv6Option(bytes().slice(at, size), at));
            at += size;
        }
        return options;
    }

    /** The first option of a type, which is compared with all eight bits (RFC 8200 §4.2). */
    public final Optional<Ipv6Option> option(int type) {
        return options().stream().filter(option -> option.type() == type).findFirst();
    }

    @Override
    public final List<Field> fields() {
        List<Field> fields = new ArrayList<>(List.of(NEXT_HEADER, HEADER_LENGTH));
        options().forEach(option -> fields.addAll(option.fields()));
        return fields;
    }

    /** Up to where the options say the truth about their lengths. */
    private int toldLength() {
        return options().stream()
                .reduce(FIRST_OPTION, (at, option) -> at + option.bytes().length(), Integer::sum);
    }
}
