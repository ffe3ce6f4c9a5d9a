/* The manual page: what --help says, and what surrounds the program, in the macros of man(7). */
#include "allot/options.h"

#include <string.h>

#include "allot/settings.h"
#include "allot/version.h"
#include "io/command_line.h"

/** A text as roff: hyphens that are typed, backslashes, and lines that begin like a request. */
static const char *roff(Arena *arena, const char *text)
{
    size_t length = strlen(text), at = 0;
    char *out = ARENA_NEW(arena, 2 * length + 3, char);
    if (out == NULL)
        return NULL;
    if (*text == '.' || *text == '\'') {
        out[at++] = '\\';
        out[at++] = '&';
    }
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '-' || *c == '\\')
            out[at++] = '\\';
        out[at++] = *c == '\\' ? 'e' : *c;
    }
    out[at] = '\0';
    return out;
}

static const char *add_entry(Arena *arena, const char *text, const char *head, const char *words)
{
    const char *bold = head == NULL ? NULL : roff(arena, head), *plain = roff(arena, words);
    if (text == NULL || bold == NULL || plain == NULL)
        return NULL;
    return arena_printf(arena, "%s.TP\n.B %s\n%s\n", text, bold, plain);
}

static const char *add_commands(Arena *arena, const char *text)
{
    for (size_t i = 0; text != NULL && i < COMMAND_COUNT; i++) {
        const char *usage = command_usage(&COMMANDS[i], arena);
        const char *head = usage == NULL ? NULL : arena_printf(arena, "allot %s", usage);
        text = add_entry(arena, text, head, COMMANDS[i].help);
    }
    return text;
}

static const char *add_options(Arena *arena, const char *text)
{
    for (size_t i = 0; text != NULL && i < OPTION_COUNT; i++) {
        const OptionSpec *spec = &OPTIONS[i];
        const char *owners = spec->of == OF_ALL ? "every command" : option_owners(spec, arena);
        const char *head = arena_printf(arena, "-%c, --%s%s%s", spec->letter, spec->name,
                                        spec->argument == NULL ? "" : " ",
                                        spec->argument == NULL ? "" : spec->argument);
        const char *words =
            owners == NULL ? NULL : arena_printf(arena, "%s (%s)", spec->help, owners);
        text = words == NULL ? NULL : add_entry(arena, text, head, words);
    }
    return text;
}

static const char *add_settings(Arena *arena, const char *text)
{
    for (size_t i = 0; text != NULL && i < settings_key_count(); i++) {
        const char *initial = settings_key_default(i);
        const char *words = *initial == '\0' ? settings_key_help(i)
                                             : arena_printf(arena, "%s; unless told otherwise %s",
                                                            settings_key_help(i), initial);
        text = words == NULL ? NULL : add_entry(arena, text, settings_key_name(i), words);
    }
    return text;
}

static const char HEAD[] =
    ".TH ALLOT 1 \"\" \"allot " ALLOT_VERSION "\" \"User Commands\"\n"
    ".nh\n.ad l\n"
    ".SH NAME\n"
    "allot \\- allocation rounds for the Tallinn Mechanism\n"
    ".SH SYNOPSIS\n"
    ".B allot\n.I COMMAND\n[\\fIOPTION\\fR]... \\fIOPERAND\\fR...\n.br\n"
    ".B allot\n.I ROUND\n"
    ".SH DESCRIPTION\n"
    "Reads the needs and offers of a round, decides which donor's money, licences, seats and\n"
    "expert days go to which need, in a published order of stages, checks the plan with a second\n"
    "program that shares no code with the first, and writes a workbook for people and tables for\n"
    "programs. Equal input gives equal output.\n"
    ".PP\n"
    ".I ROUND\nis a folder of CSV tables (needs.csv, offers.csv, ...) or one workbook with a sheet "
    "a\n"
    "table (.xlsx, .ods, .fods).\n.I PLAN\nis a workbook that allot wrote, or its folder of "
    "tables.\n"
    ".PP\n"
    "Standard output holds the result alone; findings go to standard error, each with file, row\n"
    "and column, what was found and what to do.\n"
    ".SH COMMANDS\n";

static const char TAIL[] =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\ndone; the plan passed its own check\n"
    ".TP\n.B 1\nfindings: the input has errors, the plan breaks a rule, or a case of a sweep has "
    "no plan\n"
    ".TP\n.B 2\nthe command line is wrong\n"
    ".TP\n.B 3\nno plan can exist: the conflict and the smallest concession are told\n"
    ".TP\n.B 4\na limit was reached before any plan was found\n"
    ".TP\n.B 5\na file could not be read or written\n"
    ".TP\n.B 70\na fault of the program itself\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B SOURCE_DATE_EPOCH\n"
    "the date that is written into workbooks, in seconds since 1970; else the start of the round.\n"
    "The clock is never asked.\n"
    ".SH EXAMPLES\n"
    ".nf\n"
    "allot template round.xlsx\n"
    "allot check round.xlsx\n"
    "allot solve round.xlsx \\-o plan.xlsx \\-\\-tables plan\n"
    "allot explain round.xlsx N\\-017\n"
    "allot verify round.xlsx plan.xlsx\n"
    "allot stress round.xlsx \\-o stress.xlsx\n"
    "allot solve round.xlsx \\-\\-previous plan \\-o second.xlsx\n"
    "allot compare plan.xlsx second.xlsx\n"
    ".fi\n"
    ".SH SEE ALSO\n"
    ".BR glpsol (1)\n";

const char *options_manual(Arena *arena)
{
    const char *text = add_commands(arena, HEAD);
    text = text == NULL ? NULL : arena_printf(arena, "%s.SH OPTIONS\n", text);
    text = add_options(arena, text);
    text = text == NULL
               ? NULL
               : arena_printf(arena, "%s.SH SETTINGS\nIn the table settings, or by \\-\\-set.\n",
                              text);
    text = add_settings(arena, text);
    return text == NULL ? NULL : arena_printf(arena, "%s%s", text, TAIL);
}
