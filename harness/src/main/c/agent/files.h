/* Files that go to the client. */
#ifndef AGENT_FILES_H
#define AGENT_FILES_H

#include "bytes.h"

bool start_reading(uint32_t id, struct request *request);
bool is_reading(void);

/* One chunk of each file that is being read: several go out side by side. */
void read_on(void);

void stop_reading(void);

#endif
