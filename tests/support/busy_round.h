/* A folder in which every command between two rounds has something to do: a round "r" with its plan "t",
 * answers "a" to it, the ledger "l.csv" that closed it (and a copy, "kept"), what happened since "e.csv",
 * the next round "r2" with its plan "t2".
 */
#ifndef ALLOT_TEST_BUSY_ROUND_H
#define ALLOT_TEST_BUSY_ROUND_H

#include "tests/support/program.h"

enum { BUSY_ARGUMENTS = 14 };

/** A command and its arguments; of those that begin with '@' the rest is a path in the folder. What it
 *  writes is "p.xlsx", "u" and "out", or the ledger. */
typedef struct BusyCommand {
    const char *label;
    const char *arguments[BUSY_ARGUMENTS]; /* NULL behind the last */
} BusyCommand;

enum { BUSY_COMMANDS = 6 };
extern const BusyCommand busy_commands[BUSY_COMMANDS];

void busy_round_open(Program *p);

/** Fails unless each of what a command writes is absent, or empty, or whole, nothing lies beside, and
 *  (@p done: or not) the ledger is as it was. */
void busy_round_check(Program *p, const char *label, bool done);

/** Takes away what the command wrote, and puts the ledger back. */
void busy_round_clear(Program *p);

#endif
