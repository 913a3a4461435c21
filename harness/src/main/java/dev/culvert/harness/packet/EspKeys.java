package dev.culvert.harness.packet;

import dev.culvert.topologies.Esp;
import dev.culvert.topologies.EspAssociation;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of a topology by SPI, in every direction. */
public final class EspKeys {

    /** Of a topology that IPsec does not protect. */
    public static final EspKeys NONE = new EspKeys(Map.of());

    private final Map<Long, EspCipher> ciphers;

    private EspKeys(Map<Long, EspCipher> ciphers) {
        this.ciphers = ciphers;
    }

    public static EspKeys of(@Nullable Esp esp) {
        if (esp == null) {
            return NONE;
        }
        EspAssociation a = esp.aToB();
        EspAssociation b = esp.bToA();
        EspCipher ofA = new EspCipher(esp.suite(), a);
        return new EspKeys(
                a.spi() == b.spi()
                        ? Map.of(a.spi(), ofA)
                        : Map.of(a.spi(), ofA, b.spi(), new EspCipher(esp.suite(), b)));
    }

    /** Opens an ESP packet; empty where its SPI is nobody's, part of it was not kept, or its check value does not prove it. */
    Optional<OpenedEsp> open(EspHeader header) {
        EspCipher cipher = ciphers.get(header.spi());
        return cipher == null || !header.complete()
                ? Optional.empty()
                : cipher.open(header.withPayload()).flatMap(plain -> OpenedEsp.of(header, cipher.ivBytes(), plain));
    }
}
