package dev.culvert.conformance;

import dev.culvert.topologies.Family;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/**
 * Makes a method of a conformance class a requirement and a JUnit test. The method takes one {@link Judge} and reads
 * nothing but the evidence its class was constructed with; it is a pure function of that evidence.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
public @interface Requirement {

    /** Stands in {@link #kinds()} for all kinds that there are, and for those yet to come. */
    String EVERY_KIND = "every kind";

    /** The stable id, {@code RFC2003-3.1-PROTOCOL}. */
    String id();

    Level level();

    /** The section or kernel file that demands it, {@code RFC 2003 section 3.1}. */
    String source();

    /** One sentence in our own words: what must be observed. */
    String sentence();

    /** How it is provoked. */
    String provoked();

    /** Where and how it is observed. */
    String observed();

    /** The tunnel kinds it speaks of, or {@link #EVERY_KIND}; left out those that its class {@link SpeaksOf}, or {@code ipip}. */
    String[] kinds() default {};

    /** The families of IP inside the tunnel that it speaks of; left out those that its class {@link SpeaksOf}, or IPv4. */
    Family[] inside() default {};

    /** The families of IP of the outer header that it speaks of; left out those that its class {@link SpeaksOf}, or IPv4. */
    Family[] outside() default {};

    /** Whether it speaks of tunnels too whose ends send to a group instead of to each other. */
    boolean groups() default false;

    /** Whether it speaks of tunnels too that let nothing through but labelled packets. */
    boolean labelledAlone() default false;

    /** What the topology must have; left out what the class {@link SpeaksOf}, or nothing. */
    Trait[] needs() default {};

    /** Whether it judges the throughput runs; it says nothing of a run without them. */
    boolean throughput() default false;

    /** Whether it judges the netlink dump of the tunnel devices; it says nothing of older evidence without one. */
    boolean dump() default false;

    /** Free words to select by. */
    String[] tags() default {};
}
