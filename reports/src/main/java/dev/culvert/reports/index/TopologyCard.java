package dev.culvert.reports.index;

import dev.culvert.conformance.Outcome;
import dev.culvert.harness.evidence.Completion;
import dev.culvert.reports.picture.TopologyPicture;
import dev.culvert.reports.result.Links;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.text.Markup;
import java.util.Map;

/** A topology on the first page: its picture, its verdicts, how its observation ended, and its files. */
final class TopologyCard {

    private TopologyCard() {}

    static Markup of(Observed observed, Map<Outcome, Long> outcomes, Links links) {
        var topology = observed.evidence().topology();
        return Markup.format(
                """
                <section class="card topology"><h3>{} <span class="muted">{}</span></h3>
                <div class="scroll picture">{}</div>
                {}{}<p class="line">{}<span class="files"><a href="topologies/{}.repro.sh">repro.sh</a> <a href="topologies/{}.svg">picture</a> \
                <a href="{}">evidence</a></span></p></section>
                """,
                observed.name(),
                topology.title(),
                TopologyPicture.of(topology),
                observed.repetition()
                        .map(why -> Markup.format("<p>{}</p>\n", why))
                        .orElse(Markup.NONE),
                ended(observed.evidence().manifest().completion()),
                verdicts(outcomes),
                observed.name(),
                observed.name(),
                links.evidence(observed));
    }

    /** How many verdicts there are of each outcome. */
    static Markup verdicts(Map<Outcome, Long> outcomes) {
        return outcomes.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e ->
                        Markup.format("<span class=\"verdict {}\">{} {}</span> ", e.getKey(), e.getKey(), e.getValue()))
                .collect(Markup.joining());
    }

    private static Markup ended(Completion completion) {
        if (completion instanceof Completion.Lacking lacking) {
            return Markup.format(
                    "<p>This kernel lacks <b>{}</b>: <span class=\"mono\">{}</span></p>\n",
                    lacking.what(),
                    lacking.kernelSaid());
        }
        return completion instanceof Completion.Lost lost
                ? Markup.format("<p>The observation ended early: <span class=\"mono\">{}</span></p>\n", lost.why())
                : Markup.NONE;
    }
}
