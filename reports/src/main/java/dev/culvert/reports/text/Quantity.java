package dev.culvert.reports.text;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them, with a full stop as the decimal sign whatever the locale. */
public final class Quantity {

    private Quantity() {}

    /** A bit rate in three digits, {@code 941 Mbit/s}. */
    public static String bitRate(double bitsPerSecond) {
        if (bitsPerSecond >= 1e9) {
            return digits(bitsPerSecond / 1e9) + " Gbit/s";
        }
        return bitsPerSecond >= 1e6 ? digits(bitsPerSecond / 1e6) + " Mbit/s" : digits(bitsPerSecond / 1e3) + " kbit/s";
    }

    /** A share of one as a percentage with one decimal, {@code 98.6 %}. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /** A whole number with its digits in groups of three, {@code 1 204 331}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /** One thing, or many: {@code 1 topology}, {@code 4 topologies}. */
    public static String counted(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** A duration in seconds or minutes, {@code 11.3 s} and {@code 2 min 05 s}. */
    public static String duration(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
    }

    private static String digits(double number) {
        return String.format(Locale.ROOT, number >= 100 ? "%.0f" : number >= 10 ? "%.1f" : "%.2f", number);
    }
}
