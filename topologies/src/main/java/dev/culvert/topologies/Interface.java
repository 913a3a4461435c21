package dev.culvert.topologies;

/** One end of a link: a network device somewhere, with its addresses and MTU in bytes. */
public record Interface(Place place, String device, InterfaceAddress address, MacAddress mac, int mtu) {}
