package dev.culvert.harness.evidence;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How the observation of a topology ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "end")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Completion.Observed.class, name = "observed"),
    @JsonSubTypes.Type(value = Completion.Lacking.class, name = "lacking"),
    @JsonSubTypes.Type(value = Completion.Lost.class, name = "lost")
})
public sealed interface Completion {

    /** Every stimulus ran to its end. */
    record Observed() implements Completion {}

    /** The kernel or host lacks something, named; found before any traffic. */
    record Lacking(String what, String kernelSaid) implements Completion {}

    /** The lab, a server or Culvert itself was lost on the way. */
    record Lost(String why) implements Completion {}
}
