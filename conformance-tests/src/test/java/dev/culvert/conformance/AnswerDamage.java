package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.StimulusRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Damages what a command of a stimulus answered. */
record AnswerDamage(Evidence good, String stimulus, String answer) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Writes another value at a JSON pointer of the entry in which a field has a value: {@code ifname}, {@code t1}. */
    Evidence entry(String field, String value, String pointer, JsonNode other) {
        return list(entries -> {
            ObjectNode entry = null;
            for (JsonNode node : entries) {
                if (value.equals(node.path(field).asText())) {
                    entry = (ObjectNode) node;
                }
            }
            assertThat(entry).as("entry with %s %s", field, value).isNotNull();
            JsonPointer at = JsonPointer.compile(pointer);
            ObjectNode parent = (ObjectNode) entry.at(at.head());
            parent.set(at.last().getMatchingProperty(), other);
        });
    }

    /** Writes another number at a JSON pointer of a link. */
    Evidence link(String device, String pointer, long other) {
        return entry("ifname", device, pointer, JSON.getNodeFactory().numberNode(other));
    }

    /** Changes the list of entries as a whole. */
    Evidence list(Consumer<ArrayNode> change) {
        return replace(record -> {
            try {
                ArrayNode entries = (ArrayNode) JSON.readTree(record.stdout());
                change.accept(entries);
                return with(record, record.exit(), JSON.writeValueAsString(entries), record.stderr());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Lets the command succeed and say nothing. */
    Evidence succeeded() {
        return replace(record -> with(record, 0, "", ""));
    }

    private Evidence replace(UnaryOperator<CommandRecord> change) {
        return good.withStimulus(stimulus, s -> {
            Map<String, CommandRecord> answers = new HashMap<>(s.answers());
            assertThat(answers).containsKey(answer);
            answers.computeIfPresent(answer, (name, record) -> change.apply(record));
            return new StimulusRecord(
                    s.id(),
                    s.purpose(),
                    s.options(),
                    s.fromNanos(),
                    s.untilNanos(),
                    s.sent(),
                    s.before(),
                    s.after(),
                    answers);
        });
    }

    private static CommandRecord with(CommandRecord record, int exit, String stdout, String stderr) {
        return new CommandRecord(
                record.place(),
                record.argv(),
                exit,
                record.timedOut(),
                stdout,
                stderr,
                record.atNanos(),
                record.durationNanos());
    }
}
