/* Bytes that grow, what can be told to a reader of them, and the reading of a request. All integers are big-endian. */
#ifndef AGENT_BYTES_H
#define AGENT_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
    unsigned char *data;
    size_t size, room;
};

void put(struct bytes *to, const void *from, size_t size);
void put_u8(struct bytes *to, uint8_t value);
void put_u32(struct bytes *to, uint32_t value);
void put_u64(struct bytes *to, uint64_t value);

/* A u32 length and the bytes. */
void put_text(struct bytes *to, const void *from, size_t size);

/* Makes room for so many bytes behind those there are, and returns where they go; the size is the caller's to add. */
unsigned char *make_room(struct bytes *in, size_t size);

void drop_front(struct bytes *of, size_t size);
bool are_same(const struct bytes *one, const struct bytes *other);
void release(struct bytes *what);

/* What is left of a request. One that ends before what is taken from it is marked, and gives zeros and empty texts. */
struct request {
    const unsigned char *at, *end;
    bool ends_early;
};

struct text {
    const unsigned char *data;
    size_t size;
};

uint8_t take_u8(struct request *from);
uint32_t take_u32(struct request *from);
uint64_t take_u64(struct request *from);
struct text take_text(struct request *from);

/* A text as a string of its own, which the caller frees. */
char *take_string(struct request *from);

/* A u32 count and its texts, ended by a null pointer; free_list frees it. A count that the request cannot hold is taken for its
   early end. */
char **take_list(struct request *from);
void free_list(char **list);

/* Memory, or the end of the agent. */
void *get_memory(size_t size);
char *copy_of(const char *string);

#endif
