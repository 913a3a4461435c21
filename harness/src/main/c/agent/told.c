#include "told.h"

#include <linux/if_link.h>
#include <linux/netlink.h>
#include <string.h>

/* What says of a message how long it is and which link it is about. */
enum { MESSAGE_HEAD = NLMSG_HDRLEN + sizeof(struct if_stats_msg) };

void release_reading(struct reading *reading)
{
    release(&reading->traffic);
    release(&reading->names);
    for (int i = 0; i < COUNTER_FILES; i++)
        release(&reading->files[i]);
}

/* The length of the message that begins there; 0 at the end. */
static size_t message_at(const struct bytes *traffic, size_t at)
{
    struct nlmsghdr header;
    if (at + MESSAGE_HEAD > traffic->size)
        return 0;
    memcpy(&header, traffic->data + at, sizeof header);
    size_t size = NLMSG_ALIGN(header.nlmsg_len);
    return size <= traffic->size - at ? size : 0;
}

/* The length of the line that begins there, with its end; 0 at the end. */
static size_t line_at(const struct bytes *lines, size_t at)
{
    if (at == lines->size)
        return 0;
    const unsigned char *end = memchr(lines->data + at, '\n', lines->size - at);
    return end ? (size_t)(end + 1 - lines->data) - at : lines->size - at;
}

static bool has_same_links(const struct bytes *told, const struct bytes *traffic)
{
    if (told->size != traffic->size)
        return false;
    for (size_t at = 0, size; (size = message_at(traffic, at)); at += size)
        if (memcmp(told->data + at, traffic->data + at, MESSAGE_HEAD))
            return false;
    return true;
}

static size_t count_lines(const struct bytes *lines)
{
    size_t count = 0;
    for (size_t at = 0, size; (size = line_at(lines, at)); at += size)
        count++;
    return count;
}

/* Whether a reading differs from another in nothing but its numbers. */
static bool is_alike(const struct reading *told, const struct reading *reading)
{
    for (int i = 0; i < COUNTER_FILES; i++)
        if (count_lines(&told->files[i]) != count_lines(&reading->files[i]))
            return false;
    return are_same(&told->names, &reading->names) && has_same_links(&told->traffic, &reading->traffic);
}

/* Each message that is not in the same place of what was told. */
static void put_messages(const struct bytes *told, const struct bytes *traffic, struct bytes *to)
{
    struct bytes changed = { 0 };
    for (size_t at = 0, size; (size = message_at(traffic, at)); at += size)
        if (at + size > told->size || memcmp(told->data + at, traffic->data + at, size))
            put(&changed, traffic->data + at, size);
    put_text(to, changed.data, changed.size);
    release(&changed);
}

static void put_lines(const struct bytes *told, const struct bytes *lines, struct bytes *to)
{
    struct bytes changed = { 0 };
    uint32_t count = 0, line = 0;
    for (size_t at = 0, size, told_at = 0, told_size; (size = line_at(lines, at)); at += size, told_at += told_size, line++) {
        told_size = line_at(told, told_at);
        if (size == told_size && !memcmp(told->data + told_at, lines->data + at, size))
            continue;
        put_u32(&changed, line);
        put_text(&changed, lines->data + at, size - 1);
        count++;
    }
    put_u32(to, count);
    put(to, changed.data, changed.size);
    release(&changed);
}

void tell_reading(struct reading *told, struct reading *reading, struct bytes *to)
{
    bool everything = !is_alike(told, reading);
    if (everything)
        release_reading(told);
    put_u64(to, reading->at);
    put_u8(to, everything);
    put_messages(&told->traffic, &reading->traffic, to);
    if (everything)
        put_text(to, reading->names.data, reading->names.size);
    for (int i = 0; i < COUNTER_FILES; i++)
        put_lines(&told->files[i], &reading->files[i], to);
    release_reading(told);
    *told = *reading;
    *reading = (struct reading){ 0 };
}
