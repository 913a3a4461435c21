/* Commands that the agent carries out itself, as a shell does its builtins: to start a program costs far more than what these then do. What
   does not succeed is left to the program, which says why. */
#ifndef AGENT_BUILTINS_H
#define AGENT_BUILTINS_H

#include <stdbool.h>

struct command;

/* Answers and returns true, or does neither. */
bool carries_out(struct command *command);

#endif
