#define _GNU_SOURCE
#include "taps.h"
#include "ring.h"
#include "system.h"
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct tap {
    struct tap *next;
    char *key, *netns, *device;
    struct ring ring;
    uint32_t snaplen;
    uint64_t count;
    struct bytes file;
};

static struct tap *taps;

/* struct pcap_file_header and struct pcap_sf_pkthdr of libpcap, with times in nanoseconds. */
struct file_header {
    uint32_t magic;
    uint16_t major, minor;
    uint32_t zone, accuracy, snaplen, linktype;
};

struct packet_header {
    uint32_t seconds, nanos, captured, length;
};

static struct tap *find_tap(const char *key)
{
    struct tap *tap = taps;
    while (tap && strcmp(tap->key, key))
        tap = tap->next;
    return tap;
}

static void free_tap(struct tap *tap)
{
    close_ring(&tap->ring);
    release(&tap->file);
    free(tap->key);
    free(tap->netns);
    free(tap->device);
    free(tap);
}

static bool open_tap(struct tap *tap)
{
    if (find_tap(tap->key))
        return fail("a capture named '%s' was started before and not stopped", tap->key);
    if (!enter_netns(tap->netns))
        return false;
    bool opened = open_ring(&tap->ring, tap->device);
    leave_netns(tap->netns);
    return opened;
}

bool start_tap(uint32_t id, struct request *request)
{
    struct tap *tap = get_memory(sizeof *tap);
    tap->key = take_string(request);
    tap->netns = take_string(request);
    tap->device = take_string(request);
    tap->snaplen = take_u32(request);
    tap->ring = NO_RING;
    if (!open_tap(tap)) {
        free_tap(tap);
        return false;
    }
    struct file_header header = { 0xa1b23c4d, 2, 4, 0, 0, tap->snaplen, tap->ring.linktype };
    put(&tap->file, &header, sizeof header);
    tap->next = taps;
    taps = tap;
    answer(id, NULL, 0);
    return true;
}

/* Writes a packet to the file as it was on the wire: behind its cooked header, and with its VLAN tag where it was. */
static void record(struct tap *tap, const struct tpacket2_hdr *slot)
{
    struct cooked_header cooked = cooked_header_of(slot);
    size_t before = tap->ring.linktype == LINKTYPE_LINUX_SLL ? sizeof cooked : 0;
    const unsigned char *packet = (const unsigned char *)slot + slot->tp_mac;
    unsigned char tag[4];
    size_t tag_size = vlan_tag_of(slot, tag);
    /* Before the two bytes that tell the protocol. */
    size_t tag_at = before ? 14 : 12, kept = before + slot->tp_snaplen;
    if (kept < tag_at)
        tag_size = 0;
    kept += tag_size;
    size_t captured = kept > tap->snaplen ? tap->snaplen : kept;
    struct packet_header header = { slot->tp_sec, slot->tp_nsec, captured, before + slot->tp_len + tag_size };
    put(&tap->file, &header, sizeof header);
    size_t start = tap->file.size;
    put(&tap->file, &cooked, before);
    put(&tap->file, packet, slot->tp_snaplen);
    if (tag_size) {
        make_room(&tap->file, tag_size);
        memmove(tap->file.data + start + tag_at + tag_size, tap->file.data + start + tag_at, kept - tag_size - tag_at);
        memcpy(tap->file.data + start + tag_at, tag, tag_size);
    }
    tap->file.size = start + captured;
    tap->count++;
}

static void drain_tap(struct tap *tap)
{
    const struct tpacket2_hdr *slot;
    while ((slot = filled_slot(&tap->ring))) {
        record(tap, slot);
        return_slot(&tap->ring);
    }
}

void drain_taps(void)
{
    for (struct tap *tap = taps; tap; tap = tap->next)
        drain_tap(tap);
}

static bool write_file(const char *path, const struct bytes *what)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0)
        return fail("cannot write '%s': %s", path, strerror(errno));
    bool written = true;
    for (size_t at = 0; written && at < what->size;) {
        ssize_t now = write(file, what->data + at, what->size - at);
        written = now >= 0 || fail("cannot write '%s': %s", path, strerror(errno));
        at += written ? now : 0;
    }
    if (close(file) < 0 && written)
        written = fail("cannot write '%s': %s", path, strerror(errno));
    return written;
}

/* Whether the device of its name is still the one that is captured. */
static bool is_still_there(struct tap *tap)
{
    if (!enter_netns(tap->netns))
        return false;
    bool there = index_of(tap->ring.socket, tap->device) == tap->ring.index;
    leave_netns(tap->netns);
    return there;
}

static bool finish(struct tap *tap, const char *path, uint32_t id)
{
    drain_tap(tap);
    if (!write_file(path, &tap->file))
        return false;
    struct tpacket_stats statistics;
    socklen_t size = sizeof statistics;
    if (getsockopt(tap->ring.socket, SOL_PACKET, PACKET_STATISTICS, &statistics, &size) < 0)
        return fail("PACKET_STATISTICS: %s", strerror(errno));
    struct bytes payload = { 0 };
    put_u8(&payload, is_still_there(tap));
    put_u64(&payload, tap->count);
    put_u64(&payload, statistics.tp_packets);
    put_u64(&payload, statistics.tp_drops);
    answer_with(id, &payload);
    return true;
}

bool stop_tap(uint32_t id, struct request *request)
{
    char *key = take_string(request), *path = take_string(request);
    struct tap *tap = find_tap(key);
    bool stopped = tap || fail("no capture named '%s' was started", key);
    if (tap) {
        struct tap **at = &taps;
        while (*at != tap)
            at = &(*at)->next;
        *at = tap->next;
        stopped = finish(tap, path, id);
        free_tap(tap);
    }
    free(key);
    free(path);
    return stopped;
}

void close_taps(void)
{
    while (taps) {
        struct tap *tap = taps;
        taps = tap->next;
        free_tap(tap);
    }
}
