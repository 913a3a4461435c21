#include "bytes.h"
#include "system.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 256 };

void *get_memory(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        abandon("out of memory");
    return memory;
}

char *copy_of(const char *string)
{
    size_t size = strlen(string) + 1;
    return memcpy(get_memory(size), string, size);
}

unsigned char *make_room(struct bytes *in, size_t size)
{
    if (in->room - in->size < size) {
        size_t room = in->room ? in->room : SMALLEST;
        while (room - in->size < size)
            room *= 2;
        unsigned char *data = realloc(in->data, room);
        if (!data)
            abandon("out of memory");
        in->data = data;
        in->room = room;
    }
    return in->data + in->size;
}

void put(struct bytes *to, const void *from, size_t size)
{
    if (!size)
        return;
    memcpy(make_room(to, size), from, size);
    to->size += size;
}

void put_u8(struct bytes *to, uint8_t value)
{
    put(to, &value, sizeof value);
}

void put_u32(struct bytes *to, uint32_t value)
{
    value = htobe32(value);
    put(to, &value, sizeof value);
}

void put_u64(struct bytes *to, uint64_t value)
{
    value = htobe64(value);
    put(to, &value, sizeof value);
}

void put_text(struct bytes *to, const void *from, size_t size)
{
    put_u32(to, size);
    put(to, from, size);
}

void drop_front(struct bytes *of, size_t size)
{
    of->size -= size;
    if (of->size)
        memmove(of->data, of->data + size, of->size);
}

bool are_same(const struct bytes *one, const struct bytes *other)
{
    return one->size == other->size && (!one->size || !memcmp(one->data, other->data, one->size));
}

void release(struct bytes *what)
{
    free(what->data);
    *what = (struct bytes){ 0 };
}

static const unsigned char *take(struct request *from, size_t size)
{
    if ((size_t)(from->end - from->at) < size) {
        from->ends_early = true;
        from->at = from->end;
        return NULL;
    }
    const unsigned char *taken = from->at;
    from->at += size;
    return taken;
}

uint8_t take_u8(struct request *from)
{
    const unsigned char *taken = take(from, 1);
    return taken ? *taken : 0;
}

uint32_t take_u32(struct request *from)
{
    uint32_t value = 0;
    const unsigned char *taken = take(from, sizeof value);
    if (taken)
        memcpy(&value, taken, sizeof value);
    return be32toh(value);
}

uint64_t take_u64(struct request *from)
{
    uint64_t value = 0;
    const unsigned char *taken = take(from, sizeof value);
    if (taken)
        memcpy(&value, taken, sizeof value);
    return be64toh(value);
}

struct text take_text(struct request *from)
{
    size_t size = take_u32(from);
    const unsigned char *taken = take(from, size);
    return taken ? (struct text){ taken, size } : (struct text){ from->end, 0 };
}

char *take_string(struct request *from)
{
    struct text text = take_text(from);
    char *string = get_memory(text.size + 1);
    memcpy(string, text.data, text.size);
    return string;
}

char **take_list(struct request *from)
{
    size_t count = take_u32(from);
    /* Each has a length of four bytes at least. */
    if (count > (size_t)(from->end - from->at) / 4) {
        from->ends_early = true;
        count = 0;
    }
    char **list = get_memory((count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = take_string(from);
    return list;
}

void free_list(char **list)
{
    for (char **each = list; each && *each; each++)
        free(*each);
    free(list);
}
