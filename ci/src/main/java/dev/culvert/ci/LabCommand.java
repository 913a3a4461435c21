package dev.culvert.ci;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what is done with a lab itself. */
@Command(
        name = "lab",
        description = "A shell in a lab, and the lab's cache.",
        mixinStandardHelpOptions = true,
        subcommands = {ShellCommand.class, PruneCommand.class})
final class LabCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "shell or prune?");
    }
}
