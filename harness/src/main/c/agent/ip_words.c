#define _GNU_SOURCE
#include "ip_words.h"
#include "bytes.h"
#include "system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Objects whose commands change nothing of the process, and those of their commands that read what follows or never end. */
static const char *const OBJECTS[] = { "addr", "address", "fou", "link", "neigh", "route", "rule", "tunnel", "xfrm", NULL };
static const char *const OTHERS[] = { "help", "monitor", "restore", "save", "showdump", NULL };

/* What lists, and those objects whose lists one process can make one after the other: of others it remembers what was asked for before. */
static const char *const LISTING[] = { "get", "list", "lst", "ls", "show", NULL };
static const char *const LISTED[] = { "addr", "address", "link", "neigh", "route", NULL };

static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:/@%+,=()-";

struct name {
    struct name *next;
    char *text;
};

static struct name *given;

static bool is_among(const char *word, const char *const words[])
{
    for (; *words; words++)
        if (!strcmp(word, *words))
            return true;
    return false;
}

bool is_common_option(const char *word)
{
    return word[0] == '-' && word[1] && strchr("46djos", word[1]) && !word[2];
}

bool is_listing(char *const words[])
{
    const char *command = !strcmp(words[0], "xfrm") && words[1] ? words[2] : words[1];
    return !command || is_among(command, LISTING);
}

bool is_plain(char *const words[])
{
    if (!words[0] || !is_among(words[0], OBJECTS) || (is_listing(words) && !is_among(words[0], LISTED)))
        return false;
    for (; *words; words++) {
        /* To flush the cache of routes is to write to one file. */
        bool flushes = !strcmp(*words, "flush") && (!words[1] || strcmp(words[1], "cache"));
        if (flushes || is_among(*words, OTHERS) || !**words || (*words)[strspn(*words, PLAIN)])
            return false;
    }
    return true;
}

static bool was_given(const char *text)
{
    const struct name *name = given;
    while (name && strcmp(name->text, text))
        name = name->next;
    return name != NULL;
}

static bool is_of_links(char *const words[])
{
    return !strcmp(words[0], "link") || !strcmp(words[0], "tunnel");
}

static bool makes_links(char *const words[])
{
    return is_of_links(words) && words[1] && (!strcmp(words[1], "add") || !strcmp(words[1], "replace"));
}

/* A name that a command gives, with the network namespace that it is given in: where the command says so of this end of a pair, that. */
static char *name_at(const char *netns, char *const word[])
{
    for (char *const *next = word + 1; *next && strcmp(*next, "peer"); next++)
        if (!strcmp(*next, "netns") && next[1])
            netns = next[1];
    char *text;
    if (asprintf(&text, "%s %s", netns, *word) < 0)
        abandon("out of memory");
    return text;
}

/* Calls a function with every name that a command gives; returns whether it returned true for any. */
static bool any_given(const char *netns, char *const words[], bool (*is)(const char *name))
{
    bool any = false;
    for (char *const *word = words + 2; *word; word++) {
        if (!strcmp(*word, "name") || (word != words + 2 && strcmp(word[-1], "name")))
            continue;
        char *name = name_at(netns, word);
        any |= is(name);
        free(name);
    }
    return any;
}

bool names_anew(const char *netns, char *const words[])
{
    if (makes_links(words))
        return any_given(netns, words, was_given);
    if (!is_of_links(words) || is_listing(words))
        return false;
    bool anew = false;
    for (char *const *word = words + 2; *word; word++)
        anew |= !strcmp(*word, "name") || !strcmp(*word, "netns");
    return anew;
}

static bool give(const char *text)
{
    if (!was_given(text)) {
        struct name *name = get_memory(sizeof *name);
        *name = (struct name){ given, copy_of(text) };
        given = name;
    }
    return true;
}

void note_names(const char *netns, char *const words[])
{
    if (makes_links(words))
        any_given(netns, words, give);
}

void forget_names(void)
{
    while (given) {
        struct name *name = given;
        given = name->next;
        free(name->text);
        free(name);
    }
}
