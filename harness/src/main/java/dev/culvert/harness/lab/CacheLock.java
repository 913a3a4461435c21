package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, held against other processes and against other threads of this one; the kernel frees it when its
 * holder dies. It is given back by the thread that took it.
 */
final class CacheLock implements AutoCloseable {

    // A file lock is held by the whole Java machine; among its threads these do.
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel channel;

    private CacheLock(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /** Waits until the lock is free, and takes it. */
    static CacheLock acquire(Path file) throws IOException, InterruptedException {
        ReentrantLock threads = threadsOf(file);
        threads.lockInterruptibly();
        FileChannel channel = null;
        try {
            channel = open(file);
            channel.lock();
            return new CacheLock(threads, channel);
        } catch (IOException e) {
            giveUp(threads, channel);
            throw e;
        }
    }

    /** Takes the lock if nobody holds it. */
    static Optional<CacheLock> tryAcquire(Path file) throws IOException {
        ReentrantLock threads = threadsOf(file);
        if (!threads.tryLock()) {
            return Optional.empty();
        }
        FileChannel channel = null;
        try {
            channel = open(file);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new CacheLock(threads, channel));
            }
            giveUp(threads, channel);
            return Optional.empty();
        } catch (IOException e) {
            giveUp(threads, channel);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            threads.unlock();
        }
    }

    private static ReentrantLock threadsOf(Path file) {
        return THREADS.computeIfAbsent(file, path -> new ReentrantLock());
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void giveUp(ReentrantLock threads, @Nullable FileChannel channel) throws IOException {
        threads.unlock();
        if (channel != null) {
            channel.close();
        }
    }
}
