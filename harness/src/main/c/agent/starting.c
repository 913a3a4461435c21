#define _GNU_SOURCE
#include "starting.h"
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CANNOT_RUN = 127 };

static void close_both(int pipe[2])
{
    for (int i = 0; i < 2; i++)
        if (pipe[i] >= 0)
            close(pipe[i]);
}

/* Goes on as the child, which shares the agent's memory until it executes: nothing is changed here but what is the child's own. */
static void become(const char *netns, char *const argv[], int theirs[3])
{
    /* INT too: who starts the agent in the background may have had it ignored, and captures are ended by it. */
    static const int reset[] = { SIGCHLD, SIGINT, SIGPIPE, SIGTERM };
    for (size_t i = 0; i < sizeof reset / sizeof *reset; i++)
        signal(reset[i], SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0);
    for (int i = 0; i < 3; i++)
        dup2(theirs[i], i);
    /* Only the network namespace changes, not /sys as in `ip netns exec`: no command here reads sysfs. */
    if (enter_netns(netns)) {
        execvp(argv[0], argv);
        fail("%s", strerror(errno));
    }
    dprintf(STDERR_FILENO, "agent: cannot run '%s': %s\n", argv[0], failure());
    _exit(CANNOT_RUN);
}

pid_t start_process(const char *netns, char *const argv[], int ours[3])
{
    int pipes[3][2] = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
    pid_t pid = -1;
    if (pipe2(pipes[0], O_CLOEXEC) == 0 && pipe2(pipes[1], O_CLOEXEC) == 0 && pipe2(pipes[2], O_CLOEXEC) == 0) {
        int theirs[3] = { pipes[0][0], pipes[1][1], pipes[2][1] };
        /* fork would have both sides copy each page that they touch then. */
        pid = vfork();
        if (pid == 0)
            become(netns, argv, theirs);
    }
    if (pid < 0) {
        fail("cannot start '%s': %s", argv[0], strerror(errno));
        for (int i = 0; i < 3; i++)
            close_both(pipes[i]);
        return -1;
    }
    for (int i = 0; i < 3; i++) {
        int its = i == 0 ? 0 : 1;
        close(pipes[i][its]);
        ours[i] = pipes[i][1 - its];
        unblock(ours[i]);
    }
    return pid;
}
