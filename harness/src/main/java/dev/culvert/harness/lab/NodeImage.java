package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The image that servers are made of.
 *
 * @param tar its root file system
 * @param reference its name in an engine; another content has another name
 */
public record NodeImage(Path tar, String reference) {

    // 80 MB through TLS into an emulated machine whose host has other things to do.
    private static final Duration LOADING = Duration.ofMinutes(5);
    private static final Duration ASKING = Duration.ofSeconds(10);

    /**
     * Makes an engine have this image.
     *
     * @throws IOException when the engine does not take it; the message has the engine's words
     */
    void load(DockerEngine engine) throws IOException {
        if (engine.request("GET", "/images/" + reference + "/json", null, ASKING)
                        .status()
                == 200) {
            return;
        }
        String[] name = reference.split(":", 2);
        DockerEngine.Answer answer =
                engine.request("POST", "/images/create?fromSrc=-&repo=" + name[0] + "&tag=" + name[1], tar, LOADING);
        // The engine answers 200 at once and reports what goes wrong later inside the body.
        if (answer.status() != 200 || answer.body().contains("\"error\"")) {
            throw new IOException("the engine does not take the node image: " + answer.body());
        }
    }
}
