#include "kernel_log.h"
#include "system.h"
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The longest record that the kernel makes (PRINTK_MESSAGE_MAX in kernel/printk/internal.h, and as much again for its words). */
enum { LONGEST = 8192 };

/* Priority, sequence number, what follows. */
static uint64_t sequence_of(const char *record)
{
    const char *comma = strchr(record, ',');
    return comma ? strtoull(comma + 1, NULL, 10) : 0;
}

bool read_log(uint32_t id, struct request *request)
{
    uint64_t next = take_u64(request);
    int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (log < 0)
        return fail("cannot read '/dev/kmsg': %s", strerror(errno));
    struct bytes records = { 0 }, payload = { 0 };
    uint32_t count = 0;
    char record[LONGEST + 1];
    while (true) {
        ssize_t got = read(log, record, LONGEST);
        /* EPIPE: overwritten meanwhile, read on */
        if (got < 0 && (errno == EINTR || errno == EPIPE))
            continue;
        if (got <= 0)
            break;
        record[got] = 0;
        uint64_t sequence = sequence_of(record);
        if (sequence < next)
            continue;
        put_text(&records, record, got);
        count++;
        next = sequence + 1;
    }
    close(log);
    put_u64(&payload, next);
    put_u32(&payload, count);
    put(&payload, records.data, records.size);
    release(&records);
    answer_with(id, &payload);
    return true;
}
