#include "files.h"
#include "system.h"
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reading {
    struct reading *next;
    uint32_t id;
    int file;
    uint64_t size;
};

static struct reading *readings;

bool is_reading(void)
{
    return readings;
}

bool start_reading(uint32_t id, struct request *request)
{
    char *path = take_string(request);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        struct reading *reading = get_memory(sizeof *reading);
        *reading = (struct reading){ .next = readings, .id = id, .file = file };
        readings = reading;
    } else {
        fail("cannot read '%s': %s", path, strerror(errno));
    }
    free(path);
    return file >= 0;
}

/* Returns whether there may be more. */
static bool read_piece(struct reading *reading)
{
    unsigned char data[PIECE];
    ssize_t got = read(reading->file, data, sizeof data);
    if (got > 0) {
        reading->size += got;
        send_chunk(reading->id, 1, data, got);
        return true;
    }
    if (got < 0) {
        fail("read: %s", strerror(errno));
        refuse(reading->id);
        return false;
    }
    struct bytes payload = { 0 };
    put_u64(&payload, reading->size);
    answer_with(reading->id, &payload);
    return false;
}

static void end_reading(struct reading **at)
{
    struct reading *reading = *at;
    *at = reading->next;
    close(reading->file);
    free(reading);
}

void read_on(void)
{
    for (struct reading **at = &readings; *at;) {
        if (read_piece(*at))
            at = &(*at)->next;
        else
            end_reading(at);
    }
}

void stop_reading(void)
{
    while (readings)
        end_reading(&readings);
}
