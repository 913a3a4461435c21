package dev.culvert.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Makes a class the requirements of one source section. It runs once for every observed topology and is constructed with
 * that topology's evidence. Where the evidence comes from is said by {@link ObservedTopologies}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{argumentSetName}")
@ArgumentsSource(ObservedTopologies.class)
@ExtendWith(VerdictExtension.class)
public @interface ConformanceTest {

    /** The source section, for people: {@code RFC 2003 section 3.1, the outer header}. */
    String value();
}
