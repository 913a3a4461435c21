/* A process that stays in the network namespace that the agent was started in. The agent itself enters others for moments, and whoever
   looks for that of its process id meanwhile (get_net_ns_by_pid() in net/core/net_namespace.c, /proc/PID/ns/net) finds another. */
#ifndef AGENT_RESIDENT_H
#define AGENT_RESIDENT_H

#include <sys/types.h>

/* Starts it; it ends with the agent. */
void start_resident(void);

pid_t resident(void);

#endif
