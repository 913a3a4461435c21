package dev.culvert.topologies;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a topology file.
 *
 * @param file the file as it was named
 * @param line the line counted from 1, or 0 when it concerns the whole file
 * @param column the column counted from 1, or 0
 * @param path the path within the file, {@code b.tunnel.options.ttl}; empty for the whole file
 * @param value the value as it stands in the file, or null when it is not about one
 * @param message what is wrong and what is allowed
 */
public record Problem(
        String file,
        int line,
        int column,
        String path,
        @Nullable String value,
        String message) {

    @Override
    public String toString() {
        String where = line == 0 ? file : file + ":" + line + ":" + column;
        String what = path.isEmpty() ? "" : " " + path + ":";
        return where + ":" + what + (value == null ? "" : " \"" + value + "\"") + " " + message;
    }
}
