#include "ip_words.h"
#include "bytes.h"

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
    for (struct name *name = given; name; name = name->next)
        if (!strcmp(name->text, text))
            return true;
    struct name *name = get_memory(sizeof *name);
    *name = (struct name){ given, copy_of(text) };
    given = name;
    return false;
}

bool names_anew(char *const words[])
{
    if ((strcmp(words[0], "link") && strcmp(words[0], "tunnel")) || is_listing(words))
        return false;
    bool makes = !strcmp(words[1], "add") || !strcmp(words[1], "replace"), anew = false;
    for (char *const *word = words + 2; *word; word++) {
        bool is_key = !strcmp(*word, "name");
        if (makes && !is_key && (word == words + 2 || !strcmp(word[-1], "name")))
            anew |= was_given(*word);
        else if (!makes)
            anew |= is_key || !strcmp(*word, "netns");
    }
    return anew;
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
