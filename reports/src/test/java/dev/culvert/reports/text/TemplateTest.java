package dev.culvert.reports.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    private static final Template FRAME = Template.beside(Page.class, "page.html");

    @Test
    void escapesWhatIsNoMarkup() {
        // Given
        Map<String, Object> values =
                Map.of("title", "a <b> $1", "style", Markup.NONE, "body", Markup.trusted("<p>c</p>"));

        // When
        String page = FRAME.fill(values).toString();

        // Then
        assertThat(page).contains("<title>a &lt;b&gt; $1</title>", "<p>c</p>");
    }

    @Test
    void refusesAHoleWithoutAValue() {
        assertThatThrownBy(() -> FRAME.fill(Map.of("title", "t", "style", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("page.html: nothing is given for {{body}}");
    }

    @Test
    void namesAResourceThatIsMissing() {
        assertThatThrownBy(() -> Template.beside(Page.class, "none.html")).hasMessageContaining("\"none.html\"");
    }
}
