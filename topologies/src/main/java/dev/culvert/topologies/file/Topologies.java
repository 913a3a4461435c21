package dev.culvert.topologies.file;

import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TopologyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Reads topology files, and finds the bundled ones. */
public final class Topologies {

    /** More than thirty times the largest bundled topology. */
    static final int MAX_BYTES = 64 * 1024;

    private Topologies() {}

    /** The topologies that come with Culvert, by name. */
    public static List<Topology> bundled() {
        return Bundle.names().stream().map(Topologies::bundled).toList();
    }

    /**
     * The topology that a word of a command line asks for: the name of a bundled one, or else a file; throws
     * {@link TopologyException} saying what was meant when it is neither.
     */
    public static Topology named(String nameOrFile) {
        List<String> names = Bundle.names();
        if (names.contains(nameOrFile)) {
            return bundled(nameOrFile);
        }
        if (nameOrFile.contains("/") || nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml")) {
            return read(Path.of(nameOrFile));
        }
        Problems problems = new Problems("no topology \"" + nameOrFile + "\"");
        problems.add(Suggestion.of(nameOrFile, names)
                        .map(s -> "did you mean " + s + "? ")
                        .orElse("") + "Known: " + String.join(", ", names)
                + "; or the path of a file that ends in .yaml");
        throw problems.exception();
    }

    /** Reads one file; throws {@link TopologyException} with every problem in it. */
    public static Topology read(Path file) {
        Problems problems = new Problems(file.toString());
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                problems.add("has " + size + " bytes; a topology has at most " + MAX_BYTES);
                throw problems.exception();
            }
            return parse(file.toString(), decode(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            problems.add(
                    "does not exist; bundled topologies are asked for by name: " + String.join(", ", Bundle.names()));
        } catch (CharacterCodingException e) {
            problems.add("is not text in UTF-8, so it is no topology");
        } catch (IOException e) {
            problems.add("cannot be read: " + e.getMessage());
        }
        throw problems.exception();
    }

    /**
     * Reads the text of a topology; throws {@link TopologyException} with every problem in it.
     *
     * @param file what to call it in problems
     */
    public static Topology parse(String file, String text) {
        Problems problems = new Problems(file);
        Node.Mapping root = YamlDocument.parse(text, problems);
        if (root == null) {
            throw problems.exception();
        }
        TopologyFile parts = new PartReader(problems).read(root);
        Spots spots = new Spots(root);
        Topology topology = new Resolver(parts, spots, problems).resolve(text);
        if (topology != null) {
            new Validator(parts, topology, spots, problems).validate();
        }
        problems.throwIfAny();
        return Objects.requireNonNull(topology, "nothing was wrong and nothing came of it");
    }

    private static Topology bundled(String name) {
        return parse(Bundle.file(name), Bundle.text(name));
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
