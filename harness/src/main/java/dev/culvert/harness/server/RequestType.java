package dev.culvert.harness.server;

/** What the agent can be asked; the codes are those of the table at the top of {@code agent.c}. */
enum RequestType {
    HELLO(1),
    RUN(2),
    SPAWN(3),
    SIGNAL(4),
    STOP(5),
    INJECT(6),
    REST(7),
    READ(8),
    LOG(9),
    CLOCK(10),
    RESET(11),
    RENEW(12),
    NETLINK(13),
    TAP(14),
    UNTAP(15);

    private final int code;

    RequestType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
