/* The command line: commands and options are tables, from which reading and --help both come. */
#include "allot/options.h"

#include <getopt.h>
#include <string.h>

#include "allot/decimal.h"
#include "allot/settings.h"
#include "io/encoding.h"

enum { PARTS = -1 }; /* one operand or more */

typedef struct CommandSpec {
    const char *name;
    Command command;
    int operands; /* after the name; or PARTS */
    const char *usage;
    const char *help;
} CommandSpec;

static const CommandSpec COMMANDS[] = {
    {"solve", COMMAND_SOLVE, 1,
     "solve ROUND [-o PLAN.xlsx] [--tables DIR] [--previous PLAN] [--set KEY=VALUE]... [--gap G] "
     "[--time-limit S] [--explain none|reasons|all]",
     "decide a round and write the workbook; `allot ROUND` is the same"},
    {"check", COMMAND_CHECK, 1, "check ROUND [--set KEY=VALUE]...",
     "read and check only: every finding with its place and what to do"},
    {"verify", COMMAND_VERIFY, 2, "verify ROUND PLAN [--previous PLAN]",
     "check a plan, also one edited by hand, without the solver; PLAN is a workbook or a --tables "
     "folder"},
    {"export", COMMAND_EXPORT, 2, "export ROUND FILE [--stage NAME] [--set KEY=VALUE]...",
     "write the program of the first stage, or of the one named, for any other solver (.mps or "
     ".lp), or as data for models/allocation.mod (.dat)"},
    {"explain", COMMAND_EXPLAIN, 2,
     "explain ROUND ID [--previous PLAN] [--set KEY=VALUE]... [--gap G] [--time-limit S]",
     "decide a round and tell where one need, offer or donor stands in the plan, and why, as text "
     "for a letter"},
    {"compare", COMMAND_COMPARE, 2,
     "compare PLAN PLAN [-o FILE.xlsx] [--tables DIR] [--before ROUND] [--after ROUND] [--jobs N] "
     "[--previous PLAN] [--time-limit S]",
     "every line that differs and its cause: a changed cell or row, several together, or free "
     "choice"},
    {"scenarios", COMMAND_SCENARIOS, 1,
     "scenarios ROUND [--rules] [-o FILE.xlsx] [--tables DIR] [--previous PLAN] [--time-limit S] "
     "[--jobs N] [--part I/N]",
     "decide the round and each of its scenarios, side by side; with --rules three named rules of "
     "sharing in place of the scenarios"},
    {"stress", COMMAND_STRESS, 1,
     "stress ROUND [-o FILE.xlsx] [--tables DIR] [--previous PLAN] [--time-limit S] [--jobs N] "
     "[--part I/N]",
     "what falls, and who stands in, when a donor is out or late, pledges are lost, money is cut"},
    {"merge", COMMAND_MERGE, PARTS, "merge PART... [-o FILE.xlsx] [--tables DIR]",
     "put the parts of a sweep together: the same files as one run writes"},
    {"template", COMMAND_TEMPLATE, 1, "template FILE.xlsx",
     "write an empty round to fill in: lists to choose from, notes, an example row a sheet"},
};

enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

typedef struct OptionSpec {
    char letter; /* also the code getopt_long() gives */
    const char *name;
    const char *argument; /* NULL: takes none */
    const char *help;
} OptionSpec;

static const OptionSpec OPTIONS[] = {
    {'o', "output", "FILE.xlsx", "the workbook to write (plan.xlsx, unless --tables is given)"},
    {'t', "tables", "DIR", "also write the plan as CSV tables into this folder"},
    {'s', "set", "KEY=VALUE", "a setting for this run; wins over the settings table"},
    {'e', "encoding", "NAME", "encoding of CSV files that are not UTF-8 (windows-1251, ...)"},
    {'d', "decimal", "SIGN",
     "comma or point: what 1,234 or 1.234 is where its column does not tell"},
    {'p', "previous", "PLAN", "the plan before this one, for the stage `change`"},
    {'b', "before", "ROUND", "compare: the round of the first plan, where it has moved"},
    {'a', "after", "ROUND", "compare: the round of the second plan, where it has moved"},
    {'g', "gap", "G", "relative gap at which a stage may stop; like --set gap=G"},
    {'l', "time-limit", "S", "seconds after which to stop; not repeatable: two runs may differ"},
    {'S', "stage", "NAME",
     "the stage to export, as in stages.csv (\"tier 2\"), with those before it held"},
    {'j', "jobs", "N",
     "cases decided at a time (as many as there are cores); results are the same"},
    {'P', "part", "I/N", "decide every N-th case alone, from the I-th, and write them to -o FILE"},
    {'x', "explain", "LEVEL",
     "solve: what is found out beside the plan: none, reasons (of what stays unmet), or all"},
    {'r', "rules", NULL, "scenarios: compare rules of sharing instead of the scenarios"},
    {'q', "quiet", NULL, "print no summary"},
    {'v', "verbose", NULL, "print every note: skipped examples too"},
    {'h', "help", NULL, "print this and end"},
    {'V', "version", NULL, "print versions and end"},
};

enum { OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS };

static const CommandSpec *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(COMMANDS[i].name, name) == 0)
            return &COMMANDS[i];
    return NULL;
}

/** getopt_long()'s two descriptions, made from the table. */
static void describe(struct option *longs, char *shorts)
{
    *shorts++ = ':'; /* a missing argument is told apart from an unknown option */
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const OptionSpec *spec = &OPTIONS[i];
        longs[i] =
            (struct option){.name = spec->name,
                            .has_arg = spec->argument != NULL ? required_argument : no_argument,
                            .val = spec->letter};
        *shorts++ = spec->letter;
        if (spec->argument != NULL)
            *shorts++ = ':';
    }
    longs[OPTION_COUNT] = (struct option){0};
    *shorts = '\0';
}

static Status usage(Arena *arena, const char **message, const char *what, const char *text)
{
    *message = arena_printf(arena, "%s '%s'; see allot --help", what, text);
    TRY_NEW(*message);
    return STATUS_USAGE;
}

static Status add_setting(char *text, Arena *arena, Options *options, const char **message)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text)
        return usage(arena, message, "--set needs KEY=VALUE, not", text);
    const char *key = arena_text(arena, text, (size_t)(equals - text));
    TRY_NEW(key);
    SettingRow row = {.key = key,
                      .value = equals + 1,
                      .place = {.file = "--set", .table = "settings", .text = text}};
    options->settings[options->setting_count++] = row;
    return STATUS_OK;
}

/** --gap G is --set gap=G: what G may be is said where settings are read. */
static Status add_gap(const char *text, Options *options)
{
    SettingRow row = {
        .key = "gap", .value = text, .place = {.file = "--gap", .table = "settings", .text = text}};
    options->settings[options->setting_count++] = row;
    return STATUS_OK;
}

static Status take_time_limit(const char *text, Arena *arena, Options *options,
                              const char **message)
{
    Decimal seconds;
    if (!decimal_parse(text, &seconds) || seconds.digits <= 0)
        return usage(arena, message, "--time-limit is seconds above 0, say 60 or 0.5, not", text);
    options->time_limit_s = decimal_to_double(seconds);
    return STATUS_OK;
}

/* A whole number from 1 at *text, which is moved behind it. */
static bool take_count(const char **text, size_t *out)
{
    size_t count = 0, digits = strspn(*text, "0123456789");
    if (digits == 0 || digits > 6)
        return false;
    for (size_t i = 0; i < digits; i++)
        count = 10 * count + (size_t)((*text)[i] - '0');
    *text += digits;
    *out = count;
    return count > 0;
}

static Status take_jobs(const char *text, Arena *arena, Options *options, const char **message)
{
    const char *rest = text;
    if (!take_count(&rest, &options->jobs) || *rest != '\0')
        return usage(arena, message, "--jobs is a whole number above 0, not", text);
    return STATUS_OK;
}

static Status take_explain(const char *text, Arena *arena, Options *options, const char **message)
{
    static const char *const levels[] = {
        [EXPLAIN_ALL] = "all", [EXPLAIN_REASONS] = "reasons", [EXPLAIN_NONE] = "none"};
    for (int level = EXPLAIN_ALL; level <= EXPLAIN_NONE; level++) {
        if (strcmp(text, levels[level]) != 0)
            continue;
        options->explain = (ExplainLevel)level;
        return STATUS_OK;
    }
    return usage(arena, message, "--explain takes none, reasons or all, not", text);
}

static Status take_part(const char *text, Arena *arena, Options *options, const char **message)
{
    const char *rest = text;
    if (!take_count(&rest, &options->part) || *rest++ != '/' ||
        !take_count(&rest, &options->part_of) || *rest != '\0' || options->part > options->part_of)
        return usage(arena, message, "--part is I/N, from 1/N to N/N, not", text);
    return STATUS_OK;
}

static Status take_encoding(const char *name, Arena *arena, Options *options, const char **message)
{
    if (!encoding_is_known(name))
        return usage(arena, message, "there is no encoding", name);
    options->encoding = name;
    return STATUS_OK;
}

static Status take_decimal(const char *sign, Arena *arena, Options *options, const char **message)
{
    if (strcmp(sign, "comma") == 0 || strcmp(sign, ",") == 0)
        options->decimal = ',';
    else if (strcmp(sign, "point") == 0 || strcmp(sign, ".") == 0)
        options->decimal = '.';
    else
        return usage(arena, message, "--decimal is comma or point, not", sign);
    return STATUS_OK;
}

static Status take_option(int code, char **argv, Arena *arena, Options *options,
                          const char **message)
{
    switch (code) {
    case 'o': options->out = optarg; return STATUS_OK;
    case 't': options->tables = optarg; return STATUS_OK;
    case 's': return add_setting(optarg, arena, options, message);
    case 'e': return take_encoding(optarg, arena, options, message);
    case 'd': return take_decimal(optarg, arena, options, message);
    case 'p': options->previous = optarg; return STATUS_OK;
    case 'b': options->before = optarg; return STATUS_OK;
    case 'a': options->after = optarg; return STATUS_OK;
    case 'g': return add_gap(optarg, options);
    case 'l': return take_time_limit(optarg, arena, options, message);
    case 'S': options->stage = optarg; return STATUS_OK;
    case 'j': return take_jobs(optarg, arena, options, message);
    case 'P': return take_part(optarg, arena, options, message);
    case 'x': return take_explain(optarg, arena, options, message);
    case 'r': options->rules = true; return STATUS_OK;
    case 'q': options->quiet = true; return STATUS_OK;
    case 'v': options->verbose = true; return STATUS_OK;
    case 'h': options->command = COMMAND_HELP; return STATUS_OK;
    case 'V': options->command = COMMAND_VERSION; return STATUS_OK;
    case ':': return usage(arena, message, "an argument is missing after", argv[optind - 1]);
    default: return usage(arena, message, "there is no option", argv[optind - 1]);
    }
}

/** A name with another ending than these (one text, "|.mps|.lp|") promises another format; one
 *  without any is fine. */
static bool may_be_named(const char *path, const char *endings)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash == NULL ? path : slash, '.');
    for (const char *at = endings; dot != NULL && at[1] != '\0'; at = strchr(at + 1, '|')) {
        size_t length = strcspn(at + 1, "|");
        if (strlen(dot) == length && strncmp(dot, at + 1, length) == 0)
            return true;
    }
    return dot == NULL;
}

/** Commands that decide a round again and again. */
static bool is_sweep(Command command)
{
    return command == COMMAND_SCENARIOS || command == COMMAND_STRESS;
}

/** A part of a sweep is a file of its own kind, and its only result. */
static Status check_part(Arena *arena, const Options *options, const char **message)
{
    if (options->out == NULL)
        return usage(arena, message, "--part needs -o FILE to write the part to, and there is no",
                     "-o");
    if (options->tables != NULL)
        return usage(arena, message, "tables are written when parts are merged, not with",
                     "--part");
    if (strrchr(options->out, '.') != NULL && strcmp(strrchr(options->out, '.'), ".xlsx") == 0)
        return usage(arena, message, "a part is no workbook; name it FILE.part, not", options->out);
    return STATUS_OK;
}

/** An option that another command has a use for would be silently without effect. */
static Status check_owners(const CommandSpec *spec, Arena *arena, const Options *options,
                           const char **message)
{
    bool writes = spec->command == COMMAND_SOLVE, sweeps = is_sweep(spec->command);
    bool compares = spec->command == COMMAND_COMPARE;
    bool solves = writes || sweeps || compares || spec->command == COMMAND_EXPLAIN;
    if (!writes && !sweeps && !compares && spec->command != COMMAND_MERGE &&
        (options->out != NULL || options->tables != NULL))
        return usage(arena, message,
                     "-o and --tables belong to solve, scenarios, stress, merge and compare, not "
                     "to",
                     spec->name);
    if (!sweeps && options->part > 0)
        return usage(arena, message, "--part belongs to scenarios and stress, not to", spec->name);
    if (!sweeps && !compares && options->jobs > 0)
        return usage(arena, message, "--jobs belongs to scenarios, stress and compare, not to",
                     spec->name);
    if (!compares && (options->before != NULL || options->after != NULL))
        return usage(arena, message, "--before and --after belong to compare, not to", spec->name);
    if (spec->command != COMMAND_SCENARIOS && options->rules)
        return usage(arena, message, "--rules belongs to scenarios, not to", spec->name);
    if (!solves && options->time_limit_s > 0)
        return usage(arena, message, "--time-limit belongs to what decides a round, not to",
                     spec->name);
    if (!solves && spec->command != COMMAND_VERIFY && options->previous != NULL)
        return usage(arena, message,
                     "--previous belongs to verify and what decides a round, not to", spec->name);
    if (!writes && options->explain != EXPLAIN_ALL)
        return usage(arena, message, "--explain belongs to solve, not to", spec->name);
    if (spec->command != COMMAND_EXPORT && options->stage != NULL)
        return usage(arena, message, "--stage belongs to export, not to", spec->name);
    return STATUS_OK;
}

/** What is written must be named as what it is. */
static Status check_names(const CommandSpec *spec, Arena *arena, const Options *options,
                          const char **message)
{
    const char *file = options->operand != NULL ? options->operand : "";
    if (spec->command == COMMAND_EXPORT && !may_be_named(file, "|.mps|.lp|.dat|"))
        return usage(arena, message, "export writes .mps, .lp or .dat, not", file);
    if (spec->command == COMMAND_TEMPLATE && !may_be_named(file, "|.xlsx|"))
        return usage(arena, message, "template writes .xlsx, not", file);
    if (options->part == 0 && options->out != NULL && !may_be_named(options->out, "|.xlsx|"))
        return usage(arena, message, "the workbook's name must end in .xlsx, not", options->out);
    TRY(check_owners(spec, arena, options, message));
    return options->part > 0 ? check_part(arena, options, message) : STATUS_OK;
}

static Status take_operands(int count, char **operands, Arena *arena, Options *options,
                            const char **message)
{
    const CommandSpec *spec = count > 0 ? find_command(operands[0]) : NULL;
    if (count == 0) {
        *message = "no round is given; type: allot solve ROUND, or allot --help";
        return STATUS_USAGE;
    }
    if (spec == NULL) { /* `allot ROUND` */
        if (count > 1)
            return usage(arena, message, "there is no command", operands[0]);
        spec = find_command("solve");
    } else {
        operands++;
        count--;
    }
    options->command = spec->command;
    if (spec->operands == PARTS && count > 0) {
        options->parts = (const char *const *)operands;
        options->part_count = (size_t)count;
        return check_names(spec, arena, options, message);
    }
    if (count != spec->operands)
        return usage(arena, message,
                     count < spec->operands || spec->operands == PARTS ? "too few operands for"
                                                                       : "too many "
                                                                         "operands for",
                     spec->usage);
    bool reads = spec->command != COMMAND_TEMPLATE;
    options->round = reads ? operands[0] : NULL;
    options->operand = reads && spec->operands < 2 ? NULL : operands[spec->operands - 1];
    return check_names(spec, arena, options, message);
}

Status options_read(int argc, char **argv, Arena *arena, Options *options, const char **message)
{
    struct option longs[OPTION_COUNT + 1];
    char shorts[2 * OPTION_COUNT + 2];
    *options = (Options){.command = COMMAND_SOLVE};
    *message = "";
    options->settings = ARENA_NEW(arena, (size_t)argc, SettingRow);
    TRY_NEW(options->settings);
    describe(longs, shorts);
    optind = 0; /* glibc starts anew and forgets how an earlier line was permuted */
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1;)
        TRY(take_option(code, argv, arena, options, message));
    if (options->command == COMMAND_HELP || options->command == COMMAND_VERSION)
        return STATUS_OK;
    return take_operands(argc - optind, argv + optind, arena, options, message);
}

static const char *help_commands(Arena *arena)
{
    const char *text = "";
    for (size_t i = 0; text != NULL && i < COMMAND_COUNT; i++)
        text = arena_printf(arena, "%s  allot %s\n        %s\n", text, COMMANDS[i].usage,
                            COMMANDS[i].help);
    return text;
}

static const char *help_options(Arena *arena)
{
    const char *text = "";
    for (size_t i = 0; text != NULL && i < OPTION_COUNT; i++) {
        const OptionSpec *spec = &OPTIONS[i];
        const char *head = arena_printf(arena, "-%c, --%s%s%s", spec->letter, spec->name,
                                        spec->argument == NULL ? "" : " ",
                                        spec->argument == NULL ? "" : spec->argument);
        text = head == NULL ? NULL : arena_printf(arena, "%s  %-24s %s\n", text, head, spec->help);
    }
    return text;
}

static const char *help_settings(Arena *arena)
{
    const char *text = "";
    for (size_t i = 0; text != NULL && i < settings_key_count(); i++)
        text =
            arena_printf(arena, "%s  %-18s %s\n", text, settings_key_name(i), settings_key_help(i));
    return text;
}

const char *options_help(Arena *arena)
{
    const char *commands = help_commands(arena), *options = help_options(arena),
               *settings = help_settings(arena);
    if (commands == NULL || options == NULL || settings == NULL)
        return NULL;
    return arena_printf(
        arena,
        "allot: allocation rounds for the Tallinn Mechanism\n\n"
        "Commands (ROUND is a folder of CSV tables, needs.csv, offers.csv, ..., or one workbook\n"
        "with a sheet a table: .xlsx, .ods, .fods)\n%s\n"
        "Options\n%s\n"
        "Settings (settings.csv, or --set KEY=VALUE)\n%s\n"
        "Exit: 0 done; 1 findings; 2 command line; 3 no plan can exist; 4 a limit "
        "came first;\n5 a file could not be read or written; 70 a fault of the "
        "program\n",
        commands, options, settings);
}
