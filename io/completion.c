/* Scripts that let a shell complete the command line, from the tables of commands and options. */
#include "allot/options.h"

#include <string.h>

#include "allot/settings.h"
#include "io/command_line.h"

/* Scores from which a need is of a tier: so many tiers most rounds have. */
#define FIRST_TIERS "tier_1 tier_2 tier_3"
enum { TIERS_OFFERED = 3 };

/** Text that grows; NULL once there was no memory. */
typedef struct Script {
    Arena *arena;
    const char *text;
} Script;

static void add(Script *script, const char *before, const char *middle, const char *after)
{
    if (script->text != NULL && middle != NULL)
        script->text = arena_printf(script->arena, "%s%s%s%s", script->text, before, middle, after);
    else
        script->text = NULL;
}

static void add_line(Script *script, const char *line)
{
    add(script, line, "", "\n");
}

static bool takes(const CommandSpec *command, const OptionSpec *option)
{
    return (option->of & COMMAND_BIT(command->command)) != 0;
}

/* ---- bash ---------------------------------------------------------------------------------------- */

/** What follows an option that takes an argument, by its words or by what completes it. */
static void bash_arguments(Script *script)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const OptionSpec *option = &OPTIONS[i];
        char letter[] = {option->letter, '\0'};
        if (option->argument == NULL)
            continue;
        add(script, "    -", letter, "|--");
        add(script, "", option->name, ") ");
        if (option->words != NULL)
            add(script, "COMPREPLY=($(compgen -W '", option->words, "' -- \"$word\"));");
        else if (option->letter == 's')
            add(script, "compopt -o nospace 2>/dev/null\n        ",
                "COMPREPLY=($(compgen -S = -W \"$settings\" -- \"$word\"))", ";");
        else if (option->completes != COMPLETES_NOTHING)
            add(script, "_allot_files -", option->completes == COMPLETES_FILE ? "f" : "d",
                " \"$word\";");
        add_line(script, " return ;;");
    }
}

static void bash_options(Script *script, const CommandSpec *command)
{
    /* a round without a command is decided */
    add(script, "    ", command->name, command->command == COMMAND_SOLVE ? "|*) " : ") ");
    add(script, "", "options='", "");
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (takes(command, &OPTIONS[i]))
            add(script, "--", OPTIONS[i].name, " ");
    add(script, "'; operands='", command->words == NULL ? "" : command->words, "' ;;\n");
}

/** Names of files may hold blanks, so that each is a line, not a word. */
static void bash_files(Script *script)
{
    add_line(script, "# -f for files or -d for folders, and how the name begins");
    add_line(script, "_allot_files()\n{");
    add_line(script, "    compopt -o filenames 2>/dev/null");
    add_line(script, "    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen \"$1\" -- \"$2\")");
    add_line(script, "}");
}

/** Behind "KEY=", which bash hands over as two words, or as one where = does not part words there: what that
 *  setting, or option, may be. */
static void bash_values(Script *script)
{
    add_line(script, "    case $before:$word in\n    --set:?*=*|-s:?*=*) "
                     "stem=${word%%=*}= key=${word%%=*} word=${word#*=} before== ;;\n    esac");
    add_line(script, "    [ \"$word\" = = ] && before== word='' key=${COMP_WORDS[COMP_CWORD-1]}");
    add_line(script, "    if [ \"$before\" = = ]; then");
    add_line(script, "        compopt -o filenames 2>/dev/null # so that a ; is quoted");
    add_line(script, "        case $key in");
    for (size_t i = 0; i < settings_key_count(); i++) {
        if (settings_key_words(i) == NULL)
            continue;
        add(script, "        ", settings_key_name(i), ") ");
        if (settings_key_is_list(i)) /* behind the words that are there already */
            add(script, "COMPREPLY=($(compgen -P \"${word%\"${word##*;}\"}\" -W '",
                settings_key_words(i), "' -- \"${word##*;}\")) ;;\n");
        else
            add(script, "COMPREPLY=($(compgen -W '", settings_key_words(i),
                "' -- \"$word\")) ;;\n");
    }
    add_line(script, "        -*) before=$key ;;\n        esac");
    add_line(script, "        COMPREPLY=(\"${COMPREPLY[@]/#/$stem}\")\n    fi");
}

static void bash(Script *script)
{
    add_line(script, "# Completion of allot for bash: allot completion bash");
    bash_files(script);
    add_line(script, "_allot()\n{");
    add_line(script, "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}");
    add_line(
        script,
        "    local options='' operands='' commands='' stem='' key=${COMP_WORDS[COMP_CWORD-2]}");
    add(script, "    local settings='", "", "");
    for (size_t i = 0; i < settings_key_count(); i++)
        add(script, "", settings_key_is_pattern(i) ? FIRST_TIERS : settings_key_name(i), " ");
    add_line(script, "'\n    COMPREPLY=()");
    bash_values(script);
    add_line(script, "    case $before in\n    =) return ;;");
    bash_arguments(script);
    add_line(script, "    esac\n    case ${COMP_WORDS[1]} in");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (COMMANDS[i].command != COMMAND_SOLVE)
            bash_options(script, &COMMANDS[i]);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (COMMANDS[i].command == COMMAND_SOLVE)
            bash_options(script, &COMMANDS[i]); /* last: it takes what is left */
    add_line(script, "    esac");
    add(script, "    [ \"$COMP_CWORD\" -eq 1 ] && commands='", "", "");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        add(script, "", COMMANDS[i].name, " ");
    add_line(script, "'\n    case $word in");
    add_line(script, "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;");
    add_line(script, "    *) COMPREPLY=($(compgen -W \"$commands $operands\" -- \"$word\"))");
    add_line(script, "       [ -n \"$operands\" ] || _allot_files -f \"$word\" ;;");
    add_line(script, "    esac\n}\ncomplete -F _allot allot");
}

/* ---- zsh ----------------------------------------------------------------------------------------- */

/** A text between single quotes, with a backslash before each of these signs. */
static const char *zsh_escaped(Arena *arena, const char *text, const char *signs)
{
    size_t length = strlen(text), at = 0;
    char *out = ARENA_NEW(arena, 4 * length + 1, char);
    if (out == NULL)
        return NULL;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'') {
            memcpy(out + at, "'\\''", 4);
            at += 4;
            continue;
        }
        if (strchr(signs, *c) != NULL)
            out[at++] = '\\';
        out[at++] = *c;
    }
    out[at] = '\0';
    return out;
}

/** What is said of a thing: brackets and colons mean something to _arguments. */
static const char *zsh_words(Arena *arena, const char *text)
{
    return zsh_escaped(arena, text, "[]:\\");
}

static void zsh_option(Script *script, const OptionSpec *option)
{
    char letter[] = {option->letter, '\0'};
    bool again = option->letter == 's'; /* as often as there are settings */
    add(script, "        ", again ? "'*'{-" : "'(-", letter);
    if (!again)
        add(script, " --", option->name, ")'{-");
    if (!again)
        add(script, "", letter, "");
    add(script, option->argument == NULL ? ",--" : "+,--", option->name,
        option->argument == NULL ? "}'[" : "=}'[");
    add(script, "", zsh_words(script->arena, option->help), "]");
    if (option->argument != NULL) {
        add(script, ":", zsh_words(script->arena, option->argument), ":");
        if (option->words != NULL)
            add(script, "(", option->words, ")");
        else if (option->letter == 's')
            add(script, "", "_allot_settings", "");
        else if (option->completes == COMPLETES_FILE)
            add(script, "", "_files", "");
        else if (option->completes == COMPLETES_FOLDER)
            add(script, "", "_files -/", "");
    }
    add_line(script, "' \\");
}

static void zsh_command(Script *script, const CommandSpec *command)
{
    add(script, "    ", command->name, command->command == COMMAND_SOLVE ? "|*)" : ")");
    add_line(script, " _arguments \\");
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (takes(command, &OPTIONS[i]))
            zsh_option(script, &OPTIONS[i]);
    if (command->words != NULL)
        add(script, "        ':operand:(", command->words, ")' ;;\n");
    else
        add(script, "        '*:operand:", "_files", "' ;;\n");
}

static void zsh_setting(Script *script, const char *name, size_t key)
{
    const char *words = settings_key_words(key);
    add(script, "        '", name, "[");
    add(script, "", zsh_words(script->arena, settings_key_help(key)), "]:value:");
    if (settings_key_is_list(key))
        add(script, "_values -s \\; value ", words, "");
    else if (words != NULL)
        add(script, "(", zsh_escaped(script->arena, words, ";"), ")");
    add_line(script, "'");
}

/** KEY=VALUE, with the words that a setting takes where it has a list of them. */
static void zsh_settings(Script *script)
{
    add_line(script, "_allot_settings()\n{\n    local -a settings=(");
    for (size_t i = 0; i < settings_key_count(); i++) {
        if (!settings_key_is_pattern(i))
            zsh_setting(script, settings_key_name(i), i);
        for (int tier = 1; settings_key_is_pattern(i) && tier <= TIERS_OFFERED; tier++)
            zsh_setting(script, arena_printf(script->arena, "tier_%d", tier), i);
    }
    add_line(script, "    )\n    _values setting $settings\n}");
}

static void zsh(Script *script)
{
    add_line(script, "#compdef allot\n# Completion of allot for zsh: allot completion zsh");
    zsh_settings(script);
    add_line(script, "local -a commands=(");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        add(script, "    '", COMMANDS[i].name, ":");
        add(script, "", zsh_words(script->arena, COMMANDS[i].help), "'\n");
    }
    add_line(script, ")\nif (( CURRENT == 2 )); then");
    add_line(script, "    _describe command commands\n    _files\n    return\nfi");
    add_line(script, "local command=$words[2]\nshift words\n(( CURRENT-- ))\ncase $command in");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (COMMANDS[i].command != COMMAND_SOLVE)
            zsh_command(script, &COMMANDS[i]);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (COMMANDS[i].command == COMMAND_SOLVE)
            zsh_command(script, &COMMANDS[i]); /* last: it takes what is left */
    add_line(script, "esac");
}

const char *options_completion(const char *shell, Arena *arena)
{
    Script script = {.arena = arena, .text = ""};
    if (strcmp(shell, "zsh") == 0)
        zsh(&script);
    else
        bash(&script);
    return script.text;
}
