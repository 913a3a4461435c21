package dev.culvert.harness.netlink;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param error the kernel's error number, or 0 when it was carried out
 * @param said what the kernel said, in words: why it refused, or a warning; empty when it said nothing
 * @param blamed the attribute that the kernel blames, behind those it lies in, {@code IFLA_LINKINFO IFLA_INFO_DATA IFLA_GRE_TTL}; null
 *     when it blames none
 * @param atNanos when it began, by the server's clock, in nanoseconds since the epoch
 * @param durationNanos how long it took, with those that went along with it
 */
public record Outcome(
        NetlinkRequest request,
        int error,
        String said,
        @Nullable String blamed,
        long atNanos,
        long durationNanos) {

    public boolean isRefusal() {
        return error != 0;
    }
}
