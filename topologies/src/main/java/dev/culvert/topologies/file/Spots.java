package dev.culvert.topologies.file;

import java.util.HashMap;
import java.util.Map;

/** Where every value of a file stands, by path. */
final class Spots {

    private final Map<String, Spot> spots = new HashMap<>();

    Spots(Node root) {
        add(root);
    }

    private void add(Node node) {
        spots.put(node.spot().path(), node.spot());
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().values().forEach(this::add);
        } else if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(this::add);
        }
    }

    /**
     * Where a value comes from: where it stands itself, or where what it mirrors stands ({@code tunnel.mtu} for {@code b.tunnel.mtu}),
     * or the place of what it would be part of.
     */
    Spot of(String path) {
        Spot own = spots.get(path);
        if (own != null) {
            return own;
        }
        Spot mirrored = path.startsWith("a.") || path.startsWith("b.") ? spots.get(path.substring(2)) : null;
        if (mirrored != null) {
            return mirrored;
        }
        String parent = path;
        while (!parent.isEmpty()) {
            parent = parent.substring(0, Math.max(0, Math.max(parent.lastIndexOf('.'), parent.lastIndexOf('['))));
            Spot around = spots.get(parent);
            if (around != null) {
                return new Spot(around.line(), around.column(), path);
            }
        }
        return new Spot(1, 1, path);
    }
}
