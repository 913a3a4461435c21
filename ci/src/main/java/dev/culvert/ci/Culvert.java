package dev.culvert.ci;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "culvert",
        mixinStandardHelpOptions = true,
        version = {"Culvert 0.1.0", "JVM ${java.version} (${java.vendor})"},
        description = "Proves that a Linux tunnel does what its specification says.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            TestCommand.class,
            CheckCommand.class,
            ListCommand.class,
            ExplainCommand.class,
            PlanCommand.class,
            LabCommand.class,
            DoctorCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  no requirement failed",
            "  1  a requirement failed (with --strict also when one deviates)",
            "  2  bad usage or input",
            "  3  Culvert or the lab is broken"
        })
public final class Culvert implements Runnable {

    @Spec
    CommandSpec spec;

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        // Loaded by the first use of JNA and Testcontainers; neither is wanted in a terminal.
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Culvert());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new Failures());
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(false);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
