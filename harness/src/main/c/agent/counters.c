#include "counters.h"
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The kernel fills at most 32 KiB of a buffer with a dump's messages (netlink_dump() in net/netlink/af_netlink.c). */
enum { LONGEST = 32768, LONGEST_FILE = 65536 };

/* The files that are read, and how the lines begin that are wanted of each: a reading goes out several times a second, and what
   TCP has to say alone is longer than all the rest. */
enum { SNMP, NETSTAT };
static const struct {
    const char *name;
    const char *begins[4];
} WANTED[COUNTER_FILES] = {
    [SNMP] = { "snmp", { "Ip: ", "Icmp: ", "Udp: " } },
    [NETSTAT] = { "netstat", { "IpExt: " } },
    { "snmp6", { "Ip6", "Icmp6", "Udp6" } },
    { "xfrm_stat", { "" } },
};

struct counted {
    struct counted *next;
    char *netns;
    int netlink;
    int files[COUNTER_FILES];    /* -1: the kernel has none */
    struct bytes indices, names;    /* of the links whose names are known */
    struct reading told;
};

static struct counted *all;

static void close_one(struct counted *one)
{
    struct counted **at = &all;
    while (*at && *at != one)
        at = &(*at)->next;
    if (*at)
        *at = one->next;
    for (int i = 0; i < COUNTER_FILES; i++)
        if (one->files[i] >= 0)
            close(one->files[i]);
    if (one->netlink >= 0)
        close(one->netlink);
    release(&one->indices);
    release(&one->names);
    release_reading(&one->told);
    free(one->netns);
    free(one);
}

void close_counted(void)
{
    while (all)
        close_one(all);
}

static bool open_here(struct counted *one)
{
    one->netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (one->netlink < 0)
        return fail("netlink socket: %s", strerror(errno));
    for (int i = 0; i < COUNTER_FILES; i++) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/net/%s", WANTED[i].name);
        one->files[i] = open(path, O_RDONLY | O_CLOEXEC);
        if (one->files[i] < 0 && errno != ENOENT)
            return fail("cannot read '/proc/net/%s': %s", WANTED[i].name, strerror(errno));
    }
    return true;
}

struct counted *counted_of(const char *netns)
{
    struct counted *one = all;
    while (one && strcmp(one->netns, netns))
        one = one->next;
    if (one)
        return one;
    if (!enter_netns(netns))
        return NULL;
    one = get_memory(sizeof *one);
    one->netns = copy_of(netns);
    memset(one->files, -1, sizeof one->files);
    bool opened = open_here(one);
    leave_netns(netns);
    if (!opened) {
        close_one(one);
        return NULL;
    }
    one->next = all;
    return all = one;
}

/* Asks for a dump and appends its messages one behind the other. */
static bool dump(int netlink, uint16_t type, const void *question, size_t size, struct bytes *to)
{
    struct {
        struct nlmsghdr header;
        unsigned char question[32];
    } request = { .header = { NLMSG_HDRLEN + size, type, NLM_F_REQUEST | NLM_F_DUMP, 1, 0 } };
    memcpy(request.question, question, size);
    if (send(netlink, &request, request.header.nlmsg_len, 0) < 0)
        return fail("netlink: %s", strerror(errno));
    while (true) {
        unsigned char *messages = make_room(to, LONGEST);
        ssize_t got = recv(netlink, messages, LONGEST, 0);
        if (got < 0)
            return fail("netlink: %s", strerror(errno));
        for (ssize_t at = 0; at + (ssize_t)sizeof(struct nlmsghdr) <= got;) {
            struct nlmsghdr header;
            memcpy(&header, messages + at, sizeof header);
            if (header.nlmsg_type == NLMSG_ERROR || header.nlmsg_len < sizeof header)
                return fail("netlink: refused the dump of type %u", type);
            if (header.nlmsg_type == NLMSG_DONE) {
                to->size += at;
                return true;
            }
            at += NLMSG_ALIGN(header.nlmsg_len);
        }
        to->size += got;
    }
}

bool read_traffic(struct counted *of, struct bytes *to)
{
    struct if_stats_msg question = { .filter_mask = IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_64) };
    if (dump(of->netlink, RTM_GETSTATS, &question, sizeof question, to))
        return true;
    close_one(of);
    return false;
}

/* Calls with each message's body of a dump. */
static void each_message(const struct bytes *dump, void (*code)(const unsigned char *, size_t, struct counted *), struct counted *of)
{
    for (size_t at = 0; at + NLMSG_HDRLEN <= dump->size;) {
        struct nlmsghdr header;
        memcpy(&header, dump->data + at, sizeof header);
        if (header.nlmsg_len > dump->size - at)
            return;
        code(dump->data + at + NLMSG_HDRLEN, header.nlmsg_len - NLMSG_HDRLEN, of);
        at += NLMSG_ALIGN(header.nlmsg_len);
    }
}

/* Notes the index and the name that a message of an RTM_GETLINK dump tells. */
static void note_name(const unsigned char *body, size_t size, struct counted *of)
{
    struct ifinfomsg link;
    if (size < sizeof link)
        return;
    memcpy(&link, body, sizeof link);
    for (size_t at = NLMSG_ALIGN(sizeof link); at + sizeof(struct rtattr) <= size;) {
        struct rtattr attribute;
        memcpy(&attribute, body + at, sizeof attribute);
        if (attribute.rta_len < sizeof attribute || attribute.rta_len > size - at)
            return;
        if (attribute.rta_type == IFLA_IFNAME) {
            char line[64];
            int length = snprintf(line, sizeof line, "%d %.*s\n", link.ifi_index, (int)(attribute.rta_len - RTA_LENGTH(0)),
                (const char *)body + at + RTA_LENGTH(0));
            put(&of->names, line, length);
            put(&of->indices, &link.ifi_index, sizeof link.ifi_index);
            return;
        }
        at += RTA_ALIGN(attribute.rta_len);
    }
}

static bool knows(const struct counted *of, int index)
{
    for (size_t at = 0; at < of->indices.size; at += sizeof index)
        if (!memcmp(of->indices.data + at, &index, sizeof index))
            return true;
    return false;
}

/* Forgets all names when a message of an RTM_GETSTATS dump is about a link whose name is not known. */
static void know(const unsigned char *body, size_t size, struct counted *of)
{
    struct if_stats_msg link;
    if (size < sizeof link)
        return;
    memcpy(&link, body, sizeof link);
    if (!knows(of, link.ifindex))
        of->indices.size = 0;
}

/* A link's full message is ten times as long as its statistics, so that one is asked for only when there is a link whose name is
   not known yet; the kernel does not use an index again soon. */
static bool know_names(struct counted *of, const struct bytes *traffic)
{
    each_message(traffic, know, of);
    if (of->indices.size)
        return true;
    struct ifinfomsg question = { 0 };
    struct bytes links = { 0 };
    of->names.size = 0;
    bool asked = dump(of->netlink, RTM_GETLINK, &question, sizeof question, &links);
    if (asked)
        each_message(&links, note_name, of);
    release(&links);
    return asked;
}

static bool is_wanted(int file, const char *line)
{
    for (int i = 0; i < 4 && WANTED[file].begins[i]; i++)
        if (!strncmp(line, WANTED[file].begins[i], strlen(WANTED[file].begins[i])))
            return true;
    return false;
}

/* Leaves of a text the lines that are wanted, with one blank where there are several. */
static size_t filter(int file, char *text)
{
    char *to = text;
    for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
        if (!is_wanted(file, line))
            continue;
        for (const char *from = line; from <= end; from++) {
            bool is_blank = *from == ' ' || *from == '\t';
            if (!is_blank || to == text || to[-1] != ' ')
                *to++ = is_blank ? ' ' : *from;
        }
    }
    return to - text;
}

static bool read_file(const struct counted *of, int file, struct bytes *to)
{
    static char text[LONGEST_FILE];
    if (of->files[file] < 0)
        return true;
    if (lseek(of->files[file], 0, SEEK_SET) < 0 || read_whole(of->files[file], text, sizeof text) < 0)
        return fail("cannot read '/proc/net/%s': %s", WANTED[file].name, strerror(errno));
    put(to, text, filter(file, text));
    return true;
}

/* The kernel takes longest for netstat. What is wanted of it counts packets that are counted in snmp too: received in
   ip_rcv_core(), sent in __ip_local_out() and ip_output(), forwarded in ip_forward() (net/ipv4). */
static bool is_as_told(const struct counted *of, int file, const struct reading *reading)
{
    return file == NETSTAT && are_same(&of->told.files[SNMP], &reading->files[SNMP]);
}

bool read_counters(struct counted *of, const struct bytes *traffic, struct reading *to)
{
    release_reading(to);
    to->at = realtime();
    bool was_read = know_names(of, traffic);
    put(&to->traffic, traffic->data, traffic->size);
    put(&to->names, of->names.data, of->names.size);
    for (int i = 0; was_read && i < COUNTER_FILES; i++) {
        if (is_as_told(of, i, to))
            put(&to->files[i], of->told.files[i].data, of->told.files[i].size);
        else
            was_read = read_file(of, i, &to->files[i]);
    }
    if (!was_read)
        close_one(of);
    return was_read;
}

void tell_counters(struct counted *of, struct reading *reading, struct bytes *to)
{
    tell_reading(&of->told, reading, to);
}
