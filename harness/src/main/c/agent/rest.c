#include "rest.h"
#include "counters.h"
#include "system.h"
#include "taps.h"
#include "timers.h"
#include "wire.h"

#include <stdlib.h>
#include <string.h>

struct watch {
    struct watch *next;
    struct timer timer;
    uint32_t id, pause, millis;
    bool wants_counters;
    char **netns;
    size_t count;
    uint64_t deadline;
    struct bytes *last;    /* the traffic of each network namespace */
    struct reading *readings;
};

static struct watch *watches;

static void free_traffic(struct bytes *traffic, size_t count)
{
    for (size_t i = 0; traffic && i < count; i++)
        release(&traffic[i]);
    free(traffic);
}

static void end_watch(struct watch *watch)
{
    struct watch **at = &watches;
    while (*at != watch)
        at = &(*at)->next;
    *at = watch->next;
    stop_timer(&watch->timer);
    free_traffic(watch->last, watch->count);
    for (size_t i = 0; i < watch->count; i++)
        release_reading(&watch->readings[i]);
    free(watch->readings);
    free_list(watch->netns);
    free(watch);
}

void forget_rest(void)
{
    while (watches)
        end_watch(watches);
}

/* Reads the traffic of each; null when it cannot. */
static struct bytes *read_all(const struct watch *watch)
{
    struct bytes *traffic = get_memory(watch->count * sizeof *traffic);
    for (size_t i = 0; i < watch->count; i++) {
        struct counted *counted = counted_of(watch->netns[i]);
        if (!counted || !read_traffic(counted, &traffic[i])) {
            free_traffic(traffic, watch->count);
            return NULL;
        }
    }
    return traffic;
}

static bool is_same(const struct watch *watch, const struct bytes *traffic)
{
    for (size_t i = 0; i < watch->count; i++)
        if (watch->last[i].size != traffic[i].size || memcmp(watch->last[i].data, traffic[i].data, traffic[i].size))
            return false;
    return true;
}

static bool read_all_counters(struct watch *watch)
{
    for (size_t i = 0; i < watch->count; i++) {
        struct counted *counted = counted_of(watch->netns[i]);
        if (!counted || !read_counters(counted, &watch->last[i], &watch->readings[i]))
            return false;
    }
    return true;
}

static bool tell(const struct watch *watch)
{
    struct bytes payload = { 0 };
    for (size_t i = 0; watch->wants_counters && i < watch->count; i++) {
        struct counted *counted = counted_of(watch->netns[i]);
        if (!counted) {
            release(&payload);
            return false;
        }
        tell_counters(counted, &watch->readings[i], &payload);
    }
    answer_with(watch->id, &payload);
    return true;
}

/* Returns whether it is to be looked at again. */
static bool look(struct watch *watch, bool *failed);

static void look_again(struct timer *timer)
{
    struct watch *watch = OWNER_OF(timer, struct watch, timer);
    bool failed = false;
    if (look(watch, &failed))
        return;
    if (failed)
        refuse(watch->id);
    end_watch(watch);
}

static bool look(struct watch *watch, bool *failed)
{
    struct bytes *traffic = read_all(watch);
    *failed = !traffic;
    if (*failed)
        return false;
    if (watch->last && is_same(watch, traffic)) {
        free_traffic(traffic, watch->count);
        *failed = !tell(watch);
        return false;
    }
    free_traffic(watch->last, watch->count);
    watch->last = traffic;
    uint64_t now = monotonic();
    *failed = now > watch->deadline && !fail("packets passed for %u ms", watch->millis);
    /* Within the pause: should it turn out not to have been one, they are read again. */
    *failed = *failed || (watch->wants_counters && !read_all_counters(watch));
    if (!*failed)
        set_timer(&watch->timer, now + watch->pause * UINT64_C(1000000), look_again);
    return !*failed;
}

bool await_rest(uint32_t id, struct request *request)
{
    struct watch *watch = get_memory(sizeof *watch);
    watch->next = watches;
    watches = watch;
    watch->id = id;
    watch->pause = take_u32(request);
    watch->millis = take_u32(request);
    watch->wants_counters = take_u8(request);
    watch->netns = take_list(request);
    while (watch->netns[watch->count])
        watch->count++;
    watch->readings = get_memory(watch->count * sizeof *watch->readings);
    watch->deadline = monotonic() + watch->millis * UINT64_C(1000000);
    drain_taps();
    bool failed = false;
    if (!look(watch, &failed))
        end_watch(watch);
    return !failed;
}
