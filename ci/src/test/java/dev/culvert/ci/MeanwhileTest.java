package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.run.ObservationListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class MeanwhileTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void doesTheFirstWorkBeforeThatOfAnyTopology() {
        try (Meanwhile meanwhile = meanwhile()) {
            meanwhile.step("ipip", "header", ObservationListener.STEPS_OF_SETTING_UP, 9);
            meanwhile.step("ipip", "header", ObservationListener.STEPS_OF_SETTING_UP + 1, 9);
            meanwhile.observed("ipip", new Completion.Observed());
            meanwhile.observed("gre", new Completion.Observed());
        }

        await("work that was taken before the end")
                .untilAsserted(() -> assertThat(done).containsExactly("first", "ipip", "gre"));
    }

    /** A topology that the kernel lacks something for is never set up. */
    @Test
    void beginsAlsoWithoutATopologyThatIsSetUp() {
        try (Meanwhile meanwhile = meanwhile()) {
            meanwhile.observed("ipip", new Completion.Lacking("CONFIG_NET_IPIP", "not set"));
        }

        await("work that was taken before the end")
                .untilAsserted(() -> assertThat(done).containsExactly("first", "ipip"));
    }

    @Test
    void letsItsListenerHearEverything() {
        try (Meanwhile meanwhile = meanwhile()) {
            meanwhile.preparing("a lab");
            meanwhile.step("ipip", "configuring", 0, 9);
            meanwhile.observed("ipip", new Completion.Observed());
        }

        assertThat(heard).containsExactly("a lab", "ipip configuring 0 9", "ipip observed");
    }

    private Meanwhile meanwhile() {
        return new Meanwhile(
                new ObservationListener() {
                    @Override
                    public void preparing(String what) {
                        heard.add(what);
                    }

                    @Override
                    public void step(String topology, String what, int step, int steps) {
                        heard.add(topology + " " + what + " " + step + " " + steps);
                    }

                    @Override
                    public void observed(String topology, Completion completion) {
                        heard.add(topology + " observed");
                    }
                },
                () -> done.add("first"),
                done::add);
    }
}
