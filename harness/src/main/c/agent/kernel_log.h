/* The kernel's log. */
#ifndef AGENT_KERNEL_LOG_H
#define AGENT_KERNEL_LOG_H

#include "bytes.h"

/* Answers with the records from a sequence number on. */
bool read_log(uint32_t id, struct request *request);

#endif
