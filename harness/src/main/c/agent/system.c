#define _GNU_SOURCE
#include "system.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_NAME = 64 };

static char noted[4096];
static int own_netns = -1;

bool fail(const char *format, ...)
{
    /* What is told may be what was noted before. */
    char text[sizeof noted];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    memcpy(noted, text, sizeof noted);
    return false;
}

const char *failure(void)
{
    return noted;
}

static uint64_t nanoseconds(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now) < 0)
        abandon("clock_gettime: %s", strerror(errno));
    return now.tv_sec * UINT64_C(1000000000) + now.tv_nsec;
}

uint64_t realtime(void)
{
    return nanoseconds(CLOCK_REALTIME);
}

uint64_t monotonic(void)
{
    return nanoseconds(CLOCK_MONOTONIC);
}

void know_own_netns(void)
{
    own_netns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (own_netns < 0)
        abandon("cannot open its network namespace: %s", strerror(errno));
}

bool is_netns_name(const char *name)
{
    if (!isalnum((unsigned char)*name) && *name != '_')
        return false;
    size_t length = strlen(name);
    return length <= LONGEST_NAME && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == length;
}

/* Tells where a network namespace is found: under a name, as a process sees it, or as that of the process itself. */
static bool find_netns(const char *netns, char *path, size_t room)
{
    size_t digits = strspn(netns, "0123456789");
    bool of_process = digits && netns[digits] == '/';
    const char *name = of_process ? netns + digits + 1 : netns;
    if (of_process && !*name)
        return snprintf(path, room, "/proc/%.*s/ns/net", (int)digits, netns) < (int)room;
    if (!is_netns_name(name))
        return false;
    if (of_process)
        return snprintf(path, room, "/proc/%.*s/root/run/netns/%s", (int)digits, netns, name) < (int)room;
    return snprintf(path, room, "/run/netns/%s", name) < (int)room;
}

bool enter_netns(const char *netns)
{
    if (!*netns)
        return true;
    char path[LONGEST_NAME + 64];
    if (!find_netns(netns, path, sizeof path))
        return fail("'%s' is no name of a network namespace", netns);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail("no network namespace '%s': %s", netns, strerror(errno));
    bool entered = setns(file, CLONE_NEWNET) == 0 || fail("cannot enter '%s': %s", netns, strerror(errno));
    close(file);
    return entered;
}

void leave_netns(const char *netns)
{
    if (*netns)
        go_home();
}

void go_home(void)
{
    if (setns(own_netns, CLONE_NEWNET) < 0)
        abandon("cannot return to its network namespace: %s", strerror(errno));
}

bool unblock(int descriptor)
{
    int flags = fcntl(descriptor, F_GETFL);
    return flags >= 0 && fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0;
}

long read_whole(int descriptor, char *to, long room)
{
    long size = 0;
    while (size < room - 1) {
        ssize_t got = read(descriptor, to + size, room - 1 - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0) {
            to[size] = 0;
            return size;
        }
        size += got;
    }
    errno = EFBIG;
    return -1;
}

void abandon(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("agent: ", stderr);
    vfprintf(stderr, format, arguments);
    fputs("\n", stderr);
    va_end(arguments);
    fflush(stderr);
    _exit(1);
}
