package dev.culvert.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsInForceTest {

    private static final int DSCP_46_ECT_1 = 0xb9;
    private static final int DSCP_46_CE = 0xbb;

    @Test
    void aDeviceThatIsToldNothingInheritsTtlAndEcnAlone() {
        OptionsInForce options = new OptionsInForce(Map.of(), true);

        assertThat(options.ttl(9)).isEqualTo(9);
        assertThat(options.tos(DSCP_46_ECT_1)).isEqualTo(0x01);
        assertThat(options.df(0)).isEqualTo(1);
    }

    @Test
    void aFixedTosGivesItsDscpAndNotItsEcn() {
        OptionsInForce options = new OptionsInForce(Map.of("tos", "0x12"), true);

        assertThat(options.tos(DSCP_46_ECT_1)).isEqualTo(0x11);
    }

    @Test
    void anInheritedCeBecomesEct0() {
        OptionsInForce options = new OptionsInForce(Map.of("tos", "inherit"), true);

        assertThat(options.tos(DSCP_46_CE)).isEqualTo(0xba);
    }

    @Test
    void aFixedTtlIsTheSameOverEveryInnerOne() {
        OptionsInForce options = new OptionsInForce(Map.of("ttl", "33"), true);

        assertThat(options.ttl(1)).isEqualTo(33);
    }

    @Test
    void nopmtudiscLeavesDfToTheInnerPacket() {
        assertThat(new OptionsInForce(Map.of("pmtudisc", "false"), true).df(0)).isZero();
        assertThat(new OptionsInForce(Map.of("pmtudisc", "false"), true).df(1)).isEqualTo(1);
    }
}
