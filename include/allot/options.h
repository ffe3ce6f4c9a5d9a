/* room: io
 *
 * The command line as data.
 */
#ifndef ALLOT_OPTIONS_H
#define ALLOT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/answers.h"
#include "allot/arena.h"
#include "allot/language.h"
#include "allot/round.h"
#include "allot/status.h"

typedef enum Command {
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_SOLVE,
    COMMAND_CHECK,
    COMMAND_VERIFY,
    COMMAND_EXPORT,
    COMMAND_TEMPLATE,
    COMMAND_EXPLAIN,
    COMMAND_SCENARIOS,
    COMMAND_STRESS,
    COMMAND_MERGE,
    COMMAND_PACK,
    COMMAND_COMPARE,
    COMMAND_CLOSE,
    COMMAND_RECORD,
    COMMAND_PUBLISH,
    COMMAND_COMPLETION,
    COMMAND_MANUAL
} Command;

typedef struct Options {
    Command command;
    const char *round; /* path; template, merge: NULL; record: the ledger */
    const char *
        operand; /* verify, close, pack, publish: the plan; record: the entries; compare: the second plan (round: the first); export, template: the file; explain: the id */
    const char *target;   /* pack: the folder; close: the ledger; publish: the file; else NULL */
    const char *out;      /* -o, or NULL */
    const char *tables;   /* --tables, or NULL */
    const char *previous; /* --previous: the plan before this one, or NULL */
    const char *ledger;   /* --ledger; close: its last operand; or NULL */
    const char *answers;  /* --answers: the folder of donors' answers, or NULL */
    const char *urgent;   /* --urgent: the id of a need, or NULL */
    const char *before;   /* compare: --before, the round of the first plan, or NULL */
    const char *after;    /* likewise of the second */
    const char *stage;    /* export: --stage, or NULL for the first */
    double time_limit_s;  /* --time-limit; 0: none. With one, runs are not repeatable */
    SettingRow *settings; /* --set and --gap, in order */
    size_t setting_count;
    const char *encoding;     /* --encoding, or NULL */
    char decimal;             /* --decimal: '.' or ','; 0 when not given */
    const char *const *parts; /* merge: [part_count] files */
    size_t part_count;
    size_t jobs;          /* --jobs; 0: as many as there are cores */
    size_t part, part_of; /* --part I/N; 0: not given */
    ExplainLevel explain; /* --explain; else all */
    bool rules;           /* scenarios: --rules */
    bool is_implied;      /* no command was typed: `allot ROUND` */
    bool quiet;
    bool verbose;
    double
        asks_work; /* compare: the most that its questions may be, see ASKS_WORK; 0: that. For tests:
                         the command line has no word for it */
} Options;

/** Reads the command line. On STATUS_USAGE *message says what is wrong and what to type, in
 *  @p arena. @return STATUS_OK, STATUS_USAGE, STATUS_NO_MEMORY. */
Status options_read(int argc, char **argv, Arena *arena, Options *options, const char **message);

/** The language asked for by --lang (-n), else the locale's: read before anything is said, mistakes in the
 *  command line included. One that is not ours is left to options_read(). Without memory the locale's. */
Language options_language(int argc, char **argv, Arena *arena);

/** The text of --help, in @p arena; NULL without memory. */
const char *options_help(Arena *arena);

/** The manual page, for man(1): section 1, in the macros of man(7); NULL without memory. */
const char *options_manual(Arena *arena);

/** A script that lets @p shell ("bash" or "zsh") complete the command line; NULL without memory. */
const char *options_completion(const char *shell, Arena *arena);

#endif
