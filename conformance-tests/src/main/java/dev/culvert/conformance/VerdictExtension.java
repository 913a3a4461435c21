package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Runs a requirement as a JUnit test: turns FAIL into an assertion error, BROKEN into an error, and UNSUPPORTED into an aborted test. DEVIATES passes unless the configuration
 * parameter {@value #STRICT} is true. A class that cannot be constructed for a topology makes its requirements BROKEN there, and there only.
 */
public final class VerdictExtension implements ParameterResolver, InvocationInterceptor {

    /** Configuration parameter: DEVIATES counts as a failure. */
    public static final String STRICT = "culvert.strict";

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(VerdictExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Judge.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // A stand-in: the requirement is judged through RequirementInfo, which gives it a judge of its own.
        return new Judge();
    }

    /** {@inheritDoc} That of the test: by default one store of the class would keep the evidence of whichever topology was constructed last. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> call, ExtensionContext context)
            throws Throwable {
        Evidence evidence = (Evidence) call.getArguments().get(0);
        context.getStore(NAMESPACE).put(Evidence.class, evidence);
        try {
            return invocation.proceed();
        } catch (Throwable e) {
            // Judging constructs the class again, so the verdict has this same cause. No method is intercepted without
            // an instance.
            judge(context.getRequiredTestMethod(), evidence, context);
            throw e;
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        judge(call.getExecutable(), context.getStore(NAMESPACE).get(Evidence.class, Evidence.class), context);
    }

    private static void judge(Method method, Evidence evidence, ExtensionContext context) {
        RequirementInfo requirement = RequirementInfo.of(method);
        Optional<String> inapplicable = requirement.inapplicableTo(evidence);
        if (inapplicable.isPresent()) {
            throw new TestAbortedException(requirement.id() + " does not apply to "
                    + evidence.topology().name() + ": it " + inapplicable.get());
        }
        Verdict verdict = requirement.judge(evidence);
        conclude(
                requirement,
                verdict,
                context.getConfigurationParameter(STRICT)
                        .map(Boolean::parseBoolean)
                        .orElse(false));
    }

    private static void conclude(RequirementInfo requirement, Verdict verdict, boolean strict) {
        String message = requirement.id() + " " + verdict.outcome() + ": "
                + (verdict.findings().isEmpty()
                        ? verdict.because()
                        : verdict.findings().stream()
                                .map(Finding::line)
                                .distinct()
                                .limit(20)
                                .collect(Collectors.joining(System.lineSeparator() + "  ")));
        switch (verdict.outcome()) {
            case PASS -> {}
            case DEVIATES -> {
                if (strict) {
                    throw new AssertionFailedError(message);
                }
            }
            case UNSUPPORTED -> throw new TestAbortedException(message);
            case BROKEN -> throw new IllegalStateException(message);
            case FAIL -> throw new AssertionFailedError(message);
        }
    }
}
