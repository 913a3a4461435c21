#define _GNU_SOURCE
#include "netns.h"
#include "port.h"
#include "system.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#define WHERE "/run/netns"
#define FIRST "/proc/1/ns/net"
#define FALLBACK "/proc/sys/net/core/fb_tunnels_only_for_init_net"

enum { LONGEST = 128 };

static bool path_of(const char *name, char *path)
{
    return is_netns_name(name) && snprintf(path, LONGEST, WHERE "/%s", name) < LONGEST;
}

/* The switch that keeps tunnel drivers from making a device of their own in each new network namespace
   (Documentation/admin-guide/sysctl/net.rst): nine of them cost more than all the rest of one, and a host behind a server has no use
   for them. */
struct fallback {
    int first, file;    /* the network namespace that has the switch, locked, for the other agents turn it too; and the switch */
    char was[8];
};

static void turn(const struct fallback *fallback, const char *to)
{
    ssize_t written = pwrite(fallback->file, to, strlen(to), 0);
    (void)written;
}

/* Where the kernel is not only for servers with agents, or has no such switch, nothing is turned. */
static struct fallback without_fallback(void)
{
    struct fallback fallback = { -1, -1, "" };
    if (!has_port())
        return fallback;
    fallback.first = open(FIRST, O_RDONLY | O_CLOEXEC);
    if (fallback.first < 0 || flock(fallback.first, LOCK_EX) < 0 || setns(fallback.first, CLONE_NEWNET) < 0)
        return fallback;
    fallback.file = open(FALLBACK, O_RDWR | O_CLOEXEC);
    if (fallback.file >= 0 && read_whole(fallback.file, fallback.was, sizeof fallback.was) > 0)
        turn(&fallback, "1");
    return fallback;
}

static void turn_back(const struct fallback *fallback)
{
    if (*fallback->was)
        turn(fallback, fallback->was);
    if (fallback->file >= 0)
        close(fallback->file);
    if (fallback->first >= 0)
        close(fallback->first);
}

/* Only a mount point can be shared. The first time the directory is made one, as ip does it. */
static bool share_where(void)
{
    if (mount("", WHERE, "none", MS_SHARED | MS_REC, NULL) == 0)
        return true;
    mkdir(WHERE, 0755);
    return mount(WHERE, WHERE, "none", MS_BIND | MS_REC, NULL) == 0 && mount("", WHERE, "none", MS_SHARED | MS_REC, NULL) == 0;
}

bool make_netns(const char *name)
{
    char path[LONGEST];
    if (!path_of(name, path) || !share_where())
        return false;
    int file = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);
    if (file < 0)
        return false;
    close(file);
    struct fallback fallback = without_fallback();
    bool made = unshare(CLONE_NEWNET) == 0 && mount("/proc/self/ns/net", path, "none", MS_BIND, NULL) == 0;
    turn_back(&fallback);
    go_home();
    if (!made)
        unlink(path);
    return made;
}

bool remove_netns(const char *name)
{
    char path[LONGEST];
    return path_of(name, path) && umount2(path, MNT_DETACH) == 0 && unlink(path) == 0;
}
