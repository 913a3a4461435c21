/* What all parts of the agent need of the kernel: clocks, network namespaces, and the telling of failures. */
#ifndef AGENT_SYSTEM_H
#define AGENT_SYSTEM_H

#include <stdbool.h>
#include <stdint.h>

/* Notes why something failed, for the client to read, and returns false. */
bool fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What was noted last. */
const char *failure(void);

/* Nanoseconds since the epoch. */
uint64_t realtime(void);

/* Nanoseconds of a clock that nobody sets. */
uint64_t monotonic(void);

/* Remembers the network namespace that the agent is started in. */
void know_own_netns(void);

/* Whether a network namespace can have this name. */
bool is_netns_name(const char *name);

/* Enters a network namespace, and returns from where it entered: "" is the one that the process is in, any other text a name, "PID/" the
   one of another process, "PID/NAME" the one that has a name there. */
bool enter_netns(const char *netns);
void leave_netns(const char *netns);

/* Returns from any to the one that the agent was started in. */
void go_home(void);

bool unblock(int descriptor);

/* Reads a file that the kernel makes when it is read, up to a limit that includes the zero behind it; -1 with errno. */
long read_whole(int descriptor, char *to, long room);

/* Ends an agent that cannot go on. */
void abandon(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
