package dev.culvert.conformance;

/** A verdict with what it is about: the topology's name and the requirement's id. */
public record JudgedRequirement(String topology, String requirement, Verdict verdict) {}
