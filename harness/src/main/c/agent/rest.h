/* Whether packets still pass. */
#ifndef AGENT_REST_H
#define AGENT_REST_H

#include "bytes.h"

/* Answers once the links of network namespaces are at rest: once two readings of all their packet counters, a pause apart, are the same. */
bool await_rest(uint32_t id, struct request *request);

void forget_rest(void);

#endif
