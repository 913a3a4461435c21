/* Netlink messages that are handed to the kernel as they come, and what it answers. */
#ifndef AGENT_NETLINK_H
#define AGENT_NETLINK_H

#include "bytes.h"

bool relay(uint32_t id, struct request *request);

#endif
