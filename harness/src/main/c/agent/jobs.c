#define _GNU_SOURCE
#include "jobs.h"
#include "starting.h"
#include "system.h"
#include "wire.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_OF_A_SPAWNED = 16777216 };

static struct job *running, *stopped_later;    /* what runs, and the spawned that ended but were not stopped yet */
static int ends = -1;
static int left;
static void (*when_all_ended)(void);

void begin_watching_children(void)
{
    sigset_t watched;
    sigemptyset(&watched);
    sigaddset(&watched, SIGCHLD);
    sigaddset(&watched, SIGTERM);
    sigprocmask(SIG_BLOCK, &watched, NULL);
    ends = signalfd(-1, &watched, SFD_NONBLOCK | SFD_CLOEXEC);
    if (ends < 0)
        abandon("signalfd: %s", strerror(errno));
}

int signals(void)
{
    return ends;
}

struct job *running_jobs(void)
{
    return running;
}

struct job *find_job(pid_t pid)
{
    struct job *job = running;
    while (job && job->pid != pid)
        job = job->next;
    return job;
}

static void unlink_job(struct job **list, struct job *job)
{
    while (*list != job)
        list = &(*list)->next;
    *list = job->next;
}

static void close_pipe(struct job *job, int which)
{
    if (job->pipe[which] >= 0)
        close(job->pipe[which]);
    job->pipe[which] = -1;
}

static void forget_wait(struct job *job)
{
    stop_timer(&job->wait.patience);
    release(&job->wait.text);
    job->wait.waits = false;
}

static void free_job(struct job *job)
{
    for (int i = 0; i < 3; i++)
        close_pipe(job, i);
    forget_wait(job);
    stop_timer(&job->deadline);
    release(&job->input);
    release(&job->text[0]);
    release(&job->text[1]);
    release(&job->printed);
    free(job->key);
    free(job);
}

struct job *start(const char *netns, char *const argv[])
{
    struct job *job = get_memory(sizeof *job);
    job->pid = start_process(netns, argv, job->pipe);
    if (job->pid < 0) {
        free(job);
        return NULL;
    }
    job->limit = MOST_OF_A_SPAWNED;
    job->began = realtime();
    job->started = monotonic();
    job->next = running;
    return running = job;
}

static void time_is_out(struct timer *timer)
{
    end_by_force(OWNER_OF(timer, struct job, deadline), TIMED_OUT);
}

/* Writes standard input as far as the command takes it, then closes it. */
static void feed(struct job *job)
{
    if (job->input.size) {
        ssize_t sent = write(job->pipe[0], job->input.data, job->input.size);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (sent >= 0)
            drop_front(&job->input, sent);
        if (sent >= 0 && job->input.size)
            return;
    }
    close_pipe(job, 0);
}

struct job *run_alone(struct command *command)
{
    struct job *job = start(command->netns, command->argv);
    if (!job)
        return NULL;
    job->answers = job->streams = true;
    job->id = command->id;
    job->limit = command->limit;
    job->input = command->input;
    command->input = (struct bytes){ 0 };
    feed(job);
    set_timer_after(&job->deadline, command->millis, time_is_out);
    return job;
}

static struct job *find_spawned(const char *key)
{
    struct job *lists[] = { running, stopped_later };
    for (int i = 0; i < 2; i++)
        for (struct job *job = lists[i]; job; job = job->next)
            if (job->key && !strcmp(job->key, key))
                return job;
    return NULL;
}

static void sighting(struct job *job, uint8_t state)
{
    struct bytes payload = { 0 };
    uint32_t id = job->wait.id;
    put_u8(&payload, state);
    put_text(&payload, job->printed.data + job->wait.from, job->printed.size - job->wait.from);
    forget_wait(job);
    answer_with(id, &payload);
}

/* What a sighting can be. */
enum { SEEN, TIME_IS_OUT, ENDED };

static void look(struct job *job)
{
    if (!job->wait.waits)
        return;
    const struct bytes *text = &job->wait.text;
    if (!text->size || memmem(job->printed.data + job->wait.from, job->printed.size - job->wait.from, text->data, text->size))
        sighting(job, SEEN);
    else if (job->ended)
        sighting(job, ENDED);
}

static void patience_ends(struct timer *timer)
{
    sighting(OWNER_OF(timer, struct job, wait.patience), TIME_IS_OUT);
}

/* Answers once the text was printed (on either stream, since now), the process ended, or the time is out. */
static void await(struct job *job, uint32_t id, struct text text, uint32_t millis)
{
    forget_wait(job);
    job->wait.waits = true;
    job->wait.id = id;
    job->wait.from = job->sighted ? job->printed.size : 0;
    job->sighted = true;
    put(&job->wait.text, text.data, text.size);
    set_timer_after(&job->wait.patience, millis, patience_ends);
    look(job);
}

bool spawn(uint32_t id, struct request *request)
{
    char *key = take_string(request), *netns = take_string(request);
    struct text awaited = take_text(request);
    uint32_t millis = take_u32(request);
    char **argv = take_list(request);
    struct job *job = NULL;
    bool known = find_spawned(key);
    if (known)
        fail("a process named '%s' was spawned before and not stopped", key);
    else if (!*argv)
        fail("no command given");
    else
        job = start(netns, argv);
    if (job) {
        job->key = key;
        feed(job);
        await(job, id, awaited, millis);
    } else {
        free(key);
    }
    free(netns);
    free_list(argv);
    return job;
}

bool send_signal(uint32_t id, struct request *request)
{
    char *key = take_string(request);
    uint32_t signal = take_u32(request);
    struct text awaited = take_text(request);
    uint32_t millis = take_u32(request);
    struct job *job = find_spawned(key);
    if (job) {
        await(job, id, awaited, millis);
        if (signal && !job->ended)
            kill(job->pid, signal);
    } else {
        fail("no process named '%s' was spawned", key);
    }
    free(key);
    return job;
}

bool stop_spawned(uint32_t id, struct request *request)
{
    char *key = take_string(request);
    uint32_t signal = take_u32(request), millis = take_u32(request);
    struct job *job = find_spawned(key);
    bool known = job || fail("no process named '%s' was spawned", key);
    if (job && job->ended) {
        tell_ending(id, job->text, job->how, job->status, job->began, job->duration);
        unlink_job(&stopped_later, job);
        free_job(job);
    } else if (job) {
        free(job->key);
        job->key = NULL;
        job->answers = true;
        job->id = id;
        kill(-job->pid, signal);
        set_timer_after(&job->deadline, millis, time_is_out);
    }
    free(key);
    return known;
}

void end_by_force(struct job *job, enum how how)
{
    if (job->how == EXITED)
        job->how = how;
    kill(-job->pid, SIGKILL);
}

static void take_printed(struct job *job, int stream, const void *data, size_t size)
{
    job->size += size;
    if (job->size > job->limit) {
        end_by_force(job, TOO_MUCH);
    } else if (job->heard) {
        job->heard(job, stream, data, size);
    } else if (job->streams) {
        if (job->answers)
            send_chunk(job->id, stream, data, size);
    } else {
        put(&job->text[stream - 1], data, size);
        put(&job->printed, data, size);
        look(job);
    }
}

/* Reads once, and returns whether there may be more. */
static bool listen_to(struct job *job, int stream)
{
    if (job->pipe[stream] < 0)
        return false;
    unsigned char data[PIECE];
    ssize_t got = read(job->pipe[stream], data, sizeof data);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (got <= 0) {
        close_pipe(job, stream);
        return false;
    }
    take_printed(job, stream, data, got);
    return true;
}

void drain(struct job *job, int stream)
{
    while (listen_to(job, stream))
        ;
}

void attend(struct job *job, int stream)
{
    if (stream)
        listen_to(job, stream);
    else if (job->pipe[0] >= 0)
        feed(job);
}

void tell_ending(uint32_t id, struct bytes text[2], enum how how, int status, uint64_t began, uint64_t duration)
{
    for (int stream = 1; text && stream <= 2; stream++)
        for (size_t at = 0, size = text[stream - 1].size; at < size; at += PIECE)
            send_chunk(id, stream, text[stream - 1].data + at, size - at < PIECE ? size - at : PIECE);
    bool signalled = WIFSIGNALED(status);
    struct bytes payload = { 0 };
    put_u8(&payload, how == EXITED && signalled ? SIGNALLED : how);
    put_u32(&payload, signalled ? WTERMSIG(status) : WEXITSTATUS(status));
    put_u64(&payload, began);
    put_u64(&payload, duration);
    answer_with(id, &payload);
}

static void end(struct job *job, int status)
{
    drain(job, 1);
    drain(job, 2);
    for (int i = 0; i < 3; i++)
        close_pipe(job, i);
    stop_timer(&job->deadline);
    job->ended = true;
    job->status = status;
    job->duration = monotonic() - job->started;
    unlink_job(&running, job);
    look(job);
    if (job->answers)
        tell_ending(job->id, job->text, job->how, status, job->began, job->duration);
    if (job->gone)
        job->gone(job);
    bool was_last = job->ends_for_all && --left == 0;
    if (job->key) {
        job->next = stopped_later;
        stopped_later = job;
    } else {
        free_job(job);
    }
    if (was_last)
        when_all_ended();
}

void reap(void)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        struct job *job = find_job(pid);
        if (job)
            end(job, status);
    }
}

void end_all(void (*then)(void))
{
    while (stopped_later) {
        struct job *job = stopped_later;
        stopped_later = job->next;
        free_job(job);
    }
    left = 0;
    when_all_ended = then;
    for (struct job *job = running; job; job = job->next) {
        free(job->key);
        job->key = NULL;
        job->answers = false;
        forget_wait(job);
        job->heard = NULL;
        job->gone = NULL;
        job->ends_for_all = true;
        left++;
        kill(-job->pid, SIGKILL);
    }
    if (!left)
        then();
}

void abandon_all(void)
{
    for (struct job *job = running; job; job = job->next)
        kill(-job->pid, SIGKILL);
}
