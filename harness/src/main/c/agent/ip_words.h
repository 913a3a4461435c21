/* What the words of a command of ip say of it. */
#ifndef AGENT_IP_WORDS_H
#define AGENT_IP_WORDS_H

#include <stdbool.h>

/* Whether a word is an option that every process can have. */
bool is_common_option(const char *word);

/* Whether words are one command on a line of a batch, which knows quotes, comments and continued lines (makeargs() in lib/utils.c of
   iproute2), and one that changes neither the process that carries it out nor its network namespace. */
bool is_plain(char *const words[]);

/* Whether they list, with options left out. */
bool is_listing(char *const words[]);

/* Whether a command that is told in a network namespace gives a name to a link that another had there before, or may have had: ip
   remembers whose a name was. */
bool names_anew(const char *netns, char *const words[]);

/* Remembers the names that a command has given, and forgets all. */
void note_names(const char *netns, char *const words[]);
void forget_names(void);

#endif
