package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestTest {

    @Test
    void isTogetherFromTheLastBeginToTheFirstEnd() {
        assertThat(Rest.together(List.of(rest(100, 160), rest(120, 170), rest(90, 155))))
                .isEqualTo(35);
    }

    @Test
    void isNotTogetherWhenOneEndsBeforeAnotherBegins() {
        assertThat(Rest.together(List.of(rest(100, 120), rest(130, 150)))).isNegative();
    }

    private static Rest rest(long since, long until) {
        return new Rest(since, until, Map.of());
    }
}
