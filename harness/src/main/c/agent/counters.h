/* What the kernel counts in a network namespace: the statistics of its links and files under /proc/net. What is needed to read it
   stays open. */
#ifndef AGENT_COUNTERS_H
#define AGENT_COUNTERS_H

#include "told.h"

/* What is open in a network namespace; null when it cannot be. */
struct counted;
struct counted *counted_of(const char *netns);

/* What the kernel counts for each link: the messages of an RTM_GETSTATS dump as they came. What may have been left half read by a
   failure is not used again. */
bool read_traffic(struct counted *of, struct bytes *to);

/* Reads everything, beside traffic that was read before. */
bool read_counters(struct counted *of, const struct bytes *traffic, struct reading *to);

/* Tells what of a reading the client does not know yet (told.h); the reading is used up. */
void tell_counters(struct counted *of, struct reading *reading, struct bytes *to);

/* Closes what keeps network namespaces alive. */
void close_counted(void);

#endif
