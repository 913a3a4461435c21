package dev.culvert.topologies;

/**
 * How throughput is measured.
 *
 * @param seconds how long each transfer lasts
 * @param udpMegabits the rate at which UDP is offered, in 10⁶ bit/s of UDP payload
 */
public record Throughput(int seconds, int udpMegabits) {

    /** What a topology gets that says nothing of it. */
    public static final Throughput DEFAULT = new Throughput(1, 200);
}
