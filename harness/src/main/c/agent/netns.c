#define _GNU_SOURCE
#include "netns.h"
#include "system.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <unistd.h>

#define WHERE "/run/netns"

enum { LONGEST = 128 };

static bool path_of(const char *name, char *path)
{
    return is_netns_name(name) && snprintf(path, LONGEST, WHERE "/%s", name) < LONGEST;
}

bool make_netns(const char *name)
{
    char path[LONGEST];
    /* Only a mount point can be shared: this is how the first one's traces are known. */
    if (!path_of(name, path) || mount("", WHERE, "none", MS_SHARED | MS_REC, NULL) < 0)
        return false;
    int file = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);
    if (file < 0)
        return false;
    close(file);
    bool made = unshare(CLONE_NEWNET) == 0 && mount("/proc/self/ns/net", path, "none", MS_BIND, NULL) == 0;
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
