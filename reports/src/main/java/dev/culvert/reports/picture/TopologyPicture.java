package dev.culvert.reports.picture;

import dev.culvert.reports.text.Markup;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Mpls;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Router;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A topology as SVG: the servers with their devices and addresses, the link or the router between them below, the tunnel as a
 * tube above, the LAN hosts at the sides. It brings its own colours for light and dark.
 */
public final class TopologyPicture {

    private static final int MARGIN = 6;
    private static final int HEIGHT = 190;
    private static final int TUBE = 58;
    private static final int LAN = 104;
    private static final int LINK = 150;
    private static final int LAN_GAP = 36;
    private static final int HOST_WIDTH = 134;
    private static final int SERVER_WIDTH = 176;
    private static final int ROUTER_WIDTH = 192;
    private static final int PLAIN_GAP = 340;
    private static final int ROUTED_GAP = 430;
    /** What a letter takes, a little more than the 0.602 em of DejaVu Sans Mono at 12 px. */
    private static final double LETTER = 7.3;

    /** n: name of a box; b: bold; d: data; m: remark; c: centred; e: set from the right. */
    private static final String STYLE = """
            .tp text{font:12px ui-monospace,"DejaVu Sans Mono",Consolas,monospace;fill:#1c2025}
            .tp .n{font:600 14px system-ui,sans-serif}.tp .b{font-weight:600}.tp .m{fill:#5d6570}.tp .c{text-anchor:middle}.tp .e{text-anchor:end}
            .tp .server{fill:#f4f5f6;stroke:#c3c9d0}.tp .host{fill:none;stroke:#c3c9d0}.tp .w{stroke:#808a95;stroke-width:2;fill:none}
            .tp .tube{fill:#d9e9f4;stroke:#6fa3c7}.tp .mouth{fill:#b7d3e6;stroke:#6fa3c7}
            @media(prefers-color-scheme:dark){.tp text{fill:#e4e7ea}.tp .m{fill:#9aa3ad}.tp .server{fill:#23282e;stroke:#454d56}
            .tp .host{stroke:#454d56}.tp .w{stroke:#7b8590}.tp .tube{fill:#1d3a4f;stroke:#4a86ad}.tp .mouth{fill:#2a5470;stroke:#4a86ad}}
            """;

    private final Topology topology;
    private final int hostWidth;
    private final int serverWidth;
    private final int routerWidth;
    private final int left;
    private final int gap;
    private final StringBuilder drawing = new StringBuilder();

    private TopologyPicture(Topology topology) {
        this.topology = topology;
        this.hostWidth = room(HOST_WIDTH, 28, addresses(Place.H, Place.J));
        this.serverWidth = room(SERVER_WIDTH, 28, addresses(Place.A, Place.B));
        this.routerWidth = room(ROUTER_WIDTH, 12 + letters("← eth0 "), addresses(Place.ROUTER));
        this.left = MARGIN + (topology.a().lan() == null ? 0 : hostWidth + LAN_GAP);
        int links = topology.router() == null ? PLAIN_GAP : ROUTED_GAP - ROUTER_WIDTH + routerWidth;
        this.gap = room(links, 40, Stream.of(ends()));
    }

    /** The width that holds the longest of some texts, with a margin, and is never less than usual. */
    private static int room(int usual, int margin, Stream<String> texts) {
        return Math.max(
                usual, margin + texts.mapToInt(TopologyPicture::letters).max().orElse(0));
    }

    private static int letters(String text) {
        return (int) Math.ceil(LETTER * text.length());
    }

    /** The addresses written at some places. */
    private Stream<String> addresses(Place... places) {
        List<Place> wanted = List.of(places);
        return Stream.concat(
                topology.ports().stream()
                        .filter(port -> wanted.contains(port.place()))
                        .map(port -> port.address().toString()),
                Stream.of(topology.a(), topology.b())
                        .filter(end -> wanted.contains(end.place()))
                        .map(end -> end.tunnel().address().toString()));
    }

    /** The outer addresses, as they are written in the tube. */
    private String ends() {
        return IpAddress.text(topology.a().tunnel().local()) + " ⇄ "
                + IpAddress.text(topology.a().tunnel().remote());
    }

    /** Draws a topology. */
    public static Markup of(Topology topology) {
        return new TopologyPicture(topology).draw();
    }

    private Markup draw() {
        int farLeft = left + serverWidth + gap;
        underlay(left + serverWidth, farLeft);
        tube(left + serverWidth, farLeft);
        server("A", topology.a(), left, true);
        server("B", topology.b(), farLeft, false);
        int width = farLeft + serverWidth + MARGIN + (topology.b().lan() == null ? 0 : hostWidth + LAN_GAP);
        return Markup.format(
                """
                <svg xmlns="http://www.w3.org/2000/svg" class="tp" viewBox="0 0 {} {}" width="{}" height="{}" role="img" \
                aria-label="{}"><style>{}</style>
                {}</svg>
                """,
                width,
                HEIGHT,
                width,
                HEIGHT,
                "topology " + topology.name() + ": " + topology.title(),
                Markup.trusted(STYLE),
                Markup.trusted(drawing.toString()));
    }

    private void server(String name, Endpoint end, int x, boolean isLeft) {
        box(x, 8, serverWidth, HEIGHT - 16, "server");
        text(isLeft ? x + 12 : x + serverWidth - 12, 31, isLeft ? "n" : "n e", name);
        int inner = isLeft ? x + serverWidth - 14 : x + 14;
        String side = isLeft ? "e" : "";
        String fallback = topology.isFallback(end.tunnel()) ? " (fallback)" : "";
        label(
                inner,
                TUBE,
                side,
                end.tunnel().device() + fallback,
                end.bridge() == null ? end.tunnel().address().toString() : "");
        label(
                inner,
                LINK,
                side,
                end.underlay().device(),
                end.underlay().address().toString());
        if (end.bridge() != null) {
            label(
                    inner,
                    LAN,
                    side,
                    end.bridge().device(),
                    end.tunnel().address().toString());
        }
        Lan lan = end.lan();
        if (lan != null) {
            int outer = isLeft ? x : x + serverWidth;
            int toHost = isLeft ? -LAN_GAP : LAN_GAP;
            line("w", outer, LAN, toHost);
            label(
                    isLeft ? outer + 14 : outer - 14,
                    LAN,
                    isLeft ? "" : "e",
                    lan.server().device(),
                    end.bridge() == null ? lan.server().address().toString() : "");
            host(lan.host(), isLeft ? outer - LAN_GAP - hostWidth : outer + LAN_GAP, !isLeft);
        }
    }

    private void host(Port port, int x, boolean isRight) {
        box(x, LAN - 38, hostWidth, 72, "host");
        text(x + 12, LAN - 18, "n", port.place().name());
        label(
                isRight ? x + 14 : x + hostWidth - 14,
                LAN + 6,
                isRight ? "" : "e",
                port.device(),
                port.address().toString());
    }

    private void underlay(int from, int to) {
        Router router = topology.router();
        line("w", from, LINK, to - from);
        if (router == null) {
            Port a = topology.a().underlay();
            text((from + to) / 2, LINK - 9, "c m", "underlay " + a.address().subnet());
            text(
                    (from + to) / 2,
                    LINK + 19,
                    "c m",
                    mtu(a.mtu(), topology.b().underlay().mtu()));
            return;
        }
        int x = (from + to - routerWidth) / 2;
        text(
                (from + x) / 2,
                LINK - 9,
                "c m",
                mtu(topology.a().underlay().mtu(), router.towardsA().mtu()));
        text(
                (x + routerWidth + to) / 2,
                LINK - 9,
                "c m",
                mtu(router.towardsB().mtu(), topology.b().underlay().mtu()));
        box(x, LINK - 36, routerWidth, 68, "server");
        text(x + 12, LINK - 16, "n", "router");
        text(
                x + 12,
                LINK + 4,
                "d",
                "← " + router.towardsA().device() + " " + router.towardsA().address());
        text(
                x + routerWidth - 12,
                LINK + 22,
                "d e",
                router.towardsB().device() + " " + router.towardsB().address() + " →");
    }

    private void tube(int from, int to) {
        int half = 23;
        drawing.append(Markup.format(
                """
                <path class="tube" d="M{} {}H{}a9 {} 0 0 1 0 {}H{}a9 {} 0 0 1 0 {}z"/><ellipse class="mouth" cx="{}" cy="{}" rx="9" ry="{}"/>
                """, from + 9, TUBE - half, to - 9, half, 2 * half, from + 9, half, -2 * half, to - 9, TUBE, half));
        int middle = (from + to) / 2;
        text(
                middle,
                TUBE - 3,
                "c b",
                topology.kind().name() + ", " + mtu(topology.tunnelMtu(Place.A), topology.tunnelMtu(Place.B)));
        text(middle, TUBE + 14, "c d", ends());
        Mpls mpls = topology.mpls();
        if (mpls != null) {
            text(middle, TUBE + half + 17, "c m", "labels → " + labels(mpls.aToB()) + " · ← " + labels(mpls.bToA()));
        }
    }

    private static String mtu(int a, int b) {
        return a == b ? "MTU " + a : "MTU " + a + " / " + b;
    }

    private static String labels(List<Integer> stack) {
        return stack.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private void box(int x, int y, int width, int height, String type) {
        drawing.append(Markup.format(
                "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\"/>\n",
                type,
                x,
                y,
                width,
                height));
    }

    private void line(String type, int x, int y, int length) {
        drawing.append(Markup.format("<path class=\"{}\" d=\"M{} {}h{}\"/>\n", type, x, y, length));
    }

    /** A device's name with its address below it, centred on a height. */
    private void label(int x, int y, String side, String device, String address) {
        text(x, y - 2, "b " + side, device);
        text(x, y + 14, "d " + side, address);
    }

    private void text(int x, int y, String type, String text) {
        drawing.append(Markup.format("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", type, x, y, text));
    }
}
