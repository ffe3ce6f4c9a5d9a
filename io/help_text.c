/* The text of --help: commands, options and settings, from their tables. */
#include "allot/language.h"
#include "allot/options.h"

#include <string.h>

#include "allot/settings.h"
#include "io/command_line.h"

enum { LINE_WIDTH = 79, HEAD_WIDTH = 24, SETTING_WIDTH = 18 };

/** The next word; what stands in brackets stays together. */
static size_t word_length(const char *words)
{
    const char *close = *words == '[' ? strchr(words, ']') : NULL;
    size_t bracket = close == NULL ? 0 : (size_t)(close - words);
    return bracket + strcspn(words + bracket, " ");
}

/** Characters of the first @p length bytes. */
static size_t shown(const char *words, size_t length)
{
    size_t characters = 0;
    for (size_t i = 0; i < length; i++)
        characters += ((unsigned char)words[i] & 0xC0) != 0x80;
    return characters;
}

/** @p text with @p words behind it, from column @p at on; lines break between words and go on at
 *  @p indent. NULL without memory, or when @p text is. */
static const char *add_wrapped(Arena *arena, const char *text, size_t at, size_t indent,
                               const char *words)
{
    while (text != NULL && *words != '\0') {
        size_t length = word_length(words);
        const char *before = "";
        if (at > indent && at + 1 + shown(words, length) > LINE_WIDTH) {
            before = arena_printf(arena, "\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            before = " ";
            at++;
        }
        text = before == NULL ? NULL
                              : arena_printf(arena, "%s%s%.*s", text, before, (int)length, words);
        at += shown(words, length);
        words += length;
        words += strspn(words, " ");
    }
    return text;
}

/** "  head     words", the words from @p width + 3 on, under the head where that is too wide. */
static const char *add_entry(Arena *arena, const char *text, const char *head, size_t width,
                             const char *words)
{
    size_t indent = width + 3;
    if (text == NULL || head == NULL)
        return NULL;
    bool fits = strlen(head) <= width;
    text = arena_printf(arena, "%s  %-*s%s", text, (int)width + 1, head, fits ? "" : "\n");
    if (text != NULL && !fits)
        text = arena_printf(arena, "%s%*s", text, (int)indent, "");
    text = add_wrapped(arena, text, indent, indent, words);
    return text == NULL ? NULL : arena_printf(arena, "%s\n", text);
}

static const char *add_commands(Arena *arena, const char *text)
{
    for (size_t i = 0; text != NULL && i < COMMAND_COUNT; i++) {
        const char *usage = command_usage(&COMMANDS[i], arena);
        if (usage == NULL)
            return NULL;
        text = arena_printf(arena, "%s  allot ", text);
        text = add_wrapped(arena, text, 8, 8, usage);
        text = text == NULL ? NULL : arena_printf(arena, "%s\n        ", text);
        text = add_wrapped(arena, text, 8, 8, _(COMMANDS[i].help));
        text = text == NULL ? NULL : arena_printf(arena, "%s\n", text);
    }
    return text;
}

static const char *add_options(Arena *arena, const char *text)
{
    for (size_t i = 0; text != NULL && i < OPTION_COUNT; i++) {
        const OptionSpec *spec = &OPTIONS[i];
        const char *head = arena_printf(arena, "-%c, --%s%s%s", spec->letter, spec->name,
                                        spec->argument == NULL ? "" : " ",
                                        spec->argument == NULL ? "" : spec->argument);
        text = add_entry(arena, text, head, HEAD_WIDTH, _(spec->help));
    }
    return text;
}

static const char *add_settings(Arena *arena, const char *text)
{
    for (size_t i = 0; text != NULL && i < settings_key_count(); i++)
        text = add_entry(arena, text, settings_key_name(i), SETTING_WIDTH, _(settings_key_help(i)));
    return text;
}

const char *options_help(Arena *arena)
{
    const char *text =
        add_commands(arena, _("allot: allocation rounds for the Tallinn Mechanism\n\n"
                              "Commands (ROUND is a folder of CSV tables, needs.csv, offers.csv, "
                              "..., or one\nworkbook with a sheet a table: .xlsx, .ods, .fods)\n"));
    text = text == NULL ? NULL : arena_printf(arena, "%s\n%s\n", text, _("Options"));
    text = add_options(arena, text);
    text = text == NULL ? NULL
                        : arena_printf(arena, "%s\n%s\n", text,
                                       _("Settings (settings.csv, or --set KEY=VALUE)"));
    text = add_settings(arena, text);
    return text == NULL ? NULL
                        : arena_printf(arena, "%s\n%s", text,
                                       _("Exit: 0 done; 1 findings; 2 command line; 3 no plan "
                                         "can exist; 4 a limit came\nfirst; 5 a file could not be "
                                         "read or written; 70 a fault of the program\n"));
}
