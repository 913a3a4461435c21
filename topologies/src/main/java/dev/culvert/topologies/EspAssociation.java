package dev.culvert.topologies;

/**
 * What protects one direction (RFC 4301 section 4.1).
 *
 * @param spi the security parameters index, 256 … 2^32-1 (RFC 4303 section 2.1 reserves what is below)
 * @param key the encryption key in hexadecimal digits
 * @param authenticationKey the authentication key in hexadecimal digits; empty where the suite has none
 */
public record EspAssociation(long spi, String key, String authenticationKey) {}
