package dev.culvert.reports.result;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernels of a run by the names that they have beside each other: by their series, {@code 6.12}, unless one topology was observed on two
 * kernels of a series; then by their whole releases, {@code 6.12.94+deb13-amd64}.
 *
 * @param names each once, in the order in which they are shown
 * @param bySeries whether the names are series
 */
public record Kernels(List<String> names, boolean bySeries) {

    private static final Pattern SERIES = Pattern.compile("\\d+\\.\\d+");

    public Kernels {
        names = List.copyOf(names);
    }

    /** Those that evidence was recorded on. */
    public static Kernels of(Collection<Observed> observed) {
        Map<String, String> releases = new HashMap<>();
        boolean bySeries = observed.stream().allMatch(seen -> {
            String known = releases.putIfAbsent(seen.topology() + " " + series(seen.release()), seen.release());
            return known == null || known.equals(seen.release());
        });
        List<String> names = observed.stream()
                .map(seen -> bySeries ? series(seen.release()) : seen.release())
                .distinct()
                .toList();
        return new Kernels(names, bySeries);
    }

    /** Whether a name must say which kernel it is about. */
    public boolean several() {
        return names.size() > 1;
    }

    /** What the kernel of some evidence is called. */
    public String name(Observed observed) {
        return bySeries ? series(observed.release()) : observed.release();
    }

    private static String series(String release) {
        Matcher matcher = SERIES.matcher(release);
        return matcher.lookingAt() ? matcher.group() : release;
    }
}
