/* A virtio-serial port in place of standard input and output. It outlives its clients: without one it reads as ended, until the
   next comes. */
#ifndef AGENT_PORT_H
#define AGENT_PORT_H

#include <stdbool.h>

/* Opens the port of that name as standard input and output. The engine gets nothing to read any more, so last words go to the
   kernel's log. */
void become_standard(const char *name);

bool has_port(void);

/* Whether nobody was at the other end when last looked at. */
bool is_deserted(void);

/* Looks for a client again in a while; false where there is no port and nobody will come. */
bool desert(void);

#endif
