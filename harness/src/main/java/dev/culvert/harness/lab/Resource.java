package dev.culvert.harness.lab;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of this package that travels inside the program. */
record Resource(String name) {

    /** Returns its whole text. */
    String text() {
        try (InputStream input = Resource.class.getResourceAsStream(name)) {
            if (input == null) {
                throw new FileNotFoundException("the program lacks its own file " + name);
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it into a directory, and returns the file. */
    Path into(Path directory) throws IOException {
        return Files.writeString(directory.resolve(name), text());
    }
}
