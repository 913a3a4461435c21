package dev.culvert.reports.allure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes of the generator as the virtual machine keeps them ready to map (class data sharing). The first run makes the
 * archive, each later one starts a third faster. An archive of another Java has another name.
 */
final class ClassArchive {

    /** Only HotSpot has such archives. */
    private static final String OTHER_VENDORS = "-XX:+IgnoreUnrecognizedVMOptions";

    private final Path archive;
    private final Path fresh;

    private ClassArchive(Path archive, Path fresh) {
        this.archive = archive;
        this.fresh = fresh;
    }

    /** The archive of the running Java within a directory. */
    static ClassArchive in(Path directory) {
        String name = "classes-" + Runtime.version();
        return new ClassArchive(
                directory.resolve(name + ".jsa"),
                directory.resolve(name + "." + ProcessHandle.current().pid() + ".part"));
    }

    /** What to tell the virtual machine: to use the archive, or to make one as it ends where there is room for it. */
    List<String> options() {
        return Files.exists(archive) || !Files.isWritable(archive.getParent())
                ? use()
                : List.of(OTHER_VENDORS, "-XX:ArchiveClassesAtExit=" + fresh);
    }

    /** What to tell the virtual machine: to use the archive if there is one. */
    List<String> use() {
        return Files.exists(archive) ? List.of(OTHER_VENDORS, "-XX:SharedArchiveFile=" + archive) : List.of();
    }

    /** Puts an archive that was just made in its place, whole or not at all. */
    void keep() throws IOException {
        if (Files.exists(fresh)) {
            Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
