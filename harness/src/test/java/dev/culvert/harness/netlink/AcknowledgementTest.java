package dev.culvert.harness.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.harness.packet.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgementTest {

    /** The header that an error repeats: 40 bytes, RTM_NEWLINK, REQUEST ACK, sequence 9. */
    private static final String REPEATED = "28 00 00 00 10 00 05 00 09 00 00 00 00 00 00 00 ";

    private static final EncodedRequest REQUEST = LinkRequests.setMtu("t1", 70).encode(9, device -> 0);

    private static NetlinkMessage message(int length, int type, int flags, String body) {
        byte[] bytes = Bytes.parse(String.format(
                                "%02x000000%02x00%02x%02x09000000 00000000", length, type, flags & 0xff, flags >> 8)
                        + body)
                .toArray();
        return NetlinkMessage.split(bytes).get(0);
    }

    @Test
    void zeroIsSuccess() {
        // NLMSG_ERROR, CAPPED, error 0, the request's header
        Acknowledgement end = Acknowledgement.of(message(36, 2, 0x100, "00 00 00 00" + REPEATED));

        assertThat(end.isRefusal()).isFalse();
        assertThat(end.said()).isNull();
    }

    @Test
    void tellsTheKernelsWordsAndTheAttributeThatItBlames() {
        String body = "ea ff ff ff" // -22
                + REPEATED
                // the rest of the request: struct ifinfomsg, IFLA_IFNAME
                + "00 ".repeat(16)
                + "07 00 03 00 74 31 00 00"
                // NLMSGERR_ATTR_MSG: "mtu low"
                + "0c 00 01 00 6d 74 75 20 6c 6f 77 00"
                // NLMSGERR_ATTR_OFFS: 40, where IFLA_MTU is
                + "08 00 02 00 28 00 00 00"
                // NLMSGERR_ATTR_POLICY, nested: NL_POLICY_TYPE_ATTR_MIN_VALUE_U 68, MAX_VALUE_U 65535, eight bytes each
                + "1c 00 04 80 0c 00 04 00 44 00 00 00 00 00 00 00 0c 00 05 00 ff ff 00 00 00 00 00 00";
        Acknowledgement end = Acknowledgement.of(message(16 + 4 + 40 + 12 + 8 + 28, 2, 0x200, body));

        assertThat(end.isRefusal()).isTrue();
        assertThat(end.text(REQUEST)).isEqualTo("Invalid argument: mtu low (attribute IFLA_MTU); it takes 68 … 65535");
    }

    @Test
    void tellsWhichAttributeIsMissing() {
        String body = "ea ff ff ff" + REPEATED + "08 00 05 00 12 00 00 00"; // NLMSGERR_ATTR_MISS_TYPE: 18
        Acknowledgement end = Acknowledgement.of(message(16 + 4 + 16 + 8, 2, 0x300, body));

        assertThat(end.text(REQUEST)).isEqualTo("Invalid argument (attribute number 18 is missing)");
    }

    @Test
    void theEndOfAListingMayBeAnErrorToo() {
        Acknowledgement end = Acknowledgement.of(message(20, 3, 2, "ed ff ff ff")); // NLMSG_DONE, -19

        assertThat(end.text(REQUEST)).isEqualTo("No such device");
    }

    @Test
    void saysTheNumberOfAnErrorThatItDoesNotKnow() {
        Acknowledgement end = Acknowledgement.of(message(36, 2, 0x100, "79 ff ff ff" + REPEATED)); // -135

        assertThat(end.text(REQUEST)).isEqualTo("error 135");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a header cut short
                "10 00 00 00 02 00",
                // a message longer than what was received
                "40 00 00 00 02 00 00 00 09 00 00 00 00 00 00 00",
                // a message shorter than its header
                "0f 00 00 00 02 00 00 00 09 00 00 00 00 00 00 00",
                // an error without a number
                "12 00 00 00 02 00 00 00 09 00 00 00 00 00 00 00 00 00",
                // an error with attributes that should lie behind a request of 4096 bytes
                "24 00 00 00 02 00 00 02 09 00 00 00 00 00 00 00 ea ff ff ff 00 10 00 00 10 00 05 00 09 00 00 00 00 00 00 00",
                // an error with an attribute of 3 bytes
                "28 00 00 00 02 00 00 03 09 00 00 00 00 00 00 00 ea ff ff ff 24 00 00 00 10 00 05 00 09 00 00 00 00 00 00 00 03 00 01 00",
                // an error with an attribute longer than what is left
                "28 00 00 00 02 00 00 03 09 00 00 00 00 00 00 00 ea ff ff ff 24 00 00 00 10 00 05 00 09 00 00 00 00 00 00 00 09 00 01 00",
            })
    void refusesLengthsThatContradictEachOther(String hex) {
        byte[] received = Bytes.parse(hex).toArray();

        assertThatThrownBy(() -> {
                    List<NetlinkMessage> messages = NetlinkMessage.split(received);
                    Acknowledgement.of(messages.get(0));
                })
                .isInstanceOf(MalformedNetlink.class)
                .hasMessageStartingWith("byte ");
    }
}
