package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is built once and used by every later run.
 *
 * <p>An entry is built beside its place and moved there when it is whole, under a lock of its own: it is there or it is
 * not, whoever is killed at whatever moment, and two who want the same build it once. The key of an entry names
 * everything that it is built from.
 */
public final class LabCache {

    private static final String STAMP = ".built";
    private static final String UNFINISHED = "unfinished";

    private final Path root;

    /**
     * One thing in the cache.
     *
     * @param directory where its files are
     * @param identity differs for each time it is built, even under one key
     */
    record Entry(Path directory, String identity) {}

    /** Builds an entry. */
    @FunctionalInterface
    interface Builder {
        /** Writes the files of the entry into an empty directory, which is moved afterwards. */
        void build(Path directory) throws IOException, LabException, InterruptedException;
    }

    /**
     * What an entry takes.
     *
     * @param kind what it is: {@code root}, {@code kernel}, {@code template} and so on
     * @param key what it is built from
     * @param bytes the space it takes on disk, holes not counted
     * @param lastUsed when it was last used
     */
    public record Usage(String kind, String key, long bytes, Instant lastUsed) {}

    /** A cache in a directory, which is made when it is first needed. */
    public LabCache(Path root) {
        this.root = root.toAbsolutePath();
    }

    /** Returns the cache of the user: {@code $XDG_CACHE_HOME/culvert}, {@code ~/.cache/culvert} by default. */
    public static LabCache ofUser(Map<String, String> environment) {
        String cacheHome = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The XDG base directory specification: a relative path is to be ignored.
        return new LabCache(
                cacheHome.startsWith("/")
                        ? Path.of(cacheHome, "culvert")
                        : Path.of(System.getProperty("user.home"), ".cache", "culvert"));
    }

    /** Returns where the cache is. */
    public Path root() {
        return root;
    }

    /** Returns an entry, built now unless it is there; waits while another process builds it. */
    @SuppressWarnings("try") // The lock is only held.
    Entry ensure(String kind, String key, Builder builder) throws IOException, LabException, InterruptedException {
        Path place = root.resolve(kind).resolve(key);
        String name = kind + "-" + key;
        makePrivate(place.getParent());
        makePrivate(root.resolve(UNFINISHED));
        try (CacheLock lock = CacheLock.acquire(lockFile(name))) {
            if (!Files.exists(place.resolve(STAMP))) {
                for (Path abandoned : unfinished(name + "-")) {
                    removeTree(abandoned);
                }
                try (GuardedDirectory building =
                        GuardedDirectory.guard(Files.createTempDirectory(root.resolve(UNFINISHED), name + "-"))) {
                    builder.build(building.path());
                    Files.writeString(
                            building.path().resolve(STAMP), UUID.randomUUID().toString());
                    Files.move(building.path(), place, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Files.setLastModifiedTime(place.resolve(STAMP), FileTime.from(Instant.now()));
            return new Entry(place, key + "-" + Files.readString(place.resolve(STAMP)));
        }
    }

    /** Returns an entry if it is there, and leaves everything as it is. */
    Optional<Entry> find(String kind, String key) {
        Path place = root.resolve(kind).resolve(key);
        try {
            return Optional.of(new Entry(place, key + "-" + Files.readString(place.resolve(STAMP))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns what is in the cache, the largest first. */
    public List<Usage> usage() throws IOException, InterruptedException {
        List<Usage> found = new ArrayList<>();
        for (Path entry : entries()) {
            found.add(usageOf(entry));
        }
        found.sort((left, right) -> Long.compare(right.bytes(), left.bytes()));
        return List.copyOf(found);
    }

    /**
     * Removes what has not been used for at least a while, and what was never finished. A lab that runs goes on; what is
     * being built stays.
     *
     * @return what was removed of the entries
     */
    public List<Usage> prune(Duration unused) throws IOException, InterruptedException {
        Instant limit = Instant.now().minus(unused);
        List<Usage> removed = new ArrayList<>();
        for (Path entry : entries()) {
            Usage usage = usageOf(entry);
            if (!usage.lastUsed().isAfter(limit) && remove(entry, usage.kind() + "-" + usage.key())) {
                removed.add(usage);
            }
        }
        for (Path directory : unfinished("")) {
            String name = directory.getFileName().toString();
            remove(directory, name.substring(0, name.lastIndexOf('-')));
        }
        return List.copyOf(removed);
    }

    @SuppressWarnings("try") // The lock is only held.
    private boolean remove(Path directory, String lockName) throws IOException {
        Optional<CacheLock> lock = CacheLock.tryAcquire(lockFile(lockName));
        if (lock.isEmpty()) {
            return false;
        }
        try (CacheLock held = lock.get()) {
            // Away at one stroke: nobody finds half of it.
            Path away = Files.createTempDirectory(root.resolve(UNFINISHED), lockName + "-");
            Files.move(directory, away, StandardCopyOption.ATOMIC_MOVE);
            removeTree(away);
            return true;
        }
    }

    private List<Path> entries() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.find(
                root, 2, (path, attributes) -> attributes.isDirectory() && Files.exists(path.resolve(STAMP)))) {
            return paths.filter(path -> !path.startsWith(root.resolve(UNFINISHED)))
                    .toList();
        }
    }

    private static Usage usageOf(Path entry) throws IOException, InterruptedException {
        return new Usage(
                entry.getParent().getFileName().toString(),
                entry.getFileName().toString(),
                spaceOf(entry),
                Files.getLastModifiedTime(entry.resolve(STAMP)).toInstant());
    }

    /** Asks du, because Java tells a file's size, holes and all: a memory image is mostly holes. */
    private static long spaceOf(Path directory) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "-s", "-B1", directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        du.waitFor();
        int tab = line.indexOf('\t');
        return tab < 0 ? 0 : Long.parseLong(line.substring(0, tab));
    }

    private Path lockFile(String name) throws IOException {
        Path locks = root.resolve("locks");
        makePrivate(locks);
        return locks.resolve(name);
    }

    private static void makePrivate(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private List<Path> unfinished(String prefix) throws IOException {
        Path directory = root.resolve(UNFINISHED);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, prefix + "*")) {
            List<Path> paths = new ArrayList<>();
            found.forEach(paths::add);
            return paths;
        }
    }

    private static void removeTree(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(directory)) {
            paths = new ArrayList<>(tree.toList());
        }
        for (int index = paths.size() - 1; index >= 0; index--) {
            Files.deleteIfExists(paths.get(index));
        }
    }
}
