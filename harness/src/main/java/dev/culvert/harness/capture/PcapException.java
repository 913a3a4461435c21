package dev.culvert.harness.capture;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is no pcap, or a damaged one: which file, at which byte, after how many whole packets, and what is wrong. */
public final class PcapException extends IOException {

    private final long offset;
    private final long wholePackets;

    PcapException(Path file, long offset, long wholePackets, String why) {
        super(file + ": at byte " + offset
                + (wholePackets > 0
                        ? ", after " + wholePackets + (wholePackets == 1 ? " whole packet: " : " whole packets: ")
                        : ": ")
                + why);
        this.offset = offset;
        this.wholePackets = wholePackets;
    }

    /** Where in the file the damage is, in bytes from its start. */
    public long offset() {
        return offset;
    }

    /** How many packets before it are whole. */
    public long wholePackets() {
        return wholePackets;
    }
}
