package dev.culvert.reports.result;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernels of a run.
 *
 * @param releases their releases, {@code 6.12.94+deb13-amd64}, each once in the order in which they are shown
 */
public record Kernels(List<String> releases) {

    private static final Pattern SERIES = Pattern.compile("\\d+\\.\\d+");

    public Kernels {
        releases = List.copyOf(releases);
    }

    /** Those that evidence was recorded on. */
    public static Kernels of(Collection<Observed> observed) {
        return new Kernels(observed.stream().map(Observed::release).distinct().toList());
    }

    /** Whether a name must say which kernel it is about. */
    public boolean several() {
        return releases.size() > 1;
    }

    /** What a release is called beside the others: its series, {@code 6.12}, or all of it when another one is of that series. */
    public String name(String release) {
        String series = series(release);
        long alike = releases.stream().filter(r -> series(r).equals(series)).count();
        return alike > 1 ? release : series;
    }

    private static String series(String release) {
        Matcher matcher = SERIES.matcher(release);
        return matcher.lookingAt() ? matcher.group() : release;
    }
}
