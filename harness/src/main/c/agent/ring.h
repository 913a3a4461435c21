/* A packet socket and the ring that the kernel fills for it. */
#ifndef AGENT_RING_H
#define AGENT_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tpacket2_hdr;

enum { LINKTYPE_ETHERNET = 1, LINKTYPE_RAW = 101, LINKTYPE_LINUX_SLL = 113 };

struct ring {
    int socket, index;    /* the device's */
    uint32_t linktype;
    unsigned char *memory;
    unsigned slot;
};

#define NO_RING ((struct ring){ .socket = -1 })

/* Captures at a device, which listens to all that passes. */
bool open_ring(struct ring *ring, const char *device);
void close_ring(struct ring *ring);

/* The next slot that the kernel has filled; null when there is none. */
const struct tpacket2_hdr *filled_slot(const struct ring *ring);

/* Makes it the kernel's again. */
void return_slot(struct ring *ring);

/* A device's index, -1 if there is none. */
int index_of(int socket, const char *device);

/* struct sll_header of libpcap, in network byte order. */
struct cooked_header {
    uint16_t kind, hardware, size;
    unsigned char address[8];
    uint16_t protocol;
};

struct cooked_header cooked_header_of(const struct tpacket2_hdr *slot);

/* Fills in the VLAN tag that the kernel took off a frame and returns how long it is, 0 without one. */
size_t vlan_tag_of(const struct tpacket2_hdr *slot, unsigned char tag[4]);

#endif
