#define _GNU_SOURCE
#include "builtins.h"
#include "jobs.h"
#include "netns.h"
#include "system.h"
#include "wire.h"

#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { MOST_PRINTED = 65536, LONGEST_PATH = 4096 };

/* What it prints goes into a text of MOST_PRINTED bytes, ended by a zero. */
typedef bool builtin(char *const words[], char *printed);

static bool names_of_kernel(char *const words[], char *printed)
{
    struct utsname names;
    if (*words || uname(&names) < 0)
        return false;
    sprintf(printed, "%s %s %s\n", names.release, names.version, names.machine);
    return true;
}

static bool contents(char *const words[], char *printed)
{
    static const char where[] = "/proc/";
    if (!words[0] || words[1] || strncmp(words[0], where, strlen(where)))
        return false;
    int file = open(words[0], O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    long size = read_whole(file, printed, MOST_PRINTED);
    close(file);
    return size >= 0 && strlen(printed) == (size_t)size;
}

/* Writes NAME=VALUE. The first separator of a name tells which of the two its author separates by. */
static bool set_variable(const char *setting)
{
    const char *value = strchr(setting, '=');
    char path[LONGEST_PATH] = "/proc/sys/";
    size_t before = strlen(path), length = value ? (size_t)(value - setting) : 0;
    if (!length || length >= sizeof path - before)
        return false;
    memcpy(path + before, setting, length);
    char *name = path + before;
    if (strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-") != length)
        return false;
    if (name[strcspn(name, "./")] == '.')
        for (char *at = name; *at; at++)
            *at = *at == '.' ? '/' : *at == '/' ? '.' : *at;
    int file = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (file < 0)
        return false;
    /* One write: the kernel takes each for a value. */
    char line[LONGEST_PATH];
    int size = snprintf(line, sizeof line, "%s\n", value + 1);
    bool written = size < (int)sizeof line && write(file, line, size) == size;
    return close(file) == 0 && written;
}

static bool set_variables(char *const words[], char *printed)
{
    (void)printed;
    for (; *words; words++)
        if (!set_variable(*words))
            return false;
    return true;
}

/* The features by the words of ethtool -K. */
static const struct {
    const char *word;
    uint32_t request;
} FEATURES[] = {
    { "tx", ETHTOOL_STXCSUM }, { "sg", ETHTOOL_SSG }, { "tso", ETHTOOL_STSO }, { "gso", ETHTOOL_SGSO }, { "gro", ETHTOOL_SGRO },
};

static bool switch_feature_off(int socket, const char *device, const char *word)
{
    for (size_t i = 0; i < sizeof FEATURES / sizeof *FEATURES; i++) {
        if (strcmp(FEATURES[i].word, word))
            continue;
        struct ethtool_value off = { .cmd = FEATURES[i].request, .data = 0 };
        struct ifreq request = { .ifr_data = (char *)&off };
        memcpy(request.ifr_name, device, strlen(device) + 1);
        return ioctl(socket, SIOCETHTOOL, &request) == 0;
    }
    return false;
}

static bool switch_off(char *const words[], char *printed)
{
    (void)printed;
    const char *device = *words++;
    if (!device || strlen(device) >= IFNAMSIZ)
        return false;
    int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool done = any >= 0;
    for (; done && *words; words += 2)
        done = words[1] && !strcmp(words[1], "off") && switch_feature_off(any, device, *words);
    if (any >= 0)
        close(any);
    return done;
}

static bool add_netns(char *const words[], char *printed)
{
    (void)printed;
    return words[0] && !words[1] && make_netns(words[0]);
}

static bool delete_netns(char *const words[], char *printed)
{
    (void)printed;
    return words[0] && !words[1] && remove_netns(words[0]);
}

/* By the words that a command begins with. */
static const struct {
    const char *words[5];
    builtin *code;
} BUILTINS[] = {
    { { "cat" }, contents },
    { { "ethtool", "-K" }, switch_off },
    { { "ip", "netns", "add" }, add_netns },
    { { "ip", "netns", "del" }, delete_netns },
    { { "ip", "netns", "delete" }, delete_netns },
    { { "sysctl", "-q", "-w" }, set_variables },
    { { "uname", "-r", "-v", "-m" }, names_of_kernel },
};

/* The words behind those that a builtin begins with; null when they are others. */
static char *const *words_behind(char *const words[], const char *const begins[])
{
    for (; *begins; begins++, words++)
        if (!*words || strcmp(*words, *begins))
            return NULL;
    return words;
}

static bool carried_out(const char *netns, builtin *code, char *const words[], char *printed)
{
    if (!enter_netns(netns))
        return false;
    bool done = code(words, printed);
    leave_netns(netns);
    return done;
}

bool carries_out(struct command *command)
{
    static char printed[MOST_PRINTED];
    for (size_t i = 0; i < sizeof BUILTINS / sizeof *BUILTINS; i++) {
        char *const *words = words_behind(command->argv, BUILTINS[i].words);
        if (!words || command->input.size)
            continue;
        uint64_t began = realtime(), started = monotonic();
        *printed = 0;
        if (!carried_out(command->netns, BUILTINS[i].code, words, printed))
            return false;
        if (*printed)
            send_chunk(command->id, 1, printed, strlen(printed));
        tell_ending(command->id, NULL, EXITED, 0, began, monotonic() - started);
        return true;
    }
    return false;
}
