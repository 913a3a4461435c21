package dev.culvert.harness.packet;

import java.util.List;
import java.util.Optional;

/**
 * What one decoder found at the start of bytes.
 *
 * @param layers the header, with those of its options that are headers of their own; then what ends it, if anything does
 * @param next what follows the header; empty if that is nobody's header
 * @param rest where it follows; empty where {@code next} is
 */
public record Peeled(List<Layer> layers, Optional<Next> next, Optional<Room> rest) {

    public Peeled {
        layers = List.copyOf(layers);
    }

    /** The headers that were read. */
    public List<Header> headers() {
        return layers.stream()
                .filter(Header.class::isInstance)
                .map(Header.class::cast)
                .toList();
    }

    /** Why there is no whole header; empty if there is. */
    public Optional<String> fault() {
        Layer last = layers.isEmpty() ? null : layers.get(layers.size() - 1);
        if (last instanceof Malformed malformed) {
            return Optional.of(malformed.why() + " (at byte " + malformed.offset() + ")");
        }
        return last instanceof Truncated truncated ? Optional.of(truncated.what() + " is cut") : Optional.empty();
    }

    /** The bytes behind the headers that belong to them, without padding that they do not count. */
    public ByteRange behind() {
        Layer last = layers.isEmpty() ? null : layers.get(layers.size() - 1);
        if (rest.isPresent()) {
            return new ByteRange(rest.get().start(), rest.get().left());
        }
        return last instanceof Payload payload
                ? new ByteRange(payload.offset(), payload.length())
                : new ByteRange(last == null ? 0 : last.offset() + last.length(), 0);
    }
}
