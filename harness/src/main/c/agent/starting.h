/* The start of a program. */
#ifndef AGENT_STARTING_H
#define AGENT_STARTING_H

#include <sys/types.h>

/* Starts a program in a network namespace, with pipes for its standard streams of which the agent's ends are told; -1 when it
   fails. A program that cannot be executed ends with 127 and says why, as with a shell. */
pid_t start_process(const char *netns, char *const argv[], int ours[3]);

#endif
