package dev.culvert.topologies.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.topologies.TopologyException;
import dev.culvert.topologies.file.Topologies;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreAgreementTest {

    private static final String FILE = """
            name: it
            underlay: {subnet: 198.51.100.0/24}
            tunnel:
              {kind: gre, subnet: 203.0.113.0/24, options: {%s}}
            b: {tunnel: {options: {%s}}}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    key: 7     | key: 8           | b.tunnel.options.key: "8" is not the key that the other end sends, which is 7
                    ttl: 64    | ikey: 8          | b.tunnel.options.ikey: "8" is not the key that the other end sends, which is none
                    ttl: 64    | okey: 8          | b.tunnel.options.okey: "8" is sent to an end that takes only packets without a key
                    ttl: 64    | icsum: true      | b.tunnel.options.icsum: "true" refuses what the other end sends
                    ttl: 64    | ocsum: true      | b.tunnel.options.ocsum: "true" has the other end refuse what is sent
                    ttl: 64    | iseq: true       | b.tunnel.options.iseq: "true" refuses what the other end sends
                    """)
    void refusesEndsBetweenWhichNothingPasses(String common, String ofB, String message) {
        assertThatThrownBy(() -> Topologies.parse("it.yaml", FILE.formatted(common, ofB)))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(message);
    }

    /** A sequence number that is not expected is passed over. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ttl: 64          | oseq: true
                    ikey: 3, okey: 4 | ttl: 64
                    """)
    void acceptsWhatEachTakesOfTheOther(String common, String ofB) {
        assertThat(Topologies.parse("it.yaml", FILE.formatted(common, ofB)).name())
                .isEqualTo("it");
    }
}
