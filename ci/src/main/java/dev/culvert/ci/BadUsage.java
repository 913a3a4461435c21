package dev.culvert.ci;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a line that was typed, and where help is: the whole help of a command with many options would hide the message. */
final class BadUsage implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException bad, String[] arguments) {
        CommandLine line = bad.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(line.getColorScheme().errorText(bad.getMessage()));
        UnmatchedArgumentException.printSuggestions(bad, err);
        if (line.getSubcommands().isEmpty()) {
            err.println("`" + line.getCommandSpec().qualifiedName() + " --help` shows what it takes");
        } else {
            line.usage(err, line.getColorScheme());
        }
        return ExitCode.BAD_INPUT;
    }
}
