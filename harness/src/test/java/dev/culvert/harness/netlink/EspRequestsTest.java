package dev.culvert.harness.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.plan.Change;
import dev.culvert.topologies.plan.EspPolicy;
import dev.culvert.topologies.plan.EspState;
import org.junit.jupiter.api.Test;

class EspRequestsTest {

    /** Behind struct nlmsghdr. */
    private static final int BODY = 16;

    private static Bytes encoded(Change change) {
        return ChangeRequests.of(change).encode(1, device -> 0).bytes();
    }

    private static EspState sending(String topology) {
        return EspState.sending(Topologies.named(topology), Place.A);
    }

    private static String at(Bytes message, int from, int length) {
        return message.slice(BODY + from, length).toString();
    }

    private static String hex(String... parts) {
        return Bytes.parse(String.join(" ", parts)).toString();
    }

    @Test
    void tellsAStateByGcmAsTheKernelReadsIt() {
        Bytes message = encoded(new Change.AddEspState(sending("vti")));

        // struct xfrm_usersa_info: 224 bytes; XFRMA_ALG_AEAD: 4 + 72 + 20; XFRMA_MARK: 4 + 8
        assertThat(message.length()).isEqualTo(BODY + 224 + 96 + 12);
        // XFRM_MSG_NEWSA, REQUEST ACK EXCL CREATE
        assertThat(message.slice(4, 4).toString()).isEqualTo(hex("10 00 05 06"));
        // id: 198.51.100.2, spi 4097 in network order, ESP
        assertThat(at(message, 56, 24))
                .isEqualTo(hex("c6 33 64 02 00 00 00 00 00 00 00 00 00 00 00 00", "00 00 10 01  32 00 00 00"));
        // saddr: 198.51.100.1
        assertThat(at(message, 80, 4)).isEqualTo(hex("c6 33 64 01"));
        // lft: no limit by bytes or packets, none by time
        assertThat(at(message, 96, 32)).isEqualTo(hex("ff ".repeat(32).trim()));
        assertThat(at(message, 128, 32)).isEqualTo(hex("00 ".repeat(32).trim()));
        // family AF_INET, mode tunnel, replay window 32, no flags
        assertThat(at(message, 212, 5)).isEqualTo(hex("02 00  01 20 00"));
        // XFRMA_ALG_AEAD with its name, 160 bits of key, 128 of check value
        assertThat(at(message, 224, 8)).isEqualTo(hex("60 00 12 00  72 66 63 34"));
        assertThat(at(message, 224 + 4 + 64, 12)).isEqualTo(hex("a0 00 00 00  80 00 00 00  a0 a1 a2 a3"));
        // XFRMA_MARK: 7, every bit of it
        assertThat(at(message, 320, 12)).isEqualTo(hex("0c 00 15 00  07 00 00 00  ff ff ff ff"));
    }

    @Test
    void tellsAStateByCbcWithinUdpAsTheKernelReadsIt() {
        EspState plain = sending("vti-cbc");
        Esp within = new Esp(
                plain.esp().suite(), 4500, plain.esp().aToB(), plain.esp().bToA());

        Bytes message = encoded(new Change.AddEspState(new EspState(
                within, plain.source(), plain.destination(), plain.association(), plain.mark(), plain.inside())));

        // XFRMA_ALG_CRYPT: 4 + 68 + 16; XFRMA_ALG_AUTH_TRUNC: 4 + 72 + 32; XFRMA_MARK: 12; XFRMA_ENCAP: 4 + 24
        assertThat(message.length()).isEqualTo(BODY + 224 + 88 + 108 + 12 + 28);
        assertThat(at(message, 224, 8)).isEqualTo(hex("58 00 02 00  63 62 63 28")); // cbc(
        assertThat(at(message, 312, 8)).isEqualTo(hex("6c 00 14 00  68 6d 61 63")); // hmac
        assertThat(at(message, 312 + 4 + 64, 8)).isEqualTo(hex("00 01 00 00  80 00 00 00"));
        // UDP_ENCAP_ESPINUDP, port 4500 on both ends, no original address
        assertThat(at(message, 432, 28)).isEqualTo(hex("1c 00 04 00  02 00  11 94  11 94  00 00", "00 ".repeat(16)));
    }

    @Test
    void tellsAPolicyAsTheKernelReadsIt() {
        EspPolicy policy = new EspPolicy(EspPolicy.Direction.FORWARDED, sending("vti"));

        Bytes message = encoded(new Change.AddEspPolicy(policy));

        // struct xfrm_userpolicy_info: 168 bytes; XFRMA_TMPL: 4 + 64; XFRMA_MARK: 12
        assertThat(message.length()).isEqualTo(BODY + 168 + 68 + 12);
        assertThat(message.slice(4, 2).toString()).isEqualTo(hex("13 00"));
        // sel: every address of AF_INET
        assertThat(at(message, 0, 56)).isEqualTo(hex("00 ".repeat(40), "02 00 00 00", "00 ".repeat(12)));
        // XFRM_POLICY_FWD, XFRM_POLICY_ALLOW
        assertThat(at(message, 160, 4)).isEqualTo(hex("02 00 00 00"));
        // XFRMA_TMPL: id without spi, family, saddr, mode tunnel, every algorithm
        assertThat(at(message, 168, 8)).isEqualTo(hex("44 00 05 00  c6 33 64 02"));
        assertThat(at(message, 172 + 16, 16)).isEqualTo(hex("00 00 00 00  32 00 00 00  02 00 00 00  c6 33 64 01"));
        assertThat(at(message, 172 + 48, 16)).isEqualTo(hex("01 00 00 00", "ff ".repeat(12)));
    }

    @Test
    void tellsOfWhatIsNotOfTheFamilyOfItsAddresses() {
        Bytes state = encoded(new Change.AddEspState(sending("vti6-cbc")));
        Bytes policy = encoded(new Change.AddEspPolicy(new EspPolicy(EspPolicy.Direction.OUT, sending("vti6-cbc"))));

        // family AF_INET6, mode tunnel, replay window 32, XFRM_STATE_AF_UNSPEC
        assertThat(at(state, 212, 5)).isEqualTo(hex("0a 00  01 20 20"));
        assertThat(at(state, 80, 16)).isEqualTo(hex("20 01 0d b8 00 01 00 00 00 00 00 00 00 00 00 01"));
        // sel: AF_INET; the template's family is AF_INET6
        assertThat(at(policy, 40, 4)).isEqualTo(hex("02 00 00 00"));
        assertThat(at(policy, 172 + 24, 2)).isEqualTo(hex("0a 00"));
    }

    @Test
    void isReadableToPeople() {
        assertThat(String.join(
                        " ",
                        ChangeRequests.of(new Change.AddEspState(sending("vti")))
                                .line()))
                .startsWith(
                        "xfrm XFRM_MSG_NEWSA NLM_F_ACK NLM_F_CREATE NLM_F_EXCL id={ daddr=198.51.100.2 spi=4097 proto=50 }"
                                + " saddr=198.51.100.1 lft={ ")
                .contains("mode=1 replay_window=32 XFRMA_ALG_AEAD={ alg_name=rfc4106(gcm(aes)) alg_key_len=160")
                .endsWith("XFRMA_MARK={ v=7 m=4294967295 }");
    }
}
