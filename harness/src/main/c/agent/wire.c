#include "wire.h"
#include "system.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { MAGIC = 0xC7, HEADER = 10, LONGEST = 131072, HIGH_WATER = 1048576 };
enum { RESULT = 101, CHUNK = 102, ERROR = 103 };

static struct bytes in, out;

bool has_room(void)
{
    return out.size < HIGH_WATER;
}

bool is_output_waiting(void)
{
    return out.size > 0;
}

void forget_output(void)
{
    out.size = 0;
}

/* Serves the frame at the start of what came and returns how many bytes are done with; 0 when more must come first. */
static size_t serve_first(const unsigned char *data, size_t size, bool (*serve)(uint8_t, uint32_t, struct request *))
{
    if (*data != MAGIC) {
        const unsigned char *next = memchr(data, MAGIC, size);
        return next ? (size_t)(next - data) : size;
    }
    if (size < HEADER)
        return 0;
    struct request header = { data + 1, data + HEADER, false };
    size_t length = take_u32(&header);
    uint8_t type = take_u8(&header);
    uint32_t id = take_u32(&header);
    if (length < 5 || length > LONGEST)
        return 1;
    if (size < 5 + length)
        return 0;
    struct request request = { data + HEADER, data + 5 + length, false };
    if (!serve(type, id, &request))
        refuse(id);
    return 5 + length;
}

bool take_in(bool (*serve)(uint8_t, uint32_t, struct request *))
{
    ssize_t got = read(STDIN_FILENO, make_room(&in, PIECE), PIECE);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    if (got <= 0)
        return false;
    in.size += got;
    size_t done = 0, now;
    while (done < in.size && (now = serve_first(in.data + done, in.size - done, serve)) > 0)
        done += now;
    drop_front(&in, done);
    return true;
}

static void send_frame(uint8_t type, uint32_t id, const void *before, size_t size_before, const void *data, size_t size)
{
    put_u8(&out, MAGIC);
    put_u32(&out, 5 + size_before + size);
    put_u8(&out, type);
    put_u32(&out, id);
    put(&out, before, size_before);
    put(&out, data, size);
    flush_output();
}

void send_chunk(uint32_t id, uint8_t stream, const void *data, size_t size)
{
    send_frame(CHUNK, id, &stream, 1, data, size);
}

void answer(uint32_t id, const void *data, size_t size)
{
    send_frame(RESULT, id, NULL, 0, data, size);
}

void answer_with(uint32_t id, struct bytes *payload)
{
    answer(id, payload->data, payload->size);
    release(payload);
}

void refuse(uint32_t id)
{
    send_frame(ERROR, id, NULL, 0, failure(), strlen(failure()));
}

void flush_output(void)
{
    size_t sent = 0;
    while (sent < out.size) {
        ssize_t now = write(STDOUT_FILENO, out.data + sent, out.size - sent < PIECE ? out.size - sent : PIECE);
        if (now < 0 && errno == EINTR)
            continue;
        if (now < 0 && errno == EAGAIN)
            break;
        if (now < 0)
            abandon("standard output: %s", strerror(errno));
        sent += now;
    }
    drop_front(&out, sent);
}
