#define _GNU_SOURCE
#include "iproute.h"
#include "builtins.h"
#include "commands.h"
#include "ip_words.h"
#include "jobs.h"
#include "system.h"
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MARK "culvert-asks-for-the-end"

enum { REFUSED = 2 };

struct process {
    struct process *next;
    char *key;    /* network namespace, program, options, and whether it lists */
    char *netns;
    struct job *job;
    int input;
    unsigned long lines;
    bool lists, listed_links, old;
    struct command *command;
    struct bytes text[2];
};

static struct process *kept;
static struct process *old_ones;    /* which have a command left to carry out, or are about to end */
static struct command *waiting;     /* in their order; the first of each network namespace is being carried out */

static void begin(struct command *command);

bool is_ip(const char *program)
{
    const char *slash = strrchr(program, '/');
    return !strcmp(slash ? slash + 1 : program, "ip");
}

static struct command *first_in(const char *netns)
{
    struct command *command = waiting;
    while (command && strcmp(command->netns, netns))
        command = command->next;
    return command;
}

void run_ip(struct command *command)
{
    bool is_next = !first_in(command->netns);
    struct command **end = &waiting;
    while (*end)
        end = &(*end)->next;
    *end = command;
    if (is_next)
        begin(command);
}

static void next_after(struct command *command)
{
    struct command **at = &waiting;
    while (*at != command)
        at = &(*at)->next;
    *at = command->next;
    struct command *next = first_in(command->netns);
    free_command(command);
    if (next)
        begin(next);
}

static void free_process(struct process *process)
{
    close(process->input);
    free(process->key);
    free(process->netns);
    release(&process->text[0]);
    release(&process->text[1]);
    free(process);
}

static void unlink_process(struct process **list, struct process *process)
{
    while (*list && *list != process)
        list = &(*list)->next;
    if (*list)
        *list = process->next;
}

static void let_go(struct process *process)
{
    if (!process->old) {
        unlink_process(&kept, process);
        process->next = old_ones;
        old_ones = process;
        process->old = true;
    }
    if (!process->command)
        end_by_force(process->job, EXITED);
}

void forget_links(const char *netns)
{
    for (struct process *process = kept, *next; process; process = next) {
        next = process->next;
        if (!netns || !strcmp(process->netns, netns))
            let_go(process);
    }
}

void forget_all_of_ip(void)
{
    struct process **lists[] = { &kept, &old_ones };
    for (int i = 0; i < 2; i++) {
        while (*lists[i]) {
            struct process *process = *lists[i];
            *lists[i] = process->next;
            free_process(process);
        }
    }
    while (waiting) {
        struct command *command = waiting;
        waiting = command->next;
        free_command(command);
    }
    forget_names();
}

/* Frees a process of its command, which is returned. */
static struct command *take_back(struct process *process)
{
    struct command *command = process->command;
    if (command)
        stop_timer(&command->deadline);
    process->command = NULL;
    return command;
}

/* The options of a command as one text, and where the words behind them begin; null when some are none that every process can have. */
static char *const *words_of(const struct command *command, struct bytes *options)
{
    char *const *word = command->argv + 1;
    bool are_common = true;
    for (; *word && **word == '-'; word++) {
        are_common &= is_common_option(*word);
        put(options, " ", 1);
        put(options, *word, strlen(*word));
    }
    put_u8(options, 0);
    return are_common ? word : NULL;
}

static void note_names_of(const struct command *command)
{
    struct bytes options = { 0 };
    char *const *words = words_of(command, &options);
    if (words && words[0])
        note_names(command->netns, words);
    release(&options);
}

static void alone_is_gone(struct job *job)
{
    if (job->how == EXITED && job->status == 0)
        note_names_of(job->owner);
    next_after(job->owner);
}

static void run_by_itself(struct command *command)
{
    struct job *job = run_alone(command);
    if (job) {
        job->owner = command;
        job->gone = alone_is_gone;
    } else {
        refuse(command->id);
        next_after(command);
    }
}

static void end_of(struct process *process, struct command *command, int status)
{
    tell_ending(command->id, process->text, process->job->how, status, command->began, monotonic() - command->started);
    next_after(command);
}

/* Some words end the process too; by itself the command tells its status once more. */
static void is_gone(struct job *job)
{
    struct process *process = job->owner;
    struct command *command = take_back(process);
    unlink_process(process->old ? &old_ones : &kept, process);
    if (command && job->how == EXITED && !WIFSIGNALED(job->status))
        run_by_itself(command);
    else if (command)
        end_of(process, command, job->status);
    free_process(process);
}

/* Whether a line tells that a command of a batch failed. */
static bool tells_failure(const struct bytes *text)
{
    static const char begins[] = "Command failed -:";
    const unsigned char *at = text->data, *end = text->data + text->size, *line_end;
    for (; at && at < end; at = line_end ? line_end + 1 : end) {
        line_end = memchr(at, '\n', end - at);
        if ((size_t)(end - at) > strlen(begins) && !memcmp(at, begins, strlen(begins)))
            return true;
    }
    return false;
}

/* Takes off that a command failed, where ip says of it one line that the kernel refused it. Its status is known then: what asks the
   kernel to change something returns -2 (iplink_modify(), ipaddr_modify(), iproute_modify() in ip/ of iproute2), the line is of
   rtnl_talk_error() in lib/libnetlink.c. */
static bool takes_off_refusal(struct bytes *text)
{
    static const char *const begins[] = { "RTNETLINK answers: ", "Error: " };
    static const char failed[] = "\nCommand failed -:";
    if (!text->size)
        return false;
    put_u8(text, 0);
    char *line = (char *)text->data, *end = strstr(line, failed);
    bool one_line = end && end == strchr(line, '\n') && strchr(end + 1, '\n') == line + text->size - 2;
    bool refused = one_line && (!strncmp(line, begins[0], strlen(begins[0])) || !strncmp(line, begins[1], strlen(begins[1])));
    text->size = refused ? (size_t)(end + 1 - line) : text->size - 1;
    return refused;
}

/* Takes off what ip says of the line that follows a command; false when it has not said that yet. */
static bool takes_off_mark(struct bytes *text, unsigned long line)
{
    char last[64];
    size_t size = sprintf(last, "\nCommand failed -:%lu\n", line);
    if (text->size < size || memcmp(text->data + text->size - size, last, size))
        return false;
    size_t end = text->size - size;
    const unsigned char *before = end ? memrchr(text->data, '\n', end) : NULL;
    text->size = before ? (size_t)(before + 1 - text->data) : 0;
    return true;
}

static void hear(struct job *job, int stream, const void *data, size_t size)
{
    struct process *process = job->owner;
    struct command *command = process->command;
    if (!command)
        return;
    put(&process->text[stream - 1], data, size);
    if (stream != 2 || !takes_off_mark(&process->text[1], process->lines))
        return;
    /* What it printed was flushed before. */
    drain(job, 1);
    take_back(process);
    bool failed = tells_failure(&process->text[1]);
    bool refused = failed && !process->lists && takes_off_refusal(&process->text[1]);
    if (!failed)
        note_names_of(command);
    /* What it was about to print may lie about in one that lists. */
    if (process->old || job->how != EXITED || (failed && process->lists))
        let_go(process);
    if (failed && !refused)
        run_by_itself(command);
    else
        end_of(process, command, refused ? W_EXITCODE(REFUSED, 0) : 0);
}

static void time_is_out(struct timer *timer)
{
    struct process *process = OWNER_OF(timer, struct command, deadline)->carrier;
    end_by_force(process->job, TIMED_OUT);
}

static struct process *started(char *key, const char *netns, char *const argv[], int options)
{
    char *const tail[] = { "-force", "-batch", "-", NULL };
    char **its = get_memory((1 + options + 4) * sizeof *its);
    memcpy(its, argv, (1 + options) * sizeof *its);
    memcpy(its + 1 + options, tail, sizeof tail);
    struct job *job = start(netns, its);
    free(its);
    if (!job)
        return NULL;
    struct process *process = get_memory(sizeof *process);
    process->key = copy_of(key);
    process->netns = copy_of(netns);
    process->job = job;
    process->input = job->pipe[0];
    job->pipe[0] = -1;
    job->owner = process;
    job->heard = hear;
    job->gone = is_gone;
    process->next = kept;
    return kept = process;
}

static struct process *find_kept(const char *key)
{
    struct process *process = kept;
    while (process && strcmp(process->key, key))
        process = process->next;
    return process;
}

/* The process that carries out such commands; null when none can be started. */
static struct process *process_for(const struct command *command, const char *options, char *const words[])
{
    bool lists = is_listing(words);
    char *key;
    if (asprintf(&key, "%s %s%s%s", command->netns, command->argv[0], options, lists ? " lists" : "") < 0)
        abandon("out of memory");
    struct process *process = find_kept(key);
    /* Once it has listed links it lists no addresses any more (ipaddr_list_link() in ip/ipaddress.c of iproute2). */
    if (process && process->listed_links && !strncmp(words[0], "addr", 4)) {
        let_go(process);
        process = NULL;
    }
    if (!process)
        process = started(key, command->netns, command->argv, words - command->argv - 1);
    free(key);
    if (process) {
        process->lists = lists;
        process->listed_links |= lists && !strcmp(words[0], "link");
    }
    return process;
}

static bool hand_over(struct command *command, const char *options, char *const words[])
{
    if (names_anew(command->netns, words))
        forget_links(NULL);
    struct process *process = process_for(command, options, words);
    if (!process)
        return false;
    struct bytes lines = { 0 };
    for (char *const *word = words; *word; word++) {
        put(&lines, *word, strlen(*word));
        put(&lines, word[1] ? " " : "\n", 1);
    }
    put(&lines, MARK "\n", strlen(MARK "\n"));
    process->job->size = 0;
    process->job->limit = command->limit;
    process->text[0].size = process->text[1].size = 0;
    process->lines += 2;
    process->command = command;
    command->began = realtime();
    command->started = monotonic();
    command->carrier = process;
    set_timer_after(&command->deadline, command->millis, time_is_out);
    /* It waits for it: the pipe is empty. Should it have ended, that is told when it is reaped. */
    ssize_t written = write(process->input, lines.data, lines.size);
    (void)written;
    release(&lines);
    return true;
}

static void begin(struct command *command)
{
    struct bytes options = { 0 };
    char *const *words = words_of(command, &options);
    if (words && words[0] && words[1] && words[2] && !strcmp(words[0], "netns") && !strncmp(words[1], "del", strlen("del")))
        forget_links(words[2]);
    if (carries_out(command)) {
        next_after(command);
    } else if (!words || command->input.size || !is_plain(words)) {
        run_by_itself(command);
    } else if (!hand_over(command, (const char *)options.data, words)) {
        refuse(command->id);
        next_after(command);
    }
    release(&options);
}
