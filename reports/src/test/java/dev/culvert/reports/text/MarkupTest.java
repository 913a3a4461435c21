package dev.culvert.reports.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {

    @Test
    void textCannotBecomeStructure() {
        // Given
        String hostile = "<script>\"'&";

        // When
        Markup markup = Markup.format("<p title=\"{}\">{}</p>", hostile, hostile);

        // Then
        assertThat(markup)
                .hasToString("<p title=\"&lt;script&gt;&quot;&#39;&amp;\">&lt;script&gt;&quot;&#39;&amp;</p>");
    }

    @Test
    void markupGoesInAsItIs() {
        // Given
        Markup bold = Markup.format("<b>{}</b>", "a<b");

        // When
        Markup markup = Markup.format("<p>{}</p>", bold);

        // Then
        assertThat(markup).hasToString("<p><b>a&lt;b</b></p>");
    }

    @Test
    void valuesWithHolesAreNotFilledAgain() {
        assertThat(Markup.format("{} {}", "{}", "x")).hasToString("{} x");
    }

    @Test
    void refusesTooFewAndTooManyValues() {
        assertThatThrownBy(() -> Markup.format("{} {}", "x")).hasMessageContaining("only 1 values");
        assertThatThrownBy(() -> Markup.format("{}", "x", "y")).hasMessageContaining("2 values");
    }

    @Test
    void controlCharactersThatXmlForbidsAreReplaced() {
        // Given: a bell, a lone surrogate, and a tab, which is allowed
        String text = "a\u0007b\ud800c\td";

        // When
        String legal = Markup.xmlText(text);

        // Then
        assertThat(legal).isEqualTo("a\ufffdb\ufffdc\td");
        assertThat(Markup.escape(text)).hasToString(legal);
    }
}
