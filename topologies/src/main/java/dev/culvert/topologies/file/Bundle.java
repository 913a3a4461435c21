package dev.culvert.topologies.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The folder of topologies that comes with Culvert. What lies in it is bundled; there is no list beside it. */
final class Bundle {

    private static final String FOLDER = "/topologies/";
    private static final String ENDING = ".yaml";
    private static final List<String> NAMES = list();

    private Bundle() {}

    /** The names of the topologies, sorted. */
    static List<String> names() {
        return NAMES;
    }

    /** What the file of a topology is called in problems. */
    static String file(String name) {
        return "topologies/" + name + ENDING;
    }

    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Bundle.class.getResourceAsStream(FOLDER + name + ENDING))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> list() {
        URL code = Bundle.class.getProtectionDomain().getCodeSource().getLocation();
        try {
            return namesIn(Path.of(code.toURI()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(code + " is no URI", e);
        }
    }

    /** The names of the topologies in a directory of classes, or in a jar. */
    static List<String> namesIn(Path classes) throws IOException {
        if (Files.isDirectory(classes)) {
            return list(classes.resolve(FOLDER.substring(1)));
        }
        try (FileSystem jar = FileSystems.newFileSystem(classes)) {
            return list(jar.getPath(FOLDER));
        }
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING))
                    .map(file -> file.substring(0, file.length() - ENDING.length()))
                    .sorted()
                    .toList();
        }
    }
}
