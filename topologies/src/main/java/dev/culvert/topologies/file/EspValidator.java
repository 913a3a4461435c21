package dev.culvert.topologies.file;

import dev.culvert.topologies.Esp;
import dev.culvert.topologies.EspAssociation;
import dev.culvert.topologies.EspSuite;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;

/** Checks that a tunnel which IPsec protects says how, with keys as long as the suite takes them, and that no other does. */
final class EspValidator {

    private static final int DIGITS_PER_BYTE = 2;

    private final TopologyFile file;
    private final Topology topology;
    private final Validator validator;

    EspValidator(TopologyFile file, Topology topology, Validator validator) {
        this.file = file;
        this.topology = topology;
        this.validator = validator;
    }

    void validate() {
        String kind = topology.kind().name();
        boolean given = file.esp() != null;
        if (topology.kind().protectedByEsp() && !given) {
            validator.refuse("esp", null, "must be given for " + kind + ": suite, and spi and key of a and b");
        }
        if (!topology.kind().protectedByEsp() && given) {
            validator.refuse("esp", null, "protects nothing here: " + kind + " is no kind that IPsec protects");
        }
        Esp esp = topology.esp();
        if (esp != null) {
            for (Place place : new Place[] {Place.A, Place.B}) {
                association("esp." + place.id(), esp.suite(), esp.sentBy(place));
            }
        }
    }

    private void association(String path, EspSuite suite, EspAssociation association) {
        length(path + ".key", suite, association.key(), suite.keyBytes());
        String authentication = path + ".authentication-key";
        if (suite.authenticationKeyBytes() == 0
                && !association.authenticationKey().isEmpty()) {
            validator.refuse(
                    authentication,
                    association.authenticationKey(),
                    "is of no use: " + suite.word() + " proves integrity with its one key");
        } else {
            length(authentication, suite, association.authenticationKey(), suite.authenticationKeyBytes());
        }
    }

    private void length(String path, EspSuite suite, String key, int bytes) {
        if (key.length() != bytes * DIGITS_PER_BYTE) {
            validator.refuse(
                    path,
                    key.isEmpty() ? null : key,
                    (key.isEmpty() ? "must be given: " : "has " + key.length() + " hexadecimal digits; ")
                            + suite.word() + " takes " + bytes * DIGITS_PER_BYTE
                            + (suite == EspSuite.AES_GCM ? ", the last 8 of them the salt" : ""),
                    "esp.suite");
        }
    }
}
