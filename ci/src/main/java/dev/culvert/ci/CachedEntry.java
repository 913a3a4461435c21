package dev.culvert.ci;

import dev.culvert.harness.lab.LabCache;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** An entry of the lab's cache as people and programs read it. */
record CachedEntry(String kind, String what, long bytes, String size, String lastUsed) {

    static CachedEntry of(LabCache.Usage usage) {
        return new CachedEntry(
                usage.kind(),
                usage.key(),
                usage.bytes(),
                size(usage.bytes()),
                usage.lastUsed().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** As one line of a table. */
    String line() {
        return String.format(Locale.ROOT, "%-13s %-20s %7s", kind, what, size);
    }

    /** A number of bytes in the unit that suits it. */
    static String size(long bytes) {
        return bytes >= 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
                : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
