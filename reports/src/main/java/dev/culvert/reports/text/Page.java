package dev.culvert.reports.text;

import java.util.Map;

/** A page of the report: one file without anything outside it, for light and dark, wide and narrow screens. */
public final class Page {

    private static final Template FRAME = Template.beside(Page.class, "page.html");
    private static final Template STYLE = Template.beside(Page.class, "page.css");

    private Page() {}

    /** Puts a body into the common frame. */
    public static String of(String title, Markup body) {
        return FRAME.fill(Map.of("title", title, "style", STYLE.fill(Map.of()), "body", body))
                .toString();
    }
}
