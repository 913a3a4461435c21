package dev.culvert.reports.junit;

import dev.culvert.conformance.Outcome;
import dev.culvert.harness.evidence.Manifest;
import dev.culvert.harness.packet.PacketText;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.FoundPacket;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RepeatedFinding;
import dev.culvert.reports.result.RunResult;
import dev.culvert.reports.text.Markup;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes JUnit XML: a suite for each topology, in it a case for each requirement, named {@code RFC2003-3.1-PROTOCOL [ipip]} so that it
 * is the same test in every run. FAIL is a failure, BROKEN an error, UNSUPPORTED skipped; DEVIATES passes and says so in its
 * output, unless the run was strict. Nothing of the machine it ran on is written but the kernel under test and the lab.
 */
public final class JUnitXml {

    private final RunResult result;
    private final XMLStreamWriter xml;

    private JUnitXml(RunResult result, XMLStreamWriter xml) {
        this.result = result;
        this.xml = xml;
    }

    /** Writes the file of a run. */
    public static String of(RunResult result) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JUnitXml(result, xml).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the verdicts cannot be written as JUnit XML", e);
        }
        return text.toString();
    }

    private void write() throws XMLStreamException {
        List<Cell> cells = result.cells();
        xml.writeStartDocument("UTF-8", "1.0");
        open("testsuites");
        xml.writeAttribute("name", "culvert");
        counts(cells);
        xml.writeAttribute("time", seconds(result.duration()));
        for (Observed observed : result.observed()) {
            suite(
                    observed,
                    cells.stream().filter(c -> c.observed().equals(observed)).toList());
        }
        close();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
    }

    private void suite(Observed observed, List<Cell> cells) throws XMLStreamException {
        Manifest manifest = observed.evidence().manifest();
        open("testsuite");
        xml.writeAttribute("name", Markup.xmlText(observed.name()));
        counts(cells);
        xml.writeAttribute("time", seconds(Duration.between(manifest.started(), manifest.finished())));
        xml.writeAttribute("timestamp", manifest.started().toString());
        open("properties");
        property("kernel", manifest.kernel().release());
        property("lab", manifest.lab());
        property("configurator", manifest.configuredBy().id());
        close();
        for (Cell cell : cells) {
            testCase(cell);
        }
        close();
    }

    private void testCase(Cell cell) throws XMLStreamException {
        open("testcase");
        xml.writeAttribute("name", Markup.xmlText(cell.name()));
        xml.writeAttribute(
                "classname", cell.requirement().method().getDeclaringClass().getName());
        if (result.fails(cell.verdict())) {
            problem("failure", cell);
        } else if (cell.outcome() == Outcome.BROKEN) {
            problem("error", cell);
        } else if (cell.outcome() == Outcome.UNSUPPORTED) {
            open("skipped");
            xml.writeAttribute("message", Markup.xmlText(cell.verdict().because()));
            close();
        } else if (cell.outcome() == Outcome.DEVIATES) {
            open("system-out");
            xml.writeCharacters(Markup.xmlText("DEVIATES\n" + findings(cell)));
            close();
        }
        close();
    }

    private void problem(String element, Cell cell) throws XMLStreamException {
        open(element);
        xml.writeAttribute("type", cell.outcome().name());
        xml.writeAttribute("message", Markup.xmlText(cell.verdict().because()));
        xml.writeCharacters(Markup.xmlText(cell.requirement().text().level().words() + ", "
                + cell.requirement().text().source() + ": "
                + cell.requirement().text().sentence() + "\n" + findings(cell)));
        close();
    }

    private static String findings(Cell cell) {
        return cell.findings().stream().map(f -> finding(f, cell)).collect(Collectors.joining("\n"));
    }

    private static String finding(RepeatedFinding finding, Cell cell) {
        return finding.line() + "\n"
                + FoundPacket.of(finding.finding(), cell.observed().evidence())
                        .map(p -> p.title() + "\n" + PacketText.marking(p.dissection(), List.of(p.mark())))
                        .orElse("");
    }

    private void counts(List<Cell> cells) throws XMLStreamException {
        count("tests", cells, c -> true);
        count("failures", cells, c -> result.fails(c.verdict()));
        count("errors", cells, c -> c.outcome() == Outcome.BROKEN);
        count("skipped", cells, c -> c.outcome() == Outcome.UNSUPPORTED);
    }

    private void count(String name, List<Cell> cells, Predicate<Cell> which) throws XMLStreamException {
        xml.writeAttribute(name, Long.toString(cells.stream().filter(which).count()));
    }

    private void property(String name, String value) throws XMLStreamException {
        open("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", Markup.xmlText(value));
        close();
    }

    private void open(String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
    }

    private void close() throws XMLStreamException {
        xml.writeEndElement();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }
}
