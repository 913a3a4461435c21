package dev.culvert.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The serial console of one machine, from its start or its fork on. */
public final class KernelConsole {

    private final Path file;

    KernelConsole(Path file) {
        this.file = file;
    }

    /** Returns everything said so far; what is no ASCII is replaced. */
    public String text() {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).replace("\r", "");
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the last lines said, at most {@code count}, oldest first. */
    public List<String> lastLines(int count) {
        List<String> lines = text().lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** Returns what the kernel complained about so far. */
    public List<KernelComplaint> complaints() {
        return KernelLog.complaints(text());
    }
}
