#define _GNU_SOURCE
#include "ring.h"
#include "system.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* A slot has struct tpacket2_hdr, struct sockaddr_ll, up to 28 bytes that align what follows, and a packet of up to 9216 bytes.
   168 slots are twice what any stimulus makes pass one point. */
enum { SLOT = 9296, BLOCK = 65536, BLOCKS = 24, SLOTS_OF_BLOCK = BLOCK / SLOT, SLOTS = BLOCKS * SLOTS_OF_BLOCK };

static uint32_t linktype_of(int hardware)
{
    switch (hardware) {
    case ARPHRD_ETHER:
        return LINKTYPE_ETHERNET;
    case ARPHRD_TUNNEL:
    case ARPHRD_SIT:
    case ARPHRD_NONE:
        return LINKTYPE_RAW;
    default:
        return LINKTYPE_LINUX_SLL;
    }
}

static bool ask_of(int socket, unsigned long question, const char *device, struct ifreq *request)
{
    *request = (struct ifreq){ 0 };
    strncpy(request->ifr_name, device, IFNAMSIZ - 1);
    return ioctl(socket, question, request) == 0;
}

int index_of(int socket, const char *device)
{
    struct ifreq request;
    return ask_of(socket, SIOCGIFINDEX, device, &request) ? request.ifr_ifindex : -1;
}

static bool set(int socket, int option, const void *value, socklen_t size, const char *name)
{
    return setsockopt(socket, SOL_PACKET, option, value, size) == 0 || fail("%s: %s", name, strerror(errno));
}

/* Opens a socket that receives nothing until it is bound to the device: it is of protocol 0. */
static bool open_socket(struct ring *ring, const char *device)
{
    struct ifreq request;
    ring->socket = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (ring->socket < 0)
        return fail("packet socket: %s", strerror(errno));
    ring->index = index_of(ring->socket, device);
    if (ring->index < 0)
        return fail("no device '%s': %s", device, strerror(errno));
    if (!ask_of(ring->socket, SIOCGIFHWADDR, device, &request))
        return fail("%s: SIOCGIFHWADDR: %s", device, strerror(errno));
    ring->linktype = linktype_of(request.ifr_hwaddr.sa_family);
    if (ring->linktype == LINKTYPE_LINUX_SLL) {
        close(ring->socket);
        ring->socket = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    }
    return ring->socket >= 0 || fail("packet socket: %s", strerror(errno));
}

static bool map(struct ring *ring)
{
    int version = TPACKET_V2;
    struct tpacket_req wanted = { BLOCK, BLOCKS, SLOT, SLOTS };
    if (!set(ring->socket, PACKET_VERSION, &version, sizeof version, "PACKET_VERSION")
        || !set(ring->socket, PACKET_RX_RING, &wanted, sizeof wanted, "PACKET_RX_RING"))
        return false;
    void *memory = mmap(NULL, BLOCKS * BLOCK, PROT_READ | PROT_WRITE, MAP_SHARED, ring->socket, 0);
    if (memory == MAP_FAILED)
        return fail("mmap: %s", strerror(errno));
    ring->memory = memory;
    return true;
}

bool open_ring(struct ring *ring, const char *device)
{
    *ring = NO_RING;
    bool opened = open_socket(ring, device) && map(ring);
    /* The kernel's log tells of it: that what a log lacks was not said, is known from this. */
    struct packet_mreq promiscuous = { .mr_ifindex = ring->index, .mr_type = PACKET_MR_PROMISC };
    opened = opened && set(ring->socket, PACKET_ADD_MEMBERSHIP, &promiscuous, sizeof promiscuous, "PACKET_ADD_MEMBERSHIP");
    struct sockaddr_ll place = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = ring->index };
    if (opened && bind(ring->socket, (struct sockaddr *)&place, sizeof place) < 0)
        opened = fail("cannot capture at '%s': %s", device, strerror(errno));
    if (!opened)
        close_ring(ring);
    return opened;
}

void close_ring(struct ring *ring)
{
    if (ring->memory)
        munmap(ring->memory, BLOCKS * BLOCK);
    if (ring->socket >= 0)
        close(ring->socket);
    *ring = NO_RING;
}

static struct tpacket2_hdr *slot_of(const struct ring *ring)
{
    return (void *)(ring->memory + ring->slot / SLOTS_OF_BLOCK * BLOCK + ring->slot % SLOTS_OF_BLOCK * SLOT);
}

const struct tpacket2_hdr *filled_slot(const struct ring *ring)
{
    const struct tpacket2_hdr *slot = slot_of(ring);
    return __atomic_load_n(&slot->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER ? slot : NULL;
}

void return_slot(struct ring *ring)
{
    __atomic_store_n(&slot_of(ring)->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    ring->slot = (ring->slot + 1) % SLOTS;
}

struct cooked_header cooked_header_of(const struct tpacket2_hdr *slot)
{
    const struct sockaddr_ll *from = (const void *)((const unsigned char *)slot + TPACKET_ALIGN(sizeof *slot));
    struct cooked_header header = { htons(from->sll_pkttype), htons(from->sll_hatype), htons(from->sll_halen), { 0 }, from->sll_protocol };
    memcpy(header.address, from->sll_addr, sizeof header.address);
    return header;
}

size_t vlan_tag_of(const struct tpacket2_hdr *slot, unsigned char tag[4])
{
    if (!slot->tp_vlan_tci && !(slot->tp_status & TP_STATUS_VLAN_VALID))
        return 0;
    bool is_known = slot->tp_vlan_tpid || slot->tp_status & TP_STATUS_VLAN_TPID_VALID;
    uint16_t words[2] = { htons(is_known ? slot->tp_vlan_tpid : ETH_P_8021Q), htons(slot->tp_vlan_tci) };
    memcpy(tag, words, sizeof words);
    return sizeof words;
}
