package dev.culvert.harness.evidence;

import java.util.List;

/** A directory is no evidence that this Culvert can judge. Each problem names the file, what is wrong with it and where. */
public final class EvidenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public EvidenceException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
