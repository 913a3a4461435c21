/* Culvert's agent: the main process of every server container.
 *
 * It runs commands, keeps background processes (tcpdump, iperf3), injects and captures packets and reads counters for the one client
 * at the other end of its standard input and output, or of a virtio-serial port of that name. It needs nothing of the container but
 * the programs that it is told to run, and never starts a shell: every command is an argument vector. Those of ip are told to a
 * process of it that is kept (iproute.h), and some others (of sysctl, ethtool, ip netns) the agent carries out itself (builtins.h);
 * what fails there has a process of its own, like all others.
 *
 * A frame, either way: 0xC7, u32 length of what follows, u8 type, u32 request id, payload. All integers are big-endian;
 * a text is a u32 length and its bytes; a list is a u32 count and its texts. Bytes between frames are skipped, so a
 * client that finds an unfinished frame of a dead predecessor ends it by sending LONGEST zero bytes before its HELLO.
 * A netns is "", the agent's own, or a name under /run/netns; the process of another agent and a slash before it make it that one's.
 *
 *   request         payload                                              answer
 *   1  HELLO        16 bytes session id                                  RESULT session id, u32 process (resident.h), u64 realtime
 *   2  RUN          u32 ms, u64 most bytes of output, text netns, text stdin, list argv   CHUNKs, RESULT ending
 *   3  SPAWN        text key, text netns, text awaited, u32 ms, list argv   RESULT sighting
 *   4  SIGNAL       text key, u32 signal, text awaited, u32 ms           RESULT sighting
 *   5  STOP         text key, u32 signal, u32 ms                         CHUNKs, RESULT ending
 *   6  INJECT       u32 count, entries (u32 us, u8 kind, text netns, text device, text bytes); kinds: 0 Ethernet frame, 4 and 6 IP packet
 *                                                                        RESULT u32 count, (u64 realtime, text error)
 *   7  REST         u32 pause, u32 ms, u8 counters too, list netns       RESULT, if they are wanted what of each netns is not
 *                                                                          known yet (told.h)
 *   8  READ         text path                                            CHUNKs, RESULT u64 bytes
 *   9  LOG          u64 first sequence number                            RESULT u64 next, list kmsg records
 *   10 CLOCK                                                             RESULT u64 realtime, u64 monotonic
 *   11 RESET                                                             RESULT, after every child is dead
 *   12 RENEW                                                             none: any frame renews the lease
 *   13 NETLINK      u32 protocol, text netns, list datagrams             RESULT u64 start (realtime), u64 duration, list answers
 *                                                                          (each message asks to be answered; ends at a refusal)
 *   14 TAP          text key, text netns, text device, u32 snaplen       RESULT, when it captures
 *   15 UNTAP        text key, text file                                  RESULT u8 whether the device is still there, u64 captured,
 *                                                                          u64 received, u64 dropped; the file is a pcap file
 *
 * Answer types: 101 RESULT, 102 CHUNK (u8 stream, bytes), 103 ERROR (text). An ending is u8 how (0 exited, 1 signalled,
 * 2 timed out, 3 too much output), u32 status or signal, u64 start (realtime), u64 duration; a sighting is u8 state
 * (0 seen, 1 time is out, 2 process ended) and the text of what was printed since. Times are nanoseconds.
 */
#define _GNU_SOURCE
#include "bytes.h"
#include "commands.h"
#include "counters.h"
#include "files.h"
#include "iproute.h"
#include "jobs.h"
#include "kernel_log.h"
#include "netlink.h"
#include "packets.h"
#include "port.h"
#include "resident.h"
#include "rest.h"
#include "system.h"
#include "taps.h"
#include "timers.h"
#include "wire.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { FIRST_CONTACT_SECONDS = 30, SESSION = 16 };

static const uint64_t SECOND = 1000000000;

static uint64_t lease;     /* nanoseconds; 0: for ever */
static uint64_t expiry;    /* the monotonic time at which an agent with a lease leaves */

/* Whom to answer when all is reset. */
static uint32_t resetter;
static unsigned char session[SESSION];

static void leave(const char *why)
{
    fprintf(stderr, "agent: leaving: %s\n", why);
    abandon_all();
    flush_output();
    exit(0);
}

/* Ends every command, closes every socket, and goes on when the last command is gone. */
static void reset_all(void (*then)(void))
{
    stop_all_timers();
    close_injectors();
    close_taps();
    forget_rest();
    close_counted();
    forget_all_of_ip();
    end_all(then);
}

static void greet(void)
{
    struct bytes payload = { 0 };
    put(&payload, session, sizeof session);
    put_u32(&payload, resident());
    put_u64(&payload, realtime());
    answer_with(resetter, &payload);
}

/* A new client: whatever its predecessor left is void. */
static bool hello(uint32_t id, struct request *request)
{
    if (request->end - request->at != SESSION)
        return fail("a session id of %zu bytes, not %d", (size_t)(request->end - request->at), SESSION);
    memcpy(session, request->at, SESSION);
    resetter = id;
    forget_output();
    stop_reading();
    reset_all(greet);
    return true;
}

static void tell_reset(void)
{
    answer(resetter, NULL, 0);
}

static bool reset(uint32_t id, struct request *request)
{
    (void)request;
    resetter = id;
    reset_all(tell_reset);
    return true;
}

static bool tell_clock(uint32_t id, struct request *request)
{
    (void)request;
    struct bytes payload = { 0 };
    put_u64(&payload, realtime());
    put_u64(&payload, monotonic());
    answer_with(id, &payload);
    return true;
}

static bool renew(uint32_t id, struct request *request)
{
    (void)id;
    (void)request;
    return true;
}

static bool (*const SERVICES[])(uint32_t, struct request *) = {
    [1] = hello, [2] = run_command, [3] = spawn, [4] = send_signal, [5] = stop_spawned, [6] = inject, [7] = await_rest, [8] = start_reading,
    [9] = read_log, [10] = tell_clock, [11] = reset, [12] = renew, [13] = relay, [14] = start_tap, [15] = stop_tap,
};

static bool serve(uint8_t type, uint32_t id, struct request *request)
{
    expiry = monotonic() + lease;
    if (type >= sizeof SERVICES / sizeof *SERVICES || !SERVICES[type])
        return fail("unknown request type %u", type);
    return SERVICES[type](id, request);
}

static void take_signals(void)
{
    struct signalfd_siginfo signal;
    while (read(signals(), &signal, sizeof signal) > 0)
        if (signal.ssi_signo == SIGTERM)
            leave("terminated");
    reap();
}

/* What is waited for: standard input, standard output, signals, and the pipes of commands. */
struct waited {
    struct pollfd *polls;
    struct end {
        pid_t pid;
        int stream;
    } *ends;
    size_t count, room;
};

static void wait_for(struct waited *on, int descriptor, short events, pid_t pid, int stream)
{
    if (on->count == on->room) {
        on->room = on->room ? 2 * on->room : 64;
        on->polls = realloc(on->polls, on->room * sizeof *on->polls);
        on->ends = realloc(on->ends, on->room * sizeof *on->ends);
        if (!on->polls || !on->ends)
            abandon("out of memory");
    }
    on->polls[on->count] = (struct pollfd){ descriptor, events, 0 };
    on->ends[on->count++] = (struct end){ pid, stream };
}

enum { INPUT, OUTPUT, SIGNALS, COMMANDS };

static void find_what_to_wait_for(struct waited *on)
{
    /* A descriptor of -1 is passed over. */
    on->count = 0;
    wait_for(on, has_room() && !is_deserted() ? STDIN_FILENO : -1, POLLIN, 0, 0);
    wait_for(on, is_output_waiting() && !is_deserted() ? STDOUT_FILENO : -1, POLLOUT, 0, 0);
    wait_for(on, signals(), POLLIN, 0, 0);
    for (struct job *job = running_jobs(); job; job = job->next) {
        wait_for(on, job->pipe[0], POLLOUT, job->pid, 0);
        for (int stream = 1; stream <= 2; stream++)
            wait_for(on, has_room() || !job->streams ? job->pipe[stream] : -1, POLLIN, job->pid, stream);
    }
}

static uint64_t earlier(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

/* Waits for whatever comes first; false when it was a signal's handler or nothing. */
static bool wait(struct waited *on)
{
    uint64_t until = earlier(next_timer(), lease ? expiry : UINT64_MAX), now = monotonic();
    uint64_t left = is_reading() && has_room() ? 0 : until > now ? until - now : 0;
    struct timespec limit = { left / SECOND, left % SECOND };
    int ready = ppoll(on->polls, on->count, until == UINT64_MAX && left ? NULL : &limit, NULL);
    if (ready < 0 && errno != EINTR)
        abandon("poll: %s", strerror(errno));
    return ready > 0;
}

static void attend_commands(const struct waited *on)
{
    for (size_t i = COMMANDS; i < on->count; i++) {
        if (!on->polls[i].revents)
            continue;
        struct job *job = find_job(on->ends[i].pid);
        /* It may have ended since, or closed it. */
        if (job && job->pipe[on->ends[i].stream] == on->polls[i].fd)
            attend(job, on->ends[i].stream);
    }
}

/* Waits for whatever comes first, and serves it. */
static void turn(struct waited *on)
{
    find_what_to_wait_for(on);
    if (wait(on)) {
        if (on->polls[OUTPUT].revents)
            flush_output();
        if (on->polls[SIGNALS].revents)
            take_signals();
        attend_commands(on);
        if (on->polls[INPUT].revents && !take_in(serve) && !desert())
            leave("standard input ended");
    }
    uint64_t now = monotonic();
    run_due_timers(now);
    if (lease && now > expiry)
        leave("no client within its lease");
    if (is_reading() && has_room())
        read_on();
}

static const char *value_of(const char *option, const char *name)
{
    size_t length = strlen(name);
    return strncmp(option, name, length) ? NULL : option + length;
}

/* No process that the agent wakes, and not the agent woken by one, takes the processor from who runs: a command's few writes would cost
 * a change of processes each, and with it all that an emulated processor knows of addresses. The commands inherit it. Where it is
 * refused, all goes on, only slower. */
static void give_way(void)
{
    struct sched_param none = { 0 };
    sched_setscheduler(0, SCHED_BATCH, &none);
}

int main(int argc, char **argv)
{
    const char *port = NULL;
    for (int i = 1; i < argc; i++) {
        const char *seconds = value_of(argv[i], "--lease="), *name = value_of(argv[i], "--port=");
        if (seconds && *seconds && !seconds[strspn(seconds, "0123456789")])
            lease = strtoull(seconds, NULL, 10) * SECOND;
        else if (name && *name)
            port = name;
        else
            abandon("'%s' is no option; usage: agent [--lease=SECONDS] [--port=NAME]", argv[i]);
    }
    setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
    setenv("LC_ALL", "C", 1);
    signal(SIGPIPE, SIG_IGN);
    know_own_netns();
    start_resident();
    give_way();
    /* With the host's pid namespace the agent is not pid 1: as a subreaper it still inherits, and reaps, orphans. */
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0)
        abandon("cannot become a subreaper: %s", strerror(errno));
    begin_watching_children();
    keep_stamping();
    if (port)
        become_standard(port);
    if (!unblock(STDIN_FILENO) || !unblock(STDOUT_FILENO))
        abandon("standard input and output: %s", strerror(errno));
    expiry = monotonic() + FIRST_CONTACT_SECONDS * SECOND;
    struct waited on = { 0 };
    while (true)
        turn(&on);
}
