package dev.culvert.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a class whose name ends in {@code Damage} that takes good recorded evidence and gives back evidence
 * damaged in exactly the respect that one requirement guards.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface DamageOf {

    /** The requirement that must FAIL on what the method gives back. */
    String value();

    /** The recorded topology that is damaged, {@code ipip} for instance. */
    String topology() default "ipip";
}
