package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.culvert.topologies.DeviceName;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.GeneveTunnelOption;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TopologyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema is for editors, the reader for runs: they must agree on all that a schema can say. */
class SchemaTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String TEXT = text();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT, InputFormat.JSON);

    private static String text() {
        try (InputStream in =
                Objects.requireNonNull(SchemaTest.class.getResourceAsStream("/schema/topology.schema.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean schemaAccepts(String topology) {
        return SCHEMA.validate(topology, InputFormat.YAML).isEmpty();
    }

    static Stream<String> bundled() {
        return Bundle.names().stream();
    }

    static Stream<Kind> kinds() {
        return Kinds.all().stream();
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void acceptsTheBundledTopologies(String name) {
        assertThat(SCHEMA.validate(Bundle.text(name), InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.culvert.topologies.file.MisshapenTopologies#all")
    void refusesWhatTheReaderRefuses(MisshapenTopologies.Misshapen bad) {
        assertThat(schemaAccepts(bad.text())).as("schema on %s", bad).isFalse();
        assertThatThrownBy(() -> Topologies.parse("bad.yaml", bad.text()))
                .as("reader on %s", bad)
                .isInstanceOf(TopologyException.class);
    }

    @Test
    void acceptsEverythingThatCanBeSaidLikeTheReader() {
        assertThat(SCHEMA.validate(EveryKey.TEXT, InputFormat.YAML)).isEmpty();
        assertThat(Topologies.parse("all.yaml", EveryKey.TEXT).name()).isEqualTo("everything");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void knowsEveryKindWithItsOptionsAndMtu(Kind kind) throws IOException {
        JsonNode schema = YAML.readTree(TEXT);
        JsonNode ofKind = schema.at("/$defs/" + kind.name() + "/properties");

        assertThat(schema.at("/properties/tunnel/properties/kind/enum"))
                .map(JsonNode::asText)
                .contains(kind.name());
        assertThat(ofKind.at("/mtu/minimum").asInt()).isEqualTo(kind.minMtu());
        assertThat(ofKind.at("/mtu/maximum").asInt())
                .isEqualTo(kind.outerFamilies().stream()
                        .mapToInt(outer -> kind.maxMtu(outer, Options.none(kind)))
                        .max()
                        .orElseThrow());
        JsonNode ofOptions = ofKind.get("options");
        JsonNode options = (ofOptions.has("$ref") ? referred(ofOptions) : ofOptions).get("properties");
        assertThat(options.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(
                        kind.options().stream().map(Option::name).toList());
        for (Option option : kind.options()) {
            describes(options.get(option.name()), option);
        }
    }

    private static void describes(JsonNode node, Option option) throws IOException {
        if (option.defaultValue() != null) {
            assertThat(node.get("default").asText()).isEqualTo(option.defaultValue());
        }
        if (option instanceof Option.Choice choice) {
            assertThat(node.get("enum")).map(JsonNode::asText).isEqualTo(choice.values());
        } else if (option instanceof Option.WholeNumber number) {
            assertThat(List.of(node.get("minimum").asInt(), node.get("maximum").asInt()))
                    .containsExactly(number.min(), number.max());
        } else if (option instanceof Option.NumberOrInherit number) {
            JsonNode referred = referred(node);
            assertThat(referred.at("/oneOf/0/const").asText()).isEqualTo(Option.NumberOrInherit.INHERIT);
            assertThat(List.of(
                            referred.at("/oneOf/1/minimum").asInt(),
                            referred.at("/oneOf/1/maximum").asInt()))
                    .containsExactly(number.min(), number.max());
        } else if (option instanceof Option.NumberOrWord number) {
            assertThat(node.at("/oneOf/0/enum")).map(JsonNode::asText).isEqualTo(number.words());
            assertThat(List.of(
                            node.at("/oneOf/1/minimum").asInt(),
                            node.at("/oneOf/1/maximum").asInt()))
                    .containsExactly(number.min(), number.max());
        } else if (option instanceof Option.NumberOrNone number) {
            JsonNode referred = referred(node);
            assertThat(referred.at("/oneOf/0/const").asText()).isEqualTo(Option.NumberOrNone.NONE);
            assertThat(List.of(
                            referred.at("/oneOf/1/minimum").asInt(),
                            referred.at("/oneOf/1/maximum").asInt()))
                    .containsExactly(number.min(), number.max());
        } else if (option instanceof Option.HexadecimalOrInherit number) {
            JsonNode referred = referred(node);
            assertThat(referred.at("/oneOf/0/const").asText()).isEqualTo(Option.NumberOrInherit.INHERIT);
            assertThat(List.of(
                            referred.at("/oneOf/1/minimum").asInt(),
                            referred.at("/oneOf/1/maximum").asInt()))
                    .containsExactly(0, number.max());
        } else if (option instanceof Option.Prefix prefix) {
            Pattern pattern = Pattern.compile(node.get("pattern").asText());
            assertThat(pattern.matcher("2001:db8::/32").matches()).isEqualTo(prefix.family() == Family.IPV6);
            assertThat(pattern.matcher("198.51.100.0/24").matches()).isEqualTo(prefix.family() == Family.IPV4);
        } else if (option instanceof Option.Flag || option instanceof Option.HeaderField) {
            assertThat(node.get("type").asText()).isEqualTo("boolean");
        } else if (option instanceof Option.GeneveHeaderOptions) {
            assertThat(node.get("pattern").asText()).isEqualTo("^" + GeneveTunnelOption.PATTERN + "$");
        } else if (option instanceof Option.Word) {
            assertThat(referred(node).get("type").asText()).isEqualTo("boolean");
        } else if (option instanceof Option.Port) {
            assertThat(node.get("$ref").asText()).isEqualTo("#/$defs/port");
        } else if (option instanceof Option.PortOrAuto) {
            assertThat(node.get("$ref").asText()).isEqualTo("#/$defs/portOrAuto");
        } else if (option instanceof Option.Mark) {
            assertThat(node.get("$ref").asText()).isEqualTo("#/$defs/mark");
        } else if (option instanceof Option.MarkOrInherit) {
            assertThat(node.get("$ref").asText()).isEqualTo("#/$defs/markOrInherit");
        } else if (option instanceof Option.Key) {
            assertThat(node.get("$ref").asText()).isEqualTo("#/$defs/key");
        } else {
            assertThat(node.get("$ref").asText()).isEqualTo("#/$defs/device");
        }
    }

    /** What a reference within the schema points at, or the node itself. */
    private static JsonNode referred(JsonNode node) throws IOException {
        return !node.has("$ref")
                ? node
                : YAML.readTree(TEXT).at(node.get("$ref").asText().substring(1));
    }

    @Test
    void hasTheReadersDeviceNames() throws IOException {
        assertThat(YAML.readTree(TEXT).at("/$defs/device/pattern").asText())
                .isEqualTo("^" + DeviceName.PATTERN.pattern() + "$");
    }
}
