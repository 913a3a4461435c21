/**
 * Our headers as packet types of Pcap4J, for those who dissect and build packets with it.
 *
 * <p>With this module first on the class path Pcap4J's own dissection of an Ethernet or IP packet goes on into GRE, ERSPAN,
 * Geneve, GUE, MPLS and nested IP, which end as {@code UnknownPacket} otherwise: {@code packet.get(GrePcapPacket.class)}.
 */
@NullMarked
package dev.culvert.harness.pcap4j;

import org.jspecify.annotations.NullMarked;
