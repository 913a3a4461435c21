#include "netlink.h"
#include "iproute.h"
#include "system.h"
#include "wire.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* The kernel answers before send returns, or while a listing is read: this is for a request that asks for no answer. */
enum { SECONDS = 5 };

enum { LONGEST = 1048576 };

static int open_socket(const char *netns, int protocol)
{
    if (!enter_netns(netns))
        return -1;
    int new = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    int error = errno;
    leave_netns(netns);
    int on = 1;
    struct timeval limit = { .tv_sec = SECONDS };
    if (new < 0)
        fail("netlink socket of protocol %d: %s", protocol, strerror(error));
    else if (setsockopt(new, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on) < 0)
        fail("NETLINK_EXT_ACK: %s", strerror(errno));
    else if (setsockopt(new, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) < 0)
        fail("SO_RCVTIMEO: %s", strerror(errno));
    else
        return new;
    if (new >= 0)
        close(new);
    return -1;
}

/* The next message, or null behind the last; one whose length is a lie is marked by a false that goes into *sound. */
static const struct nlmsghdr *next_message(const unsigned char **at, const unsigned char *end, bool *sound)
{
    if ((size_t)(end - *at) < sizeof(struct nlmsghdr))
        return NULL;
    const struct nlmsghdr *message = (const void *)*at;
    if (message->nlmsg_len < sizeof *message || message->nlmsg_len > (size_t)(end - *at)) {
        *sound = fail("netlink: a message of %u bytes", message->nlmsg_len);
        return NULL;
    }
    size_t aligned = NLMSG_ALIGN(message->nlmsg_len), left = end - *at;
    *at += aligned < left ? aligned : left;
    return message;
}

/* What a datagram asks for: how many answers, and whether to change which links there are. */
static bool look_into(const unsigned char *at, size_t size, int *answers, bool *changes_links)
{
    bool sound = true;
    const struct nlmsghdr *message;
    const unsigned char *end = at + size;
    while ((message = next_message(&at, end, &sound))) {
        ++*answers;
        *changes_links |= message->nlmsg_type == RTM_NEWLINK || message->nlmsg_type == RTM_DELLINK || message->nlmsg_type == RTM_SETLINK;
    }
    return sound;
}

static bool look_into_answer(const unsigned char *at, size_t size, int *awaited, bool *refused)
{
    bool sound = true;
    const struct nlmsghdr *message;
    const unsigned char *end = at + size;
    while ((message = next_message(&at, end, &sound))) {
        if (message->nlmsg_type != NLMSG_ERROR && message->nlmsg_type != NLMSG_DONE)
            continue;
        --*awaited;
        int error = 0;
        if (message->nlmsg_len >= NLMSG_HDRLEN + sizeof error)
            memcpy(&error, NLMSG_DATA(message), sizeof error);
        *refused |= error != 0;
    }
    return sound;
}

/* Everything up to the end of the answer to each message of a datagram, and whether one of them was refused. */
static bool ask(int socket, const void *datagram, size_t size, int awaited, struct bytes *said, bool *refused)
{
    if (send(socket, datagram, size, 0) < 0)
        return fail("netlink: %s", strerror(errno));
    static unsigned char messages[LONGEST] __attribute__((aligned(8)));
    while (awaited > 0) {
        ssize_t got = recv(socket, messages, sizeof messages, 0);
        if (got < 0)
            return fail("netlink: %s", strerror(errno));
        put(said, messages, got);
        if (!look_into_answer(messages, got, &awaited, refused))
            return false;
    }
    return true;
}

static bool ask_all(int socket, int protocol, struct request *request, uint32_t *count, struct bytes *answers)
{
    bool refused = false;
    for (uint32_t left = take_u32(request); left > 0 && !refused; left--) {
        struct text text = take_text(request);
        struct bytes datagram = { 0 }, said = { 0 };
        int awaited = 0;
        bool changes_links = false;
        put(&datagram, text.data, text.size);    /* which aligns it */
        bool asked = !request->ends_early || fail("a request that ends early");
        asked = asked && look_into(datagram.data, datagram.size, &awaited, &changes_links);
        if (asked && changes_links && protocol == NETLINK_ROUTE)
            forget_links(NULL);
        asked = asked && ask(socket, datagram.data, datagram.size, awaited, &said, &refused);
        put_text(answers, said.data, said.size);
        ++*count;
        release(&datagram);
        release(&said);
        if (!asked)
            return false;
    }
    return true;
}

bool relay(uint32_t id, struct request *request)
{
    int protocol = take_u32(request);
    char *netns = take_string(request);
    uint64_t at = realtime(), began = monotonic();
    /* A socket of its own, so that nothing of an earlier request is left to read. */
    int socket = open_socket(netns, protocol);
    free(netns);
    if (socket < 0)
        return false;
    struct bytes answers = { 0 }, payload = { 0 };
    uint32_t count = 0;
    bool asked = ask_all(socket, protocol, request, &count, &answers);
    close(socket);
    if (asked) {
        put_u64(&payload, at);
        put_u64(&payload, monotonic() - began);
        put_u32(&payload, count);
        put(&payload, answers.data, answers.size);
        answer_with(id, &payload);
    }
    release(&answers);
    return asked;
}
