package dev.culvert.harness.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.culvert.topologies.Place;

/** An interface that is captured: the place it lives in and its device name, written {@code a.eth0}. */
public record CapturePoint(Place place, String device) implements Comparable<CapturePoint> {

    /** Reads the form that {@link #toString()} writes; throws {@link IllegalArgumentException} on any other. */
    @JsonCreator
    public static CapturePoint parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 1 || dot == text.length() - 1) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a capture point: expected PLACE.DEVICE, as a.eth0");
        }
        return new CapturePoint(Place.of(text.substring(0, dot)), text.substring(dot + 1));
    }

    @Override
    public int compareTo(CapturePoint other) {
        return toString().compareTo(other.toString());
    }

    @Override
    @JsonValue
    public String toString() {
        return place.id() + "." + device;
    }
}
