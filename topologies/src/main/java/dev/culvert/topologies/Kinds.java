package dev.culvert.topologies;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The tunnel kinds that there are. */
public final class Kinds {

    private static final List<Kind> ALL = ServiceLoader.load(Kind.class, Kinds.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Kind::name))
            .toList();

    private Kinds() {}

    /** All kinds by name. */
    public static List<Kind> all() {
        return ALL;
    }

    public static Optional<Kind> named(String name) {
        return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }
}
