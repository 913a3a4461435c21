package dev.culvert.reports.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {

    @Test
    void callsAKernelByItsSeries() {
        Kernels kernels = new Kernels(List.of("6.12.94+deb13-amd64", "6.1.0-49-amd64"));

        assertThat(kernels.name("6.12.94+deb13-amd64")).isEqualTo("6.12");
        assertThat(kernels.name("6.1.0-49-amd64")).isEqualTo("6.1");
    }

    @Test
    void callsKernelsOfOneSeriesByTheirWholeReleases() {
        Kernels kernels = new Kernels(List.of("6.12.94", "6.12.95-mine"));

        assertThat(kernels.name("6.12.94")).isEqualTo("6.12.94");
    }

    @Test
    void takesAReleaseThatHasNoNumber() {
        assertThat(new Kernels(List.of("next")).name("next")).isEqualTo("next");
    }
}
