package dev.culvert.ci;

import java.util.List;
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
        // Reading what all commands take is most of what a command that does nothing costs.
        CommandLine line = List.of(arguments).equals(List.of("--version")) ? withoutCommands() : commandLine();
        System.exit(line.execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = withoutCommands()
                .addSubcommand(new RunCommand())
                .addSubcommand(new TestCommand())
                .addSubcommand(new CheckCommand())
                .addSubcommand(new ListCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new PlanCommand())
                .addSubcommand(new LabCommand())
                .addSubcommand(new DoctorCommand())
                .addSubcommand(new AutoComplete.GenerateCompletion());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new Failures());
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(false);
        return line;
    }

    private static CommandLine withoutCommands() {
        return new CommandLine(new Culvert());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
