#include "commands.h"
#include "builtins.h"
#include "iproute.h"
#include "jobs.h"
#include "system.h"

#include <stdlib.h>
#include <string.h>

void free_command(struct command *command)
{
    stop_timer(&command->deadline);
    free(command->netns);
    release(&command->input);
    free_list(command->argv);
    free(command);
}

bool run_command(uint32_t id, struct request *request)
{
    struct command *command = get_memory(sizeof *command);
    command->id = id;
    command->millis = take_u32(request);
    command->limit = take_u64(request);
    command->netns = take_string(request);
    struct text input = take_text(request);
    put(&command->input, input.data, input.size);
    command->argv = take_list(request);
    const char *program = command->argv[0];
    if (program && is_ip(program)) {
        run_ip(command);
        return true;
    }
    bool done = program ? carries_out(command) || run_alone(command) : fail("no command given");
    free_command(command);
    return done;
}
