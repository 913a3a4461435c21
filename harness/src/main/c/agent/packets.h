/* Packets that are handed to the kernel. */
#ifndef AGENT_PACKETS_H
#define AGENT_PACKETS_H

#include "bytes.h"

/* Keeps the kernel stamping packets with the time. Otherwise the first capture switches that on and the last one off, by patching
   code that runs (net_enable_timestamp in net/core/dev.c); QEMU's emulation of several processors does not always survive this
   (int3 oops in netif_receive_skb_list_internal). */
void keep_stamping(void);

/* Answers once all entries were handed over. */
bool inject(uint32_t id, struct request *request);

void close_injectors(void);

#endif
