package dev.culvert.harness.pcap4j;

import org.pcap4j.packet.factory.PacketFactoryBinder;
import org.pcap4j.packet.factory.PacketFactoryBinderProvider;
import org.pcap4j.packet.factory.statik.services.StaticPacketFactoryBinderProvider;

/**
 * What Pcap4J asks for its packet types. It takes the first provider that {@link java.util.ServiceLoader} finds, so that this module
 * must stand before Pcap4J's own packet factories on the class path, which it uses for all that is not a tunnel's.
 */
public final class TunnelPacketFactoryBinderProvider implements PacketFactoryBinderProvider {

    private static final PacketFactoryBinder BINDER =
            new TunnelPacketFactoryBinder(new StaticPacketFactoryBinderProvider().getBinder());

    @Override
    public PacketFactoryBinder getBinder() {
        return BINDER;
    }
}
