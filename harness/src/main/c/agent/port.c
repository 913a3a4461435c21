#define _GNU_SOURCE
#include "port.h"
#include "system.h"
#include "timers.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PORTS "/sys/class/virtio-ports"

enum { MILLIS_BETWEEN_LOOKS = 50, LONGEST = 512 };

static bool used, deserted;
static struct timer until_next_look;

static bool has_name(const char *device, const char *name)
{
    char path[LONGEST], its[LONGEST];
    snprintf(path, sizeof path, PORTS "/%s/name", device);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    bool was_read = read_whole(file, its, sizeof its) >= 0;
    close(file);
    its[was_read ? strcspn(its, "\n") : 0] = 0;
    return !strcmp(its, name);
}

static int open_port(const char *name)
{
    DIR *ports = opendir(PORTS);
    struct dirent *entry;
    int port = -1;
    bool found = false;
    while (ports && !found && (entry = readdir(ports))) {
        found = *entry->d_name != '.' && has_name(entry->d_name, name);
        char path[LONGEST];
        snprintf(path, sizeof path, "/dev/%s", entry->d_name);
        if (found && (port = open(path, O_RDWR | O_CLOEXEC)) < 0)
            abandon("cannot open '%s': %s", path, strerror(errno));
    }
    if (!found)
        abandon("no virtio-serial port is named '%s'", name);
    closedir(ports);
    return port;
}

void become_standard(const char *name)
{
    int port = open_port(name), log = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
    if (dup2(port, STDIN_FILENO) < 0 || dup2(port, STDOUT_FILENO) < 0)
        abandon("standard input and output: %s", strerror(errno));
    if (log < 0 || dup2(log, STDERR_FILENO) < 0)
        abandon("standard error: %s", strerror(errno));
    close(port);
    close(log);
    used = true;
}

bool has_port(void)
{
    return used;
}

bool is_deserted(void)
{
    return deserted;
}

static void look_again(struct timer *timer)
{
    (void)timer;
    deserted = false;
}

bool desert(void)
{
    if (!used)
        return false;
    deserted = true;
    set_timer_after(&until_next_look, MILLIS_BETWEEN_LOOKS, look_again);
    return true;
}
