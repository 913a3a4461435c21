package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCacheTest {

    @TempDir
    private Path directory;

    private LabCache cache;

    @BeforeEach
    void useAnEmptyCache() {
        cache = new LabCache(directory.resolve("culvert"));
    }

    @Test
    void buildsOnceAndFindsItAfterwards() throws Exception {
        LabCache.Entry first = cache.ensure("root", "k", building -> Files.writeString(building.resolve("disk"), "1"));
        LabCache.Entry second = cache.ensure("root", "k", building -> Files.writeString(building.resolve("disk"), "2"));

        assertThat(second).isEqualTo(first);
        assertThat(first.directory().resolve("disk")).hasContent("1");
    }

    @Test
    void buildsOnceForThreadsThatWantTheSame() throws Exception {
        AtomicInteger builds = new AtomicInteger();
        Callable<LabCache.Entry> want = () -> cache.ensure("root", "k", building -> builds.incrementAndGet());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<LabCache.Entry> entry : threads.invokeAll(List.of(want, want, want, want, want, want))) {
                assertThat(entry.get().directory()).isDirectory();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(builds).hasValue(1);
    }

    @Test
    void keepsNothingOfABuildThatFails() throws Exception {
        assertThatThrownBy(() -> cache.ensure("root", "k", building -> {
                    Files.writeString(building.resolve("half"), "");
                    throw new IOException("no space left");
                }))
                .hasMessage("no space left");

        assertThat(unfinished()).isEmpty();
        assertThat(cache.usage()).isEmpty();
    }

    @Test
    void removesWhatADeadBuilderLeftAndBuildsAnew() throws Exception {
        Path left = Files.createDirectories(cache.root().resolve("unfinished/root-k-123"));
        Files.writeString(left.resolve("half"), "");

        cache.ensure("root", "k", building -> assertThat(building).isEmptyDirectory());

        assertThat(unfinished()).isEmpty();
    }

    @Test
    void knowsAnEntryThatWasBuiltAgainByAnotherIdentity() throws Exception {
        LabCache.Entry first = cache.ensure("root", "k", building -> {});
        cache.prune(Duration.ZERO);
        LabCache.Entry second = cache.ensure("root", "k", building -> {});

        assertThat(second.identity()).isNotEqualTo(first.identity()).startsWith("k-");
    }

    @Test
    void prunesWhatWasNotUsedForLongAndWhatWasNeverFinished() throws Exception {
        cache.ensure("root", "k", building -> Files.writeString(building.resolve("disk"), "x".repeat(100_000)));
        Files.createDirectories(cache.root().resolve("unfinished/kernel-k-123"));

        assertThat(cache.prune(Duration.ofDays(1))).isEmpty();
        assertThat(unfinished()).isEmpty();

        assertThat(cache.prune(Duration.ZERO)).singleElement().satisfies(usage -> {
            assertThat(usage.kind()).isEqualTo("root");
            assertThat(usage.bytes()).isGreaterThan(100_000);
        });
        assertThat(cache.usage()).isEmpty();
    }

    @Test
    void leavesWhatIsBeingBuilt() throws Exception {
        cache.ensure("root", "k", building -> {
            assertThat(prunedByAnotherThread()).isEmpty();
            assertThat(building).isDirectory();
        });

        assertThat(cache.usage()).hasSize(1);
    }

    @Test
    void isWhereTheUserWantsCachesToBe() {
        assertThat(LabCache.ofUser(Map.of("XDG_CACHE_HOME", "/x")).root()).isEqualTo(Path.of("/x/culvert"));
        assertThat(LabCache.ofUser(Map.of("XDG_CACHE_HOME", "relative")).root().toString())
                .endsWith("/.cache/culvert");
    }

    private List<LabCache.Usage> prunedByAnotherThread() {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(() -> cache.prune(Duration.ZERO)).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            thread.shutdown();
        }
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> paths = Files.list(cache.root().resolve("unfinished"))) {
            return paths.toList();
        }
    }
}
