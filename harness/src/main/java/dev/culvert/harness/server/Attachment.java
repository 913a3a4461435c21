package dev.culvert.harness.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The standard streams of a running container, through the engine's attach. */
final class Attachment extends ResultCallback.Adapter<Frame> {

    private static final int LAST_WORDS = 2000;

    private final ByteQueue output = new ByteQueue();
    private final ByteQueue input = new ByteQueue();
    private final StringBuilder errors = new StringBuilder();

    private Attachment() {}

    static Attachment to(DockerClient engine, String container) {
        Attachment attachment = new Attachment();
        engine.attachContainerCmd(container)
                .withFollowStream(true)
                .withStdOut(true)
                .withStdErr(true)
                .withStdIn(attachment.input)
                .exec(attachment);
        return attachment;
    }

    /** What the container's main process prints. */
    InputStream output() {
        return output;
    }

    /** What it reads; closing it detaches. */
    OutputStream input() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                input.put(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                input.close();
                Attachment.this.close();
            }
        };
    }

    /** The end of what it wrote to its standard error. */
    String lastWords() {
        synchronized (errors) {
            return errors.toString().strip();
        }
    }

    @Override
    public void onNext(Frame frame) {
        byte[] payload = frame.getPayload();
        if (frame.getStreamType() == StreamType.STDERR) {
            synchronized (errors) {
                errors.append(new String(payload, UTF_8));
                errors.delete(0, Math.max(0, errors.length() - LAST_WORDS));
            }
            return;
        }
        try {
            output.put(payload, 0, payload.length);
        } catch (IOException e) {
            onError(e);
        }
    }

    @Override
    public void onError(Throwable problem) {
        synchronized (errors) {
            errors.append("\nattach: ").append(problem);
        }
        super.onError(problem);
    }

    @Override
    public void onComplete() {
        super.onComplete();
        output.close();
    }
}
