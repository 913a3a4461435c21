/* Captures of whole packets: a ring that a packet socket shares with the kernel for each (packet(7), PACKET_RX_RING), which is read
 * when links are asked whether they are at rest, so that no packet wakes anybody. The kernel copies a packet into it when it passes:
 * what a socket queues instead changes with what becomes of the packet, and fou changes headers where they are (fou_recv_pull in
 * net/ipv4/fou_core.c). What is captured looks as libpcap has it (pcap-linux.c): the link types, the cooked header, and the VLAN
 * tag, which the kernel tells beside the frame, where it was.
 */
#ifndef AGENT_TAPS_H
#define AGENT_TAPS_H

#include "bytes.h"

/* Answers when it captures. */
bool start_tap(uint32_t id, struct request *request);

/* Answers once what was captured is in a file. */
bool stop_tap(uint32_t id, struct request *request);

/* Takes what the kernel holds for all captures. */
void drain_taps(void);

void close_taps(void);

#endif
