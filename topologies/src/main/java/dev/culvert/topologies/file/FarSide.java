package dev.culvert.topologies.file;

import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Mpls;
import dev.culvert.topologies.TunnelEnd;
import org.jspecify.annotations.Nullable;

/** What the routes of a server depend on at the other one. */
record FarSide(
        Kind kind,
        TunnelEnd tunnel,
        @Nullable Lan lan,
        @Nullable Mpls mpls) {}
