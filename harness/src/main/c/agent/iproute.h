/* Processes of ip that are kept and told one command after another: to start one costs far more than what it does then.
 *
 * Each is an `ip -force -batch -`. A line that no version of ip knows follows each command; what ip says of it tells that the
 * command is done, and whether it went well. One that did not is carried out once more by a process of its own, which tells its
 * status, unless what ip says of it tells that: what the kernel refuses changes nothing, and what takes several requests (flush) is
 * never handed over.
 */
#ifndef AGENT_IPROUTE_H
#define AGENT_IPROUTE_H

#include <stdbool.h>

struct command;

/* Whether a program is ip. */
bool is_ip(const char *program);

/* Carries a command out, and frees it, when those before it in its network namespace are done. */
void run_ip(struct command *command);

/* Ends the processes, which remember what links there were: all of them, or those of one network namespace. */
void forget_links(const char *netns);

/* Forgets everything that is being done; that the processes end is another's work. */
void forget_all_of_ip(void);

#endif
