package dev.culvert.harness.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The orders that a worker is given, one JSON object a line. They are read ahead, so that their end is noticed also while one is carried out. */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String END = "";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Runnable abandoned;
    /** Also while the worker gets ready for its first order. */
    private boolean busy = true;

    private boolean ended;

    /**
     * Begins to read.
     *
     * @param abandoned what is done when the stream ends while the worker gets ready or carries out an order: nobody waits for it any more
     */
    Orders(InputStream in, Runnable abandoned) {
        this.abandoned = abandoned;
        Thread reader = new Thread(() -> read(in), "culvert-orders");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for the next order, and takes the one before it for carried out; null when there are no more. */
    @Nullable
    WorkerOrder next() throws IOException, InterruptedException {
        setBusy(false);
        String line = lines.take();
        if (line.equals(END)) {
            return null;
        }
        setBusy(true);
        return JSON.readValue(line, WorkerOrder.class);
    }

    private void read(InputStream in) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            LOG.warn("orders cannot be read any more: {}", e.getMessage());
        }
        lines.add(END);
        if (end()) {
            abandoned.run();
        }
    }

    private synchronized boolean end() {
        ended = true;
        return busy;
    }

    private void setBusy(boolean now) {
        boolean gone;
        synchronized (this) {
            busy = now;
            gone = now && ended;
        }
        if (gone) {
            abandoned.run();
        }
    }
}
