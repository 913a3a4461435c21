/* What is to be done at a later time. A timer is part of what it concerns, which stops it before it goes. */
#ifndef AGENT_TIMERS_H
#define AGENT_TIMERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct timer {
    struct timer *next;
    uint64_t due;
    bool runs;
    void (*code)(struct timer *);
};

/* What a timer is part of. */
#define OWNER_OF(timer, type, member) ((type *)((char *)(timer) - offsetof(type, member)))

/* At a monotonic time; a timer that runs is set anew. */
void set_timer(struct timer *timer, uint64_t due, void (*code)(struct timer *));
void set_timer_after(struct timer *timer, uint64_t millis, void (*code)(struct timer *));
void stop_timer(struct timer *timer);

void run_due_timers(uint64_t now);

/* The monotonic time at which something is to be done next; UINT64_MAX if nothing is. */
uint64_t next_timer(void);

void stop_all_timers(void);

#endif
