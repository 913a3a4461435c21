package dev.culvert.reports.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {

    private final SampleRun run = new SampleRun();

    private void observe(String topology, String release) {
        run.kernel(release).on(SampleTopologies.plain(topology));
    }

    private List<String> names() {
        return run.result().observed().stream().map(Observed::name).toList();
    }

    @Test
    void callsAKernelByItsSeries() {
        observe("gre", "6.12.94+deb13-amd64");
        observe("gre", "6.1.0-49-amd64");

        assertThat(names()).containsExactly("gre@6.12", "gre@6.1");
    }

    @Test
    void callsKernelsByTheirWholeReleasesWhenOneTopologyRanOnTwoOfASeries() {
        observe("gre", "6.12.94");
        observe("gre", "6.12.94-mine");

        assertThat(names()).containsExactly("gre@6.12.94", "gre@6.12.94-mine");
    }

    @Test
    void takesReleasesOfASeriesForOneKernelWhenEachTopologyRanOnOne() {
        observe("gre", "6.12.94");
        observe("ipip", "6.12.95");

        assertThat(names()).containsExactly("gre", "ipip");
    }

    @Test
    void takesAReleaseThatHasNoNumber() {
        observe("gre", "next");
        observe("gre", "6.12.94");

        assertThat(names()).containsExactly("gre@next", "gre@6.12");
    }
}
