package dev.culvert.harness.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does again what can fail by chance on an emulated machine. */
public final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** What is attempted. */
    public interface Attempt<T> {
        T make() throws LabException, IOException, InterruptedException;
    }

    private Attempts() {}

    /**
     * Attempts it until it succeeds. A kernel that did not boot will not boot, so only a lab that is unavailable is tried again, and a kernel whose
     * emulator may be to blame.
     *
     * @param what what is attempted, with no article: {@code fork of the template}
     * @throws KernelDidNotBoot when a kernel did not boot, or in the last attempt stood still once more
     * @throws LabUnavailable when all of {@code count} attempts failed, with the reason of each
     */
    public static <T> T untilOneSucceeds(int count, String what, Attempt<T> attempt)
            throws LabException, InterruptedException {
        List<LabUnavailable.Attempt> failed = new ArrayList<>();
        while (failed.size() < count) {
            String numbered = "attempt " + (failed.size() + 1) + " at a " + what;
            try {
                return attempt.make();
            } catch (KernelDidNotBoot e) {
                if (!e.emulatorMayBeToBlame() || failed.size() + 1 == count) {
                    throw e;
                }
                failed.add(failure(numbered, e));
            } catch (IOException | LabUnavailable e) {
                failed.add(failure(numbered, e));
            }
        }
        throw new LabUnavailable(failed);
    }

    private static LabUnavailable.Attempt failure(String numbered, Exception why) {
        LOG.warn("{} failed: {}", numbered, why.getMessage());
        return new LabUnavailable.Attempt(numbered, String.valueOf(why.getMessage()));
    }
}
