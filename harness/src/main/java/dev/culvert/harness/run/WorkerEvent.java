package dev.culvert.harness.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a worker tells the process that started it, one JSON object a line on standard output. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerEvent.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = WorkerEvent.Phase.class, name = "phase"),
    @JsonSubTypes.Type(value = WorkerEvent.Observed.class, name = "observed"),
    @JsonSubTypes.Type(value = WorkerEvent.Failed.class, name = "failed")
})
public sealed interface WorkerEvent {

    /** The servers answer; topologies can be given. */
    record Ready() implements WorkerEvent {}

    /** A step of the topology in hand has begun. */
    record Phase(String topology, String text, int step, int steps) implements WorkerEvent {}

    /** The evidence of a topology is written. */
    record Observed(String topology) implements WorkerEvent {}

    /** The worker cannot go on with this lab; {@code topology} is empty when it had none in hand. */
    record Failed(String topology, String why) implements WorkerEvent {}
}
