package dev.culvert.ci;

import java.util.List;
import java.util.function.Supplier;
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

    private static final List<Supplier<Object>> COMMANDS = List.of(
            RunCommand::new,
            TestCommand::new,
            CheckCommand::new,
            ListCommand::new,
            ExplainCommand::new,
            PlanCommand::new,
            LabCommand::new,
            DoctorCommand::new);

    @Spec
    CommandSpec spec;

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(lineFor(arguments).execute(arguments));
    }

    /** Reading what all commands take is most of what a command that does nothing costs, so some lines know only what was typed. */
    private static CommandLine lineFor(String[] arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        return switch (first) {
            case "--version" -> lineOf(List.of());
            case "run" -> lineOf(List.of(RunCommand::new));
            default -> commandLine();
        };
    }

    /** The command line with all commands. */
    static CommandLine commandLine() {
        CommandLine line = lineOf(COMMANDS);
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion.getCommandSpec().usageMessage().hidden(false);
        return line.addSubcommand(completion);
    }

    private static CommandLine lineOf(List<Supplier<Object>> commands) {
        CommandLine line = new CommandLine(new Culvert());
        commands.forEach(command -> line.addSubcommand(command.get()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new Failures());
        line.setParameterExceptionHandler(new BadUsage());
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
