/* The frames on standard input and output; agent.c has their table. */
#ifndef AGENT_WIRE_H
#define AGENT_WIRE_H

#include "bytes.h"

#include <stdbool.h>
#include <stdint.h>

/* The most that goes into one chunk. */
enum { PIECE = 65536 };

/* Whether more may be produced: the client takes what there is. */
bool has_room(void);

bool is_output_waiting(void);

/* Forgets what an earlier client did not take. */
void forget_output(void);

/* Reads what has come and serves every whole frame; a service that fails has its request refused. False at the end of standard input. */
bool take_in(bool (*serve)(uint8_t type, uint32_t id, struct request *request));

void send_chunk(uint32_t id, uint8_t stream, const void *data, size_t size);
void answer(uint32_t id, const void *data, size_t size);
void answer_with(uint32_t id, struct bytes *payload);    /* which is released */

/* Tells the client why: what fail noted. */
void refuse(uint32_t id);

void flush_output(void);

#endif
