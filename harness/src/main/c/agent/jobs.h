/* The commands that run, in the foreground of a request or in the background. */
#ifndef AGENT_JOBS_H
#define AGENT_JOBS_H

#include "bytes.h"
#include "timers.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* How one ended, as the client is told. */
enum how { EXITED, SIGNALLED, TIMED_OUT, TOO_MUCH };

/* What is asked for: a command to be run. */
struct command {
    struct command *next;
    uint32_t id;
    uint32_t millis;
    uint64_t limit;
    char *netns;
    struct bytes input;
    char **argv;
    uint64_t began, started;    /* realtime, monotonic */
    struct timer deadline;
    void *carrier;
};

/* Whoever waits for a text to be printed. */
struct wait {
    bool waits;
    uint32_t id;
    struct bytes text;
    size_t from;
    struct timer patience;
};

struct job {
    struct job *next;
    pid_t pid;
    int pipe[3];    /* to its standard input and from its outputs; -1 is closed */
    char *key;      /* of a spawned one that was not stopped yet */
    bool answers;   /* its end, to id */
    uint32_t id;
    bool streams;   /* what it prints goes to the client as it comes */
    struct bytes input;
    uint64_t size, limit;
    enum how how;
    bool ended;
    int status;
    uint64_t began, started, duration;
    struct bytes text[2], printed;
    bool sighted;
    struct wait wait;
    struct timer deadline;
    bool ends_for_all;
    void (*heard)(struct job *, int stream, const void *data, size_t size);
    void (*gone)(struct job *);
    void *owner;
};

/* Makes the ends of children readable, as signals are. */
void begin_watching_children(void);

/* What SIGCHLD and SIGTERM are read from. */
int signals(void);

/* Starts a program in a network namespace; its ends of three pipes become its standard streams, and it leads a process group. Null
   when it fails. */
struct job *start(const char *netns, char *const argv[]);

/* Runs a command, whose end answers the request. */
struct job *run_alone(struct command *command);

bool spawn(uint32_t id, struct request *request);
bool send_signal(uint32_t id, struct request *request);
bool stop_spawned(uint32_t id, struct request *request);

void end_by_force(struct job *job, enum how how);

/* Reads all that a command has printed on a stream, 1 or 2. */
void drain(struct job *job, int stream);

/* Answers with what was printed but not sent yet, and how it ended. */
void tell_ending(uint32_t id, struct bytes text[2], enum how how, int status, uint64_t began, uint64_t duration);

/* All that run, for who waits for what they print. */
struct job *running_jobs(void);
struct job *find_job(pid_t pid);

/* What a command's stream is ready for: to be given input, or to be read once. */
void attend(struct job *job, int stream);

/* Takes the children that have ended. */
void reap(void);

/* Kills every command and calls when the last one was reaped; a later call takes the place of an earlier one. */
void end_all(void (*then)(void));

/* Kills every command and waits for none. */
void abandon_all(void);

#endif
