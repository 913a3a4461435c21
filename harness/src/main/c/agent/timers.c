#include "timers.h"
#include "system.h"

static struct timer *first;    /* that is due first */

void set_timer(struct timer *timer, uint64_t due, void (*code)(struct timer *))
{
    stop_timer(timer);
    struct timer **at = &first;
    while (*at && (*at)->due <= due)
        at = &(*at)->next;
    *timer = (struct timer){ .next = *at, .due = due, .runs = true, .code = code };
    *at = timer;
}

void set_timer_after(struct timer *timer, uint64_t millis, void (*code)(struct timer *))
{
    set_timer(timer, monotonic() + millis * 1000000, code);
}

void stop_timer(struct timer *timer)
{
    if (!timer->runs)
        return;
    struct timer **at = &first;
    while (*at != timer)
        at = &(*at)->next;
    *at = timer->next;
    timer->runs = false;
}

void run_due_timers(uint64_t now)
{
    while (first && first->due <= now) {
        struct timer *timer = first;
        stop_timer(timer);
        timer->code(timer);
    }
}

uint64_t next_timer(void)
{
    return first ? first->due : UINT64_MAX;
}

void stop_all_timers(void)
{
    while (first)
        stop_timer(first);
}
