/* Who carries a command out: a process of its own, unless starting that can be spared. */
#ifndef AGENT_COMMANDS_H
#define AGENT_COMMANDS_H

#include "bytes.h"

#include <stdbool.h>
#include <stdint.h>

struct command;

bool run_command(uint32_t id, struct request *request);

void free_command(struct command *command);

#endif
