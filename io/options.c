/* Reads the command line, by the tables of io/command_line.h. */
#include "allot/options.h"

#include <getopt.h>
#include <string.h>

#include "allot/decimal.h"
#include "allot/language.h"
#include "allot/names.h"
#include "io/command_line.h"
#include "io/encoding.h"

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
    *message = arena_printf(arena, _("%s '%s'; see allot --help"), what, text);
    TRY_NEW(*message);
    return STATUS_USAGE;
}

/** A name that is not known, with the nearest of @p names when that is near enough to be a slip. */
static Status unknown(Arena *arena, const char **message, const char *what, const char *text,
                      const char *const *names, size_t count)
{
    const char *near = name_nearest(text, names, count);
    if (near == NULL)
        return usage(arena, message, what, text);
    *message =
        arena_printf(arena, _("%s '%s'; did you mean '%s'? see allot --help"), what, text, near);
    TRY_NEW(*message);
    return STATUS_USAGE;
}

static Status unknown_command(Arena *arena, const char **message, const char *text)
{
    const char **names = ARENA_NEW(arena, COMMAND_COUNT, const char *);
    TRY_NEW(names);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = COMMANDS[i].name;
    return unknown(arena, message, _("there is no command"), text, names, COMMAND_COUNT);
}

static Status unknown_option(Arena *arena, const char **message, const char *text)
{
    const char **names = ARENA_NEW(arena, OPTION_COUNT, const char *);
    TRY_NEW(names);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        names[i] = arena_printf(arena, "--%s", OPTIONS[i].name);
        TRY_NEW(names[i]);
    }
    return unknown(arena, message, _("there is no option"), text, names, OPTION_COUNT);
}

static Status add_setting(char *text, Arena *arena, Options *options, const char **message)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text)
        return usage(arena, message, _("--set needs KEY=VALUE, not"), text);
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
        return usage(arena, message, _("--time-limit is seconds above 0, say 60 or 0.5, not"),
                     text);
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
        return usage(arena, message, _("--jobs is a whole number above 0, not"), text);
    return STATUS_OK;
}

/** Is @p text one of @p words, which blanks separate? */
static bool is_word(const char *words, const char *text)
{
    size_t length = strlen(text);
    for (const char *at = words; *at != '\0'; at += strspn(at, " ")) {
        size_t word = strcspn(at, " ");
        if (word == length && strncmp(at, text, word) == 0)
            return true;
        at += word;
    }
    return false;
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
    return usage(arena, message, _("--explain takes none, reasons or all, not"), text);
}

static Status take_part(const char *text, Arena *arena, Options *options, const char **message)
{
    const char *rest = text;
    if (!take_count(&rest, &options->part) || *rest++ != '/' ||
        !take_count(&rest, &options->part_of) || *rest != '\0' || options->part > options->part_of)
        return usage(arena, message, _("--part is I/N, from 1/N to N/N, not"), text);
    return STATUS_OK;
}

static Status take_encoding(const char *name, Arena *arena, Options *options, const char **message)
{
    if (!encoding_is_known(name))
        return usage(arena, message, _("there is no encoding"), name);
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
        return usage(arena, message, _("--decimal is comma or point, not"), sign);
    return STATUS_OK;
}

/** What to do about it was done by options_language(). */
static Status take_language(const char *name, Arena *arena, const char **message)
{
    Language language;
    if (!language_find(name, &language) || strcmp(language_code(language), name) != 0)
        return usage(arena, message, _("--lang is en, uk or pl, not"), name);
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
    case 'L': options->ledger = optarg; return STATUS_OK;
    case 'A': options->answers = optarg; return STATUS_OK;
    case 'u': options->urgent = optarg; return STATUS_OK;
    case 'b': options->before = optarg; return STATUS_OK;
    case 'a': options->after = optarg; return STATUS_OK;
    case 'g': return add_gap(optarg, options);
    case 'l': return take_time_limit(optarg, arena, options, message);
    case 'S': options->stage = optarg; return STATUS_OK;
    case 'j': return take_jobs(optarg, arena, options, message);
    case 'P': return take_part(optarg, arena, options, message);
    case 'x': return take_explain(optarg, arena, options, message);
    case 'r': options->rules = true; return STATUS_OK;
    case 'n': return take_language(optarg, arena, message);
    case 'q': options->quiet = true; return STATUS_OK;
    case 'v': options->verbose = true; return STATUS_OK;
    case 'h': options->command = COMMAND_HELP; return STATUS_OK;
    case 'V': options->command = COMMAND_VERSION; return STATUS_OK;
    case ':': return usage(arena, message, _("an argument is missing after"), argv[optind - 1]);
    default: return unknown_option(arena, message, argv[optind - 1]);
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

/** A part of a sweep is a file of its own kind, and its only result. */
static Status check_part(Arena *arena, const Options *options, const char **message)
{
    if (options->out == NULL)
        return usage(arena, message,
                     _("--part needs -o FILE to write the part to, and there is no"), "-o");
    if (options->tables != NULL)
        return usage(arena, message, _("tables are written when parts are merged, not with"),
                     "--part");
    if (strrchr(options->out, '.') != NULL && strcmp(strrchr(options->out, '.'), ".xlsx") == 0)
        return usage(arena, message, _("a part is no workbook; name it FILE.part, not"),
                     options->out);
    return STATUS_OK;
}

/** An option that only other commands have a use for would be silently without effect. */
static Status check_owners(const CommandSpec *spec, unsigned long given, Arena *arena,
                           const char **message)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((given >> i & 1) == 0 || (OPTIONS[i].of & COMMAND_BIT(spec->command)) != 0)
            continue;
        const char *owners = option_owners(&OPTIONS[i], arena);
        TRY_NEW(owners);
        const char *what =
            arena_printf(arena, _("--%s belongs to %s, not to"), OPTIONS[i].name, owners);
        TRY_NEW(what);
        return usage(arena, message, what, spec->name);
    }
    return STATUS_OK;
}

/** Answers are to a plan, and what is urgent takes from one, or comes beside what earlier rounds agreed: that must be
 *  named. */
static Status check_previous(Arena *arena, const Options *options, const char **message)
{
    if (options->previous != NULL || (options->answers == NULL && options->urgent == NULL))
        return STATUS_OK;
    if (options->answers != NULL)
        return usage(arena, message,
                     _("--answers needs --previous PLAN, the plan that was answered, beside"),
                     options->answers);
    if (options->ledger != NULL)
        return STATUS_OK;
    return usage(arena, message,
                 _("--urgent needs --previous PLAN, the plan that stands, or --ledger FILE, where "
                   "all is agreed and closed, beside"),
                 options->urgent);
}

/** What is written must be named as what it is. */
static Status check_names(const CommandSpec *spec, Arena *arena, const Options *options,
                          const char **message)
{
    const char *file = options->operand != NULL ? options->operand : "";
    const char *target = options->target != NULL ? options->target : "";
    if (spec->command == COMMAND_EXPORT && !may_be_named(file, "|.mps|.lp|.dat|"))
        return usage(arena, message, _("export writes .mps, .lp or .dat, not"), file);
    if (spec->command == COMMAND_PUBLISH && !may_be_named(target, "|.csv|"))
        return usage(arena, message, _("publish writes .csv, not"), target);
    if (spec->command == COMMAND_TEMPLATE && !may_be_named(file, "|.xlsx|"))
        return usage(arena, message, _("template writes .xlsx, not"), file);
    if (spec->command == COMMAND_COMPLETION && !is_word(spec->words, file))
        return usage(arena, message, _("completion is for bash or zsh, not"), file);
    if (options->part == 0 && options->out != NULL && !may_be_named(options->out, "|.xlsx|"))
        return usage(arena, message, _("the workbook's name must end in .xlsx, not"), options->out);
    if (options->out != NULL && options->tables != NULL &&
        strcmp(options->out, options->tables) == 0)
        return usage(arena, message, _("a workbook and a folder of tables cannot both be called"),
                     options->out);
    return STATUS_OK;
}

/** Neither is it the name of a file, a folder or a need. */
static Status check_operands(const CommandSpec *spec, int count, char **operands, Arena *arena,
                             const char **message)
{
    for (int i = 0; i < count; i++) {
        if (*operands[i] != '\0')
            continue;
        const char *what =
            arena_printf(arena, _("%s needs %s, not"), spec->name, spec->operand_text);
        TRY_NEW(what);
        return usage(arena, message, what, operands[i]);
    }
    return STATUS_OK;
}

static Status give_operands(const CommandSpec *spec, int count, char **operands, Arena *arena,
                            Options *options, const char **message)
{
    if (spec->operands == OPERANDS_ANY && count > 0) {
        options->parts = (const char *const *)operands;
        options->part_count = (size_t)count;
        return STATUS_OK;
    }
    if (count != spec->operands) {
        const char *wanted = command_usage(spec, arena);
        TRY_NEW(wanted);
        bool few = count < spec->operands || spec->operands == OPERANDS_ANY;
        return usage(arena, message, few ? _("too few operands for") : _("too many operands for"),
                     wanted);
    }
    bool reads = spec->command != COMMAND_TEMPLATE && spec->command != COMMAND_COMPLETION;
    options->round = reads && count > 0 ? operands[0] : NULL;
    int next = reads ? 1 : 0;
    options->operand = count > next ? operands[next] : NULL;
    options->target = count > next + 1 ? operands[next + 1] : NULL;
    if (spec->command == COMMAND_CLOSE)
        options->ledger = options->target;
    return STATUS_OK;
}

static Status take_operands(int count, char **operands, unsigned long given, Arena *arena,
                            Options *options, const char **message)
{
    const CommandSpec *spec = count > 0 ? find_command(operands[0]) : NULL;
    if (count == 0) {
        *message = _("no round is given; type: allot solve ROUND, or allot --help");
        return STATUS_USAGE;
    }
    if (spec == NULL && strcmp(operands[0], "help") == 0) { /* a folder of that name is ./help */
        options->command = COMMAND_HELP;
        return STATUS_OK;
    }
    if (spec == NULL) { /* `allot ROUND` */
        if (count > 1)
            return unknown_command(arena, message, operands[0]);
        spec = find_command("solve");
        options->is_implied = true;
    } else {
        operands++;
        count--;
    }
    options->command = spec->command;
    TRY(check_operands(spec, count, operands, arena, message));
    TRY(give_operands(spec, count, operands, arena, options, message));
    TRY(check_names(spec, arena, options, message));
    TRY(check_owners(spec, given, arena, message));
    TRY(check_previous(arena, options, message));
    return options->part > 0 ? check_part(arena, options, message) : STATUS_OK;
}

/** "" is no argument: most often it is a variable of a script that was never set. */
static Status check_argument(int code, Arena *arena, const char **message)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (OPTIONS[i].letter != code || OPTIONS[i].argument == NULL || *optarg != '\0')
            continue;
        const char *what =
            arena_printf(arena, "--%s needs %s, not", OPTIONS[i].name, OPTIONS[i].argument);
        TRY_NEW(what);
        return usage(arena, message, what, optarg);
    }
    return STATUS_OK;
}

/** Remembers that the option of this letter was given. */
static void note_given(int code, unsigned long *given)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (OPTIONS[i].letter == code)
            *given |= 1ul << i;
}

Status options_read(int argc, char **argv, Arena *arena, Options *options, const char **message)
{
    struct option longs[OPTIONS_MOST + 1];
    char shorts[2 * OPTIONS_MOST + 2];
    unsigned long given = 0; /* a bit for each of OPTIONS */
    *options = (Options){.command = COMMAND_SOLVE};
    *message = "";
    options->settings = ARENA_NEW(arena, (size_t)argc, SettingRow);
    TRY_NEW(options->settings);
    describe(longs, shorts);
    optind = 0; /* glibc starts anew and forgets how an earlier line was permuted */
    opterr = 0;
    for (int code; (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        TRY(check_argument(code, arena, message));
        TRY(take_option(code, argv, arena, options, message));
        note_given(code, &given);
    }
    if (options->command == COMMAND_HELP || options->command == COMMAND_VERSION)
        return STATUS_OK;
    return take_operands(argc - optind, argv + optind, given, arena, options, message);
}

Language options_language(int argc, char **argv, Arena *arena)
{
    struct option longs[OPTIONS_MOST + 1];
    char shorts[2 * OPTIONS_MOST + 2];
    Language language = language_of_locale();
    char **words = ARENA_NEW(arena, (size_t)argc + 1, char *); /* getopt sorts what it reads */
    if (words == NULL)
        return language;
    memcpy(words, argv, (size_t)argc * sizeof *words);
    describe(longs, shorts);
    optind = 0;
    opterr = 0;
    for (int code; (code = getopt_long(argc, words, shorts, longs, NULL)) != -1;)
        if (code == 'n')
            (void)language_find(optarg, &language);
    return language;
}
