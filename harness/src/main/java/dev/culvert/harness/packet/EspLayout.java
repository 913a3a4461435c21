package dev.culvert.harness.packet;

/**
 * Where things lie in an ESP packet that was opened.
 *
 * @param ivBytes the initialization vector's
 * @param carriedBytes those of the packet that is protected, without padding
 */
record EspLayout(int ivBytes, int carriedBytes) {

    /** Bytes of the integrity check value, the same in every suite that there is. */
    static final int CHECK_VALUE = 16;
    /** Pad length and next header. */
    static final int TRAILER = 2;
}
