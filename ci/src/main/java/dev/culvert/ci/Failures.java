package dev.culvert.ci;

import dev.culvert.harness.evidence.EvidenceException;
import dev.culvert.harness.lab.LabException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into words for a person and an exit code; a stack trace is shown only with {@code CULVERT_DEBUG=1}. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (System.getenv("CULVERT_DEBUG") != null) {
            failure.printStackTrace(err);
        }
        if (failure instanceof UnusableTopologies || failure instanceof EvidenceException) {
            err.println(failure.getMessage());
            return ExitCode.BAD_INPUT;
        }
        err.println(line.getColorScheme().errorText("culvert: " + words(failure)));
        return ExitCode.BROKEN;
    }

    private static String words(Exception failure) {
        if (failure instanceof LabException) {
            return failure.getMessage();
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return "cannot read or write: " + failure.getMessage();
        }
        if (failure instanceof InterruptedException) {
            return "interrupted";
        }
        return "a defect of Culvert itself: " + failure + " (CULVERT_DEBUG=1 shows where)";
    }
}
