#define _GNU_SOURCE
#include "packets.h"
#include "system.h"
#include "timers.h"
#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ETHERNET = 0, IPV4 = 4, IPV6 = 6 };
enum { SEND_BUFFER = 4194304, ETHER_ADDRESS = 6, ETHER_TYPE_AT = 12 };

/* A socket, by kind and network namespace. */
struct injector {
    struct injector *next;
    uint8_t kind;
    char *netns;
    int socket;
};

/* What is left of a request to inject. */
struct batch {
    struct batch *next;
    struct timer timer;
    uint32_t id, left, done;
    struct bytes entries, told;
    struct request rest;
    bool has_waited;
};

static struct injector *injectors;
static struct batch *batches;

void keep_stamping(void)
{
    int on = 1, any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (any < 0)
        abandon("datagram socket: %s", strerror(errno));
    if (setsockopt(any, SOL_SOCKET, SO_TIMESTAMP, &on, sizeof on) < 0)
        abandon("SO_TIMESTAMP: %s", strerror(errno));
}

static void end_batch(struct batch *batch)
{
    struct batch **at = &batches;
    while (*at != batch)
        at = &(*at)->next;
    *at = batch->next;
    stop_timer(&batch->timer);
    release(&batch->entries);
    release(&batch->told);
    free(batch);
}

void close_injectors(void)
{
    while (batches)
        end_batch(batches);
    while (injectors) {
        struct injector *injector = injectors;
        injectors = injector->next;
        close(injector->socket);
        free(injector->netns);
        free(injector);
    }
}

static int open_one(uint8_t kind)
{
    /* Of protocol 0 a packet socket receives nothing. IPPROTO_RAW implies IP_HDRINCL, of IPv4. */
    int family = kind == ETHERNET ? AF_PACKET : kind == IPV4 ? AF_INET : AF_INET6, size = SEND_BUFFER, on = 1;
    if (kind != ETHERNET && kind != IPV4 && kind != IPV6) {
        fail("unknown kind of packet %u", kind);
        return -1;
    }
    int new = socket(family, SOCK_RAW | SOCK_CLOEXEC, kind == ETHERNET ? 0 : IPPROTO_RAW);
    if (new < 0)
        fail("%s socket: %s", kind == ETHERNET ? "packet" : "raw", strerror(errno));
    else if (kind == IPV4 && setsockopt(new, SOL_SOCKET, SO_BROADCAST, &on, sizeof on) < 0)
        fail("SO_BROADCAST: %s", strerror(errno));
    else if (kind == IPV6 && setsockopt(new, IPPROTO_IPV6, IPV6_HDRINCL, &on, sizeof on) < 0)
        fail("IPV6_HDRINCL: %s", strerror(errno));
    else if (setsockopt(new, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) < 0)
        fail("SO_SNDBUF: %s", strerror(errno));
    else
        return new;
    if (new >= 0)
        close(new);
    return -1;
}

/* The socket of a kind in a network namespace, -1 if there cannot be one. */
static int injector_of(uint8_t kind, const char *netns)
{
    for (struct injector *each = injectors; each; each = each->next)
        if (each->kind == kind && !strcmp(each->netns, netns))
            return each->socket;
    if (!enter_netns(netns))
        return -1;
    int socket = open_one(kind);
    leave_netns(netns);
    if (socket < 0)
        return -1;
    struct injector *injector = get_memory(sizeof *injector);
    *injector = (struct injector){ injectors, kind, copy_of(netns), socket };
    injectors = injector;
    return socket;
}

static bool send_to(int socket, struct text packet, const void *address, socklen_t size)
{
    return sendto(socket, packet.data, packet.size, MSG_DONTWAIT, address, size) >= 0 || fail("%s", strerror(errno));
}

/* The bytes at an offset, zeros where the packet ends before. */
static void copy_from(struct text packet, size_t at, void *to, size_t size)
{
    memset(to, 0, size);
    if (at < packet.size)
        memcpy(to, packet.data + at, packet.size - at < size ? packet.size - at : size);
}

static bool send_frame(int socket, const char *device, struct text frame)
{
    struct ifreq request = { 0 };
    strncpy(request.ifr_name, device, IFNAMSIZ - 1);
    if (ioctl(socket, SIOCGIFINDEX, &request) < 0)
        return fail("no device '%s': %s", device, strerror(errno));
    struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_ifindex = request.ifr_ifindex, .sll_halen = ETHER_ADDRESS };
    /* The protocol only steers taps, and is the frame's own EtherType. */
    copy_from(frame, ETHER_TYPE_AT, &to.sll_protocol, sizeof to.sll_protocol);
    copy_from(frame, 0, to.sll_addr, ETHER_ADDRESS);
    return send_to(socket, frame, &to, sizeof to);
}

static bool send_packet(int socket, uint8_t kind, const char *device, struct text packet)
{
    char name[IFNAMSIZ] = { 0 };
    strncpy(name, device, IFNAMSIZ - 1);
    if (setsockopt(socket, SOL_SOCKET, SO_BINDTODEVICE, name, sizeof name) < 0)
        return fail("no device '%s': %s", device, strerror(errno));
    if (kind == IPV4) {
        struct sockaddr_in to = { .sin_family = AF_INET };
        copy_from(packet, 16, &to.sin_addr, sizeof to.sin_addr);
        return send_to(socket, packet, &to, sizeof to);
    }
    struct sockaddr_in6 to = { .sin6_family = AF_INET6 };
    copy_from(packet, 24, &to.sin6_addr, sizeof to.sin6_addr);
    return send_to(socket, packet, &to, sizeof to);
}

/* A full queue is an error of the entry, never a wait. */
static bool emit(uint8_t kind, const char *netns, const char *device, struct text bytes)
{
    int socket = injector_of(kind, netns);
    if (socket < 0)
        return false;
    return kind == ETHERNET ? send_frame(socket, device, bytes) : send_packet(socket, kind, device, bytes);
}

static void emit_next(struct batch *batch)
{
    uint8_t kind = take_u8(&batch->rest);
    char *netns = take_string(&batch->rest), *device = take_string(&batch->rest);
    struct text bytes = take_text(&batch->rest);
    bool sent = batch->rest.ends_early ? fail("a request that ends early") : emit(kind, netns, device, bytes);
    put_u64(&batch->told, realtime());
    put_text(&batch->told, failure(), sent ? 0 : strlen(failure()));
    free(netns);
    free(device);
    batch->left--;
    batch->done++;
}

static void go_on(struct timer *timer)
{
    struct batch *batch = OWNER_OF(timer, struct batch, timer);
    while (batch->left) {
        uint32_t micros = batch->has_waited ? 0 : take_u32(&batch->rest);
        batch->has_waited = micros;
        if (micros) {
            set_timer(timer, monotonic() + micros * UINT64_C(1000), go_on);
            return;
        }
        emit_next(batch);
    }
    struct bytes payload = { 0 };
    put_u32(&payload, batch->done);
    put(&payload, batch->told.data, batch->told.size);
    answer_with(batch->id, &payload);
    end_batch(batch);
}

bool inject(uint32_t id, struct request *request)
{
    struct batch *batch = get_memory(sizeof *batch);
    batch->next = batches;
    batches = batch;
    batch->id = id;
    batch->left = take_u32(request);
    put(&batch->entries, request->at, request->end - request->at);
    batch->rest = (struct request){ batch->entries.data, batch->entries.data + batch->entries.size, false };
    go_on(&batch->timer);
    return true;
}
