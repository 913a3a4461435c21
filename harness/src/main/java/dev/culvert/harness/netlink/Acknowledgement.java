package dev.culvert.harness.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How the kernel answers a request in the end, with its extended acknowledgement ({@code enum nlmsgerr_attrs} of
 * include/uapi/linux/netlink.h).
 *
 * @param error the error number, or 0 when the request was carried out
 * @param said the kernel's own words, also a warning of a request that was carried out; null when it said nothing
 * @param offset where in the request the attribute lies that it blames, or -1
 * @param missing the number of the attribute that it misses, or -1
 * @param allowed what the blamed attribute may be, by the kernel's policy; null where it does not say
 */
record Acknowledgement(
        int error,
        @Nullable String said,
        int offset,
        int missing,
        @Nullable String allowed) {

    private static final int ERROR_CODE = 4;
    private static final int HEADER = 16;

    /** {@code NLM_F_CAPPED}: the request is not repeated but for its header. */
    private static final int CAPPED = 0x100;

    /** {@code NLM_F_ACK_TLVS}: attributes follow. */
    private static final int ATTRIBUTES = 0x200;

    private static final int MESSAGE = 1;
    private static final int OFFSET = 2;
    private static final int POLICY = 4;
    private static final int MISSING_TYPE = 5;

    /** Reads a message of type {@code NLMSG_ERROR} or {@code NLMSG_DONE}; throws {@link MalformedNetlink} when it is too short. */
    static Acknowledgement of(NetlinkMessage message) {
        ByteBuffer body = message.body();
        if (body.limit() < ERROR_CODE) {
            throw new MalformedNetlink(0, "an acknowledgement takes 4 bytes, and it has " + body.limit());
        }
        int error = -body.getInt(0);
        if ((message.flags() & ATTRIBUTES) == 0) {
            return new Acknowledgement(error, null, -1, -1, null);
        }
        ReceivedAttributes attributes = ReceivedAttributes.of(body, behindRequest(message));
        return new Acknowledgement(
                error,
                attributes.text(MESSAGE).orElse(null),
                (int) attributes.number(OFFSET).orElse(-1),
                (int) attributes.number(MISSING_TYPE).orElse(-1),
                attributes.nested(POLICY).map(Acknowledgement::policy).orElse(null));
    }

    boolean isRefusal() {
        return error != 0;
    }

    boolean isBusy() {
        return error == Errno.EBUSY.number();
    }

    /** What the kernel said, for people: the error, its own words, and the attribute with what it may be. */
    String text(EncodedRequest request) {
        StringBuilder text = new StringBuilder(error == 0 ? "Warning" : Errno.words(error));
        if (said != null) {
            text.append(": ").append(said);
        }
        blamed(request)
                .ifPresent(path -> text.append(" (attribute ").append(path).append(')'));
        if (missing >= 0) {
            text.append(" (attribute number ").append(missing).append(" is missing)");
        }
        if (allowed != null) {
            text.append("; it takes ").append(allowed);
        }
        return text.toString();
    }

    /** The path of the attribute that the kernel blames. */
    Optional<String> blamed(EncodedRequest request) {
        return offset < 0 ? Optional.empty() : request.attributeAt(offset);
    }

    private static int behindRequest(NetlinkMessage message) {
        if (message.type() == NetlinkMessage.DONE) {
            return ERROR_CODE;
        }
        ByteBuffer body = message.body();
        if (body.limit() < ERROR_CODE + HEADER) {
            throw new MalformedNetlink(0, "an error repeats a header of 16 bytes, and " + body.limit() + " are there");
        }
        int repeated = (message.flags() & CAPPED) != 0 ? HEADER : body.getInt(ERROR_CODE);
        int behind = ERROR_CODE + ((repeated + 3) & ~3);
        if (repeated < HEADER || behind > body.limit()) {
            throw new MalformedNetlink(ERROR_CODE, "a repeated request of " + repeated + " bytes does not fit");
        }
        return behind;
    }

    /** {@code enum netlink_policy_type_attr}: 2 and 3 are the signed bounds, 4 and 5 the unsigned, 6 and 7 the bounds of the length. */
    private static @Nullable String policy(ReceivedAttributes policy) {
        List<String> parts = new ArrayList<>();
        range(policy.number(2), policy.number(3)).ifPresent(parts::add);
        range(policy.number(4), policy.number(5)).ifPresent(parts::add);
        range(policy.number(6), policy.number(7)).ifPresent(range -> parts.add(range + " bytes"));
        policy.number(12).ifPresent(mask -> parts.add("bits within 0x" + Long.toHexString(mask)));
        return parts.isEmpty() ? null : String.join(", ", parts);
    }

    private static Optional<String> range(OptionalLong from, OptionalLong to) {
        if (from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        String least = from.isPresent() ? String.valueOf(from.getAsLong()) : "";
        String most = to.isPresent() ? Long.toUnsignedString(to.getAsLong()) : "";
        return Optional.of((least + " … " + most).trim());
    }
}
