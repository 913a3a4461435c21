package dev.culvert.harness.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OrdersTest {

    private static final String ORDER = """
            {"topology": "t.yaml", "evidence": "e", "throughput": false, "lab": "qemu"}
            """;

    private final AtomicInteger abandoned = new AtomicInteger();

    @Test
    void hasNoOrderWhenTheStreamEndsBetweenOrders() throws Exception {
        PipedOutputStream giver = new PipedOutputStream();
        Orders orders = new Orders(new PipedInputStream(giver), abandoned::incrementAndGet);
        FutureTask<Boolean> next = new FutureTask<>(() -> orders.next() == null);
        Thread worker = new Thread(next, "worker");
        worker.start();
        await("the worker's waiting").until(worker::getState, Thread.State.WAITING::equals);

        giver.close();

        assertThat(next.get()).isTrue();
        assertThat(abandoned).hasValue(0);
    }

    @Test
    void saysThatItIsAbandonedWhenTheStreamEndsBeforeTheFirstOrderIsAskedFor() {
        Orders orders = new Orders(new ByteArrayInputStream(new byte[0]), abandoned::incrementAndGet);

        await("abandonment").untilAtomic(abandoned, count -> assertThat(count).isEqualTo(1));
        assertThat(orders).isNotNull();
    }

    @Test
    void saysThatItIsAbandonedWhenTheStreamEndsWithinAnOrder() throws Exception {
        PipedOutputStream giver = new PipedOutputStream();
        Orders orders = new Orders(new PipedInputStream(giver), abandoned::incrementAndGet);
        giver.write(ORDER.getBytes(UTF_8));
        giver.flush();
        WorkerOrder order = orders.next();

        giver.close();

        assertThat(order).isNotNull().extracting(WorkerOrder::topology).isEqualTo("t.yaml");
        await("abandonment").untilAtomic(abandoned, count -> assertThat(count).isEqualTo(1));
    }
}
