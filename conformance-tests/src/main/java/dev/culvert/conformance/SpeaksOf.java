package dev.culvert.conformance;

import dev.culvert.topologies.Family;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the requirements of a class speak of, each where it does not say so itself; what is left out here is as {@link Requirement} has it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SpeaksOf {

    /** As {@link Requirement#kinds()}. */
    String[] kinds() default {};

    /** As {@link Requirement#inside()}. */
    Family[] inside() default {};

    /** As {@link Requirement#outside()}. */
    Family[] outside() default {};

    /** As {@link Requirement#needs()}. */
    Trait[] needs() default {};
}
