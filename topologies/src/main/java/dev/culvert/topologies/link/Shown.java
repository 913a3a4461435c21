package dev.culvert.topologies.link;

import org.jspecify.annotations.Nullable;

/**
 * What {@code ip -d -j link} has to say in {@code info_data} of an option.
 *
 * @param key the JSON key; a slash stands between keys of objects within one another
 * @param text the value as text, {@code true} and {@code 64} also where JSON has no quotes; null when the key must not be there
 */
public record Shown(String key, @Nullable String text) {}
