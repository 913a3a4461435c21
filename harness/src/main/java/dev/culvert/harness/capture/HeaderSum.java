package dev.culvert.harness.capture;

import java.nio.ByteBuffer;

/**
 * Whether an IPv4 header's checksum is right. The one's complement sum may be taken over words of any size (RFC 1071 §2): here 32
 * bits, folded afterwards.
 */
final class HeaderSum {

    private HeaderSum() {}

    /** Judges a header of 20 bytes. */
    static boolean isRight(long first, long second, int third) {
        return folds((first >>> 32)
                + (first & 0xffffffffL)
                + (second >>> 32)
                + (second & 0xffffffffL)
                + (third & 0xffffffffL));
    }

    /** Judges a header of any length, a multiple of 4. */
    static boolean isRight(ByteBuffer bytes, int at, int header) {
        long sum = 0;
        for (int word = at; word < at + header; word += 4) {
            sum += bytes.getInt(word) & 0xffffffffL;
        }
        return folds(sum);
    }

    private static boolean folds(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffffffffL);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return folded == 0xffff;
    }
}
