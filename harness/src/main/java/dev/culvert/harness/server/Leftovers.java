package dev.culvert.harness.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Containers that were made and never started, because Culvert was killed in between: no agent in them could end them. */
final class Leftovers {

    /** Younger ones may be another Culvert's that is about to start them. */
    private static final Duration AGE = Duration.ofMinutes(1);

    private Leftovers() {}

    static void remove(DockerClient engine) {
        List<Container> created = engine.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(ServerContainer.LABEL))
                .withStatusFilter(List.of("created"))
                .exec();
        for (Container container : created) {
            if (Instant.ofEpochSecond(container.getCreated())
                    .isBefore(Instant.now().minus(AGE))) {
                remove(engine, container.getId());
            }
        }
    }

    private static void remove(DockerClient engine, String id) {
        try {
            engine.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException e) {
            // Another Culvert was quicker.
        }
    }
}
