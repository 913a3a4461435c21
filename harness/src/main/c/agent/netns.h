/* Network namespaces that have names, as those of `ip netns` (ip/ipnetns.c of iproute2). */
#ifndef AGENT_NETNS_H
#define AGENT_NETNS_H

#include <stdbool.h>

/* Makes one, where `ip netns add` has made one before; false leaves nothing behind. */
bool make_netns(const char *name);

bool remove_netns(const char *name);

#endif
