/* room: io
 *
 * The commands and options of the command line as tables: what reading (io/options.c), --help and the
 * manual (io/help_text.c) and the completion of shells (io/completion.c) all come from.
 */
#ifndef ALLOT_IO_COMMAND_LINE_H
#define ALLOT_IO_COMMAND_LINE_H

#include "allot/options.h"

enum { OPERANDS_ANY = -1 }; /* one operand or more */

/** What a shell may complete an operand or an argument with. */
typedef enum Completes { COMPLETES_NOTHING, COMPLETES_FILE, COMPLETES_FOLDER } Completes;

typedef struct CommandSpec {
    const char *name;
    Command command;
    int operands;             /* how many follow the name; or OPERANDS_ANY */
    const char *operand_text; /* "ROUND ID"; "" without any */
    const char *words; /* what the only operand can be, separated by blanks; NULL: anything */
    const char *help;
} CommandSpec;

typedef struct OptionSpec {
    char letter; /* also the code getopt_long() gives */
    const char *name;
    const char *argument; /* NULL: takes none */
    const char *words;    /* what the argument can be, separated by blanks; NULL: anything */
    Completes completes;
    unsigned of; /* the commands that have a use for it, COMMAND_BIT() each; OF_ALL */
    const char *help;
} OptionSpec;

#define COMMAND_BIT(command) (1u << (command))
#define OF_ALL (~0u)

extern const CommandSpec COMMANDS[];
extern const size_t COMMAND_COUNT;
extern const OptionSpec OPTIONS[];
extern const size_t OPTION_COUNT;
enum { OPTIONS_MOST = 48 }; /* >= OPTION_COUNT */

/** "scenarios, stress and compare": the commands of @p spec; NULL without memory. */
const char *option_owners(const OptionSpec *spec, Arena *arena);

/** "solve ROUND [-o FILE.xlsx] [--tables DIR] ...": of the options, those that not every command takes.
 *  NULL without memory. */
const char *command_usage(const CommandSpec *spec, Arena *arena);

#endif
