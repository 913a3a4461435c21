package dev.culvert.harness.lab;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What a lab boots from: the root file system, and a kernel made bootable on it.
 *
 * @param root the root file system
 * @param kernel the kernel
 */
record LabImages(RootImage root, KernelImage kernel) {

    /** Builds what is missing; the root file system and Debian's kernel at the same time. */
    static LabImages ensure(LabCache cache, KernelChoice choice, Progress progress)
            throws IOException, LabException, InterruptedException {
        new KernelFiles(choice).check();
        FutureTask<RootImage> building = inBackground(() -> RootImage.ensure(cache, progress));
        try {
            if (choice instanceof KernelChoice.Image own) {
                RootImage root = result(building);
                return new LabImages(root, KernelImage.of(cache, root, own, progress));
            }
            KernelChoice.Debian debian = (KernelChoice.Debian) choice;
            DebianKernel shipped = DebianKernel.ensure(cache, debian.suite(), progress);
            RootImage root = result(building);
            return new LabImages(root, KernelImage.of(cache, root, shipped, debian.replacedModules(), progress));
        } finally {
            building.cancel(true);
        }
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "culvert-root-image");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws IOException, LabException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof LabException lab) {
                throw lab;
            }
            if (cause instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(cause);
        }
    }
}
