/* The tables of commands and options, and how a command is written. */
#include "io/command_line.h"

#include "allot/language.h"

#define SOLVE COMMAND_BIT(COMMAND_SOLVE)
#define CHECK COMMAND_BIT(COMMAND_CHECK)
#define VERIFY COMMAND_BIT(COMMAND_VERIFY)
#define EXPORT COMMAND_BIT(COMMAND_EXPORT)
#define EXPLAIN COMMAND_BIT(COMMAND_EXPLAIN)
#define COMPARE COMMAND_BIT(COMMAND_COMPARE)
#define SCENARIOS COMMAND_BIT(COMMAND_SCENARIOS)
#define STRESS COMMAND_BIT(COMMAND_STRESS)
#define MERGE COMMAND_BIT(COMMAND_MERGE)
#define CLOSE COMMAND_BIT(COMMAND_CLOSE)
#define PACK COMMAND_BIT(COMMAND_PACK)
#define PUBLISH COMMAND_BIT(COMMAND_PUBLISH)
#define SWEEPS (SCENARIOS | STRESS)
#define DECIDES (SOLVE | EXPLAIN | COMPARE | SWEEPS)

const CommandSpec COMMANDS[] = {
    {"solve", COMMAND_SOLVE, 1, "ROUND", NULL,
     N_("decide a round and write the workbook; `allot ROUND` is the same")},
    {"check", COMMAND_CHECK, 1, "ROUND", NULL,
     N_("read and check only: every finding with its place and what to do")},
    {"verify", COMMAND_VERIFY, 2, "ROUND PLAN", NULL,
     N_("check a plan, also one edited by hand, without the solver; PLAN is a workbook or a "
        "--tables folder")},
    {"export", COMMAND_EXPORT, 2, "ROUND FILE", NULL,
     N_("write the program of the first stage, or of the one named, for any other solver (.mps or "
        ".lp), or as data for models/allocation.mod (.dat)")},
    {"explain", COMMAND_EXPLAIN, 2, "ROUND ID", NULL,
     N_("decide a round and tell where one need, offer or donor stands in the plan, and why, as "
        "text for a letter")},
    {"compare", COMMAND_COMPARE, 2, "PLAN PLAN", NULL,
     N_("every line that differs and its cause: a changed cell or row, several together, or free "
        "choice")},
    {"pack", COMMAND_PACK, 3, "ROUND PLAN DIR", NULL,
     N_("write into an empty folder what each party receives: a workbook and a letter a donor and "
        "a beneficiary, the coordination group's paper, the planners' workbook")},
    {"scenarios", COMMAND_SCENARIOS, 1, "ROUND", NULL,
     N_("decide the round and each of its scenarios, side by side; with --rules three named rules "
        "of sharing in place of the scenarios")},
    {"stress", COMMAND_STRESS, 1, "ROUND", NULL,
     N_("what falls, and who stands in, when a donor is out or late, pledges are lost, money is "
        "cut")},
    {"merge", COMMAND_MERGE, OPERANDS_ANY, "PART...", NULL,
     N_("put the parts of a sweep together: the same files as one run writes")},
    {"close", COMMAND_CLOSE, 3, "ROUND PLAN LEDGER", NULL,
     N_("check a plan that was agreed and append it to the ledger, which the next round starts "
        "from (--ledger); a ledger that is not there is begun")},
    {"record", COMMAND_RECORD, 2, "LEDGER FILE.csv", NULL,
     N_("append what happened since to the ledger (columns event, need, offer, quantity, date, "
        "note, "
        "valid_to), of each row: delivery, so much arrived; payment, so much was paid, in the "
        "offer's currency; cancellation, so much of the commitment is given up; change, so much is "
        "added to it or, below 0, taken off: not what is committed then")},
    {"publish", COMMAND_PUBLISH, 3, "ROUND PLAN FILE.csv", NULL,
     N_("write the decided lines as HXL-tagged CSV for those who track aid, as far as the setting "
        "release allows; nothing of restricted needs")},
    {"template", COMMAND_TEMPLATE, 1, "FILE.xlsx", NULL,
     N_("write an empty round to fill in: lists to choose from, notes, an example row a sheet")},
    {"completion", COMMAND_COMPLETION, 1, "SHELL", "bash zsh",
     N_("print what lets bash or zsh complete commands, options and settings")},
    {"manual", COMMAND_MANUAL, 0, "", NULL, N_("print the manual page, for man")},
};

const size_t COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS;

const OptionSpec OPTIONS[] = {
    {'o', "output", "FILE.xlsx", NULL, COMPLETES_FILE, SOLVE | COMPARE | SWEEPS | MERGE,
     N_("the workbook to write; without it and --tables, plan.xlsx, scenarios.xlsx, rules.xlsx or "
        "stress.xlsx (compare: none)")},
    {'t', "tables", "DIR", NULL, COMPLETES_FOLDER, SOLVE | COMPARE | SWEEPS | MERGE,
     N_("also write the result as CSV tables into this folder")},
    {'s', "set", "KEY=VALUE", NULL, COMPLETES_NOTHING,
     DECIDES | CHECK | VERIFY | EXPORT | CLOSE | PACK | PUBLISH,
     N_("a setting for this run; wins over the settings table")},
    {'e', "encoding", "NAME", NULL, COMPLETES_NOTHING, OF_ALL,
     N_("encoding of CSV files that are not UTF-8 (windows-1251, ...)")},
    {'d', "decimal", "SIGN", "comma point", COMPLETES_NOTHING, OF_ALL,
     N_("comma or point: what 1,234 or 1.234 is where its column does not tell")},
    {'p', "previous", "PLAN", NULL, COMPLETES_FILE,
     DECIDES | VERIFY | EXPORT | CLOSE | PACK | PUBLISH,
     N_("the plan before this one, for the stage `change`")},
    {'L', "ledger", "FILE.csv", NULL, COMPLETES_FILE,
     DECIDES | CHECK | VERIFY | EXPORT | PACK | PUBLISH,
     N_("what earlier rounds left (allot close): counts as covered, and as taken of offers; "
        "compare: where the plans' ledger is now")},
    {'A', "answers", "DIR", NULL, COMPLETES_FOLDER, SOLVE | VERIFY | EXPORT,
     N_("donors' answers to the plan of --previous: agreed lines stay, only what must moves")},
    {'u', "urgent", "NEED", "none", COMPLETES_NOTHING, SOLVE | EXPORT,
     N_("serve this need first, taking as little as can be from the plan of --previous (with "
        "--ledger alone, nothing from what is agreed); none: no longer the one that this plan "
        "serves first")},
    {'b', "before", "ROUND", NULL, COMPLETES_FILE, COMPARE,
     N_("the round of the first plan, where it has moved")},
    {'a', "after", "ROUND", NULL, COMPLETES_FILE, COMPARE,
     N_("the round of the second plan, where it has moved")},
    {'g', "gap", "G", NULL, COMPLETES_NOTHING, DECIDES | EXPORT,
     N_("relative gap at which a stage may stop; like --set gap=G")},
    {'l', "time-limit", "S", NULL, COMPLETES_NOTHING, DECIDES,
     N_("seconds after which to stop; not repeatable: two runs may differ")},
    {'S', "stage", "NAME", NULL, COMPLETES_NOTHING, EXPORT,
     N_("the stage to export, as in stages.csv (\"tier 2\"), with those before it held")},
    {'j', "jobs", "N", NULL, COMPLETES_NOTHING, COMPARE | SWEEPS | PACK,
     N_("cases decided, or parties written to, at a time (as many as there are cores); results are "
        "the same")},
    {'P', "part", "I/N", NULL, COMPLETES_NOTHING, SWEEPS,
     N_("decide every N-th case alone, from the I-th, and write them to -o FILE")},
    {'x', "explain", "LEVEL", "none reasons all", COMPLETES_NOTHING, SOLVE | PACK,
     N_("what is found out beside the plan: none, reasons (of what stays unmet), or all")},
    {'r', "rules", NULL, NULL, COMPLETES_NOTHING, SCENARIOS,
     N_("compare rules of sharing instead of the scenarios")},
    {'n', "lang", "LANGUAGE", "en uk pl", COMPLETES_NOTHING, OF_ALL,
     N_("language of workbooks, letters, messages and this text: en, uk or pl (else the "
        "locale's)")},
    {'q', "quiet", NULL, NULL, COMPLETES_NOTHING, OF_ALL, N_("print no summary")},
    {'v', "verbose", NULL, NULL, COMPLETES_NOTHING, OF_ALL,
     N_("print every note: skipped examples too; explain: all offers of a need, however many")},
    {'h', "help", NULL, NULL, COMPLETES_NOTHING, OF_ALL, N_("print this and end")},
    {'V', "version", NULL, NULL, COMPLETES_NOTHING, OF_ALL, N_("print versions and end")},
};

const size_t OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS;

_Static_assert(sizeof OPTIONS / sizeof *OPTIONS <= OPTIONS_MOST, "raise OPTIONS_MOST");

const char *option_owners(const OptionSpec *spec, Arena *arena)
{
    const char *text = "";
    size_t left = 0;
    for (size_t c = 0; c < COMMAND_COUNT; c++)
        left += (spec->of & COMMAND_BIT(COMMANDS[c].command)) != 0;
    for (size_t c = 0; c < COMMAND_COUNT && text != NULL; c++) {
        if ((spec->of & COMMAND_BIT(COMMANDS[c].command)) == 0)
            continue;
        const char *comma = left > 2 ? ", " : left == 2 ? _(" and ") : "";
        text = arena_printf(arena, "%s%s%s", text, COMMANDS[c].name, comma);
        left--;
    }
    return text;
}

const char *command_usage(const CommandSpec *spec, Arena *arena)
{
    const char *text = arena_printf(arena, "%s%s%s", spec->name, *spec->operand_text ? " " : "",
                                    spec->operand_text);
    for (size_t i = 0; i < OPTION_COUNT && text != NULL; i++) {
        const OptionSpec *option = &OPTIONS[i];
        if (option->of == OF_ALL || (option->of & COMMAND_BIT(spec->command)) == 0)
            continue;
        const char *argument = option->argument == NULL ? "" : option->argument;
        const char *name = option->letter == 'o' ? "-o" : arena_printf(arena, "--%s", option->name);
        if (name == NULL)
            return NULL;
        text = arena_printf(arena, "%s [%s%s%s]%s", text, name, *argument == '\0' ? "" : " ",
                            argument, option->letter == 's' ? "..." : "");
    }
    return text;
}
