package dev.culvert.ci;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Listed for the help only: the launcher runs the tests itself, because they build what this class is part of. */
@Command(
        name = "test",
        description = "Sets up what is missing and passes every test of the project.",
        mixinStandardHelpOptions = true)
final class TestCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "type `./culvert test` in the checkout");
    }
}
