/* What the client knows of the counters of a network namespace. Hundreds of them are read dozens of times and few of them move, so
   that of a reading only what differs from the one before it is told. */
#ifndef AGENT_TOLD_H
#define AGENT_TOLD_H

#include "bytes.h"

/* The files under /proc/net that are read. */
enum { COUNTER_FILES = 4 };

/* What the kernel counted at a moment. */
struct reading {
    uint64_t at;                          /* realtime */
    struct bytes traffic;                 /* the messages of an RTM_GETSTATS dump */
    struct bytes names;                   /* a line for each link: index and name */
    struct bytes files[COUNTER_FILES];    /* lines; none of a file that the kernel does not have */
};

void release_reading(struct reading *reading);

/* Tells what of a reading differs from the one that was told last, which it replaces: u64 realtime; u8 whether everything follows, as
   it does where links came or went; text messages; text names, if everything follows; for each file: u32 count, (u32 line, text line). */
void tell_reading(struct reading *told, struct reading *reading, struct bytes *to);

#endif
