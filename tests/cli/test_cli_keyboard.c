/* What is there for the person at the keyboard: the manual page, and the completion of shells, tried in a
 * shell. */
#include <stdlib.h>
#include <string.h>

#include "allot/settings.h"
#include "io/command_line.h"
#include "tests/support/program.h"

static void the_manual_has_every_command_option_and_setting(void **state)
{
    Program p;
    char name[80];
    (void)state;
    program_open(&p);
    ALLOT(&p, "manual");
    assert_exit(&p, 0);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        (void)snprintf(name, sizeof name, ".B allot %s", COMMANDS[i].name);
        assert_prints(&p, name);
    }
    for (size_t i = 0; i < OPTION_COUNT; i++) { /* "-o, --output" with its hyphens escaped */
        char *dash = strchr(OPTIONS[i].name, '-');
        int head = dash == NULL ? (int)strlen(OPTIONS[i].name) : (int)(dash - OPTIONS[i].name);
        (void)snprintf(name, sizeof name, ".B \\-%c, \\-\\-%.*s%s%s", OPTIONS[i].letter, head,
                       OPTIONS[i].name, dash == NULL ? "" : "\\", dash == NULL ? "" : dash);
        assert_prints(&p, name);
    }
    for (size_t i = 0; i < settings_key_count(); i++) {
        (void)snprintf(name, sizeof name, "\n.B %s\n", settings_key_name(i));
        assert_prints(&p, name);
    }
    program_close(&p);
}

static void the_help_of_a_setting_names_every_word_it_takes(void **state)
{
    (void)state;
    for (size_t i = 0; i < settings_key_count(); i++) {
        const char *at = settings_key_words(i);
        for (; at != NULL && *at != '\0'; at += strspn(at, " ")) {
            char word[64];
            size_t length = strcspn(at, " ");
            (void)snprintf(word, sizeof word, "%.*s", (int)length, at);
            if (strstr(settings_key_help(i), word) == NULL)
                fail_msg("%s takes %s: %s", settings_key_name(i), word, settings_key_help(i));
            at += length;
        }
    }
}

/** What bash offers after these words. */
/* What an option takes besides names and numbers is said where it is explained. */
static void the_help_of_an_option_names_every_word_it_takes(void **state)
{
    bool urgent = false;
    (void)state;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const char *at = OPTIONS[i].words != NULL ? OPTIONS[i].words : "";
        for (; *at != '\0'; at += strspn(at, " ")) {
            char word[64];
            size_t length = strcspn(at, " ");
            (void)snprintf(word, sizeof word, "%.*s", (int)length, at);
            assert_case(OPTIONS[i].name, strstr(OPTIONS[i].help, word) != NULL);
            urgent = urgent || (OPTIONS[i].letter == 'u' && strcmp(word, "none") == 0);
            at += length;
        }
    }
    assert_true(urgent); /* --urgent none: test_cli_urgent_turns */
}

static void completes_to(Program *p, const char *words, const char *offers)
{
    char script[512];
    (void)snprintf(script, sizeof script,
                   "\"$ALLOT\" completion bash >c && bash -c '. ./c; COMP_WORDS=(%s); "
                   "COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _allot; echo \"${COMPREPLY[*]}\"'",
                   words);
    program_script(p, script);
    assert_exit(p, 0);
    assert_string_equal(p->run.out, offers);
}

static void bash_completes_commands_options_and_words(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    completes_to(&p, "allot st", "stress\n");
    completes_to(&p, "allot stress --j", "--jobs\n");
    completes_to(&p, "allot check --j", "\n");
    completes_to(&p, "allot solve r --explain r", "reasons\n");
    completes_to(&p, "allot solve r -s fairness", "fairness= fairness_by=\n");
    completes_to(&p, "allot completion b", "bash\n");
    completes_to(&p, "allot solve r", "r\n");
    completes_to(&p, "allot solve r --set fairness_by = q", "quantity\n");
    completes_to(&p, "allot solve r --set fairness_by =", "share quantity\n");
    completes_to(&p, "allot solve r --set title = r", "\n");
    completes_to(&p, "allot solve r --set fairness_by=q", "fairness_by=quantity\n");
    completes_to(&p, "allot solve r -s release=", "release=own release=totals release=all\n");
    completes_to(&p, "allot solve r --set title=r", "\n");
    completes_to(&p, "allot solve r --explain = r", "reasons\n");
    program_close(&p);
}

/** Runs a script in a folder of its own; what it prints is what it misses. */
static void assert_script_prints_nothing(const char *script)
{
    Program p;
    program_open(&p);
    program_script(&p, script);
    assert_exit(&p, 0);
    assert_string_equal(p.run.out, "");
    program_close(&p);
}

/* From the text of --help, not from the tables that both are made of: every command; of each its options, and
 * those that all share; of zsh the long and the short ones. */
static void completion_has_all_that_help_has(void **state)
{
    static const char script[] =
        "$ALLOT completion bash >c; $ALLOT completion zsh >z; $ALLOT --help >h; "
        "bash -n c && { ! command -v zsh >/dev/null || zsh -n z; } || exit 7; "
        "bash -c '. ./c; offer() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($#-1)); COMPREPLY=(); "
        "_allot; "
        "printf \"%s\\n\" \"${COMPREPLY[@]}\"; }; "
        "commands=$(sed -n \"/^Options/q; s/^  allot \\([a-z]*\\).*/\\1/p\" h); "
        "shared=\"--lang --quiet --verbose --help --version\"; n=0; "
        "for c in $commands; do offer allot \"\" | grep -qx $c || echo no command $c; "
        "use=$(sed -n \"/^  allot $c /,/^        [a-z]/p\" h | sed \"s/^        [a-z].*//\" | "
        "grep -o -e \"--[a-z-]*\"); "
        "for o in $use $shared; do n=$((n+1)); offer allot $c -- | grep -qx -e $o || "
        "echo $c in bash has no $o; sed -n \"/^    $c[|*]*) /,/;;/p\" z | grep -q -e $o || "
        "echo $c in zsh has no $o; done; done; "
        "grep -o -e \"^  -[a-zA-Z], --[a-z-]*\" h | tr -d , | while read s l; do "
        "grep -q -e \"{$s[+]*,$l\" z || echo zsh has no $s; done; "
        "offer allot r -- | grep -qx -e --urgent || echo without a command it is solve; "
        "[ $n -gt 100 ] || echo only $n options were looked at'";
    (void)state;
    assert_script_prints_nothing(script);
}

/* Every option that --help shows for a command stands in that command's row of README.md, but those of solve that
 * have rows of their own, --set, which the text gives to all, and -o, which the row of stress takes over. */
static void the_readme_has_the_options_that_help_has(void **state)
{
    static const char script[] =
        "$ALLOT --help >h; n=0; for c in $(sed -n '/^Options/q; s/^  allot \\([a-z]*\\).*/\\1/p' "
        "h); do "
        "[ $c = stress ] && row=scenarios || row=$c; "
        "for o in $(sed -n \"/^  allot $c /,/^        [a-z]/p\" h | sed 's/^        [a-z].*//' | "
        "grep -o -e '--[a-z-]*' | grep -v -x -e --set); do n=$((n+1)); "
        "grep \"^| .allot $row \" $TOP/README.md | grep -q -e \"$o \" -e \"$o\\]\" || "
        "echo $c: README has no $o; done; done; [ $n -gt 30 ] || echo only $n";
    (void)state;
    assert_script_prints_nothing(script);
}

/* Every word of every setting, from the tables of settings, behind --set KEY=. */
static void every_word_of_a_setting_is_offered(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "completion", "zsh");
    char *zsh = strdup(p.run.out);
    for (size_t i = 0; i < settings_key_count(); i++) {
        char words[160], offers[160];
        if (settings_key_words(i) == NULL)
            continue;
        (void)snprintf(words, sizeof words, "allot solve r --set %s =", settings_key_name(i));
        (void)snprintf(offers, sizeof offers, "%s\n", settings_key_words(i));
        completes_to(&p, words, offers);
        (void)snprintf(words, sizeof words, "'%s[", settings_key_name(i));
        assert_non_null(strstr(zsh, words));
    }
    free(zsh);
    completes_to(&p, "allot solve r --set stages = \"lapsing;c\"", "lapsing;cost lapsing;change\n");
    completes_to(&p, "allot solve r --set tier", "tier_1= tier_2= tier_3=\n");
    completes_to(&p, "allot r --expl", "--explain\n");
    program_close(&p);
}

/* As one offer each: a blank would else make two words, of which neither is a file. */
static void bash_completes_names_with_blanks(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "mkdir 'Раунд 1' && : >'Раунд 1/мій план.xlsx'");
    assert_exit(&p, 0);
    completes_to(&p, "allot check Ра", "Раунд 1\n");
    completes_to(&p, "allot solve r --tables Ра", "Раунд 1\n");
    completes_to(&p, "allot solve r -p \"Раунд 1/м\"", "Раунд 1/мій план.xlsx\n");
    program_script(&p, "$ALLOT completion bash >c && bash -c '. ./c; COMP_WORDS=(allot check Ра); "
                       "COMP_CWORD=2; _allot; echo ${#COMPREPLY[@]}'");
    assert_prints(&p, "1\n");
    program_close(&p);
}

static void zsh_gets_every_command_and_setting(void **state)
{
    Program p;
    char name[80];
    (void)state;
    program_open(&p);
    ALLOT(&p, "completion", "zsh");
    assert_exit(&p, 0);
    assert_true(strncmp(p.run.out, "#compdef allot\n", 15) == 0);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        (void)snprintf(name, sizeof name, "    %s%s) _arguments", COMMANDS[i].name,
                       COMMANDS[i].command == COMMAND_SOLVE ? "|*" : "");
        assert_prints(&p, name);
    }
    assert_prints(&p, "    _values setting $settings\n");
    for (size_t i = 0; i < settings_key_count(); i++) {
        (void)snprintf(name, sizeof name, "        '%s[",
                       settings_key_is_pattern(i) ? "tier_1" : settings_key_name(i));
        assert_prints(&p, name);
    }
    assert_prints(&p, "]:value:(own totals all)'\n");
    assert_prints(&p, "]:value:(shortfall\\;fairness fairness\\;shortfall)'\n");
    assert_prints(&p, "]:KEY=VALUE:_allot_settings'");
    ALLOT(&p, "completion", "fish");
    assert_exit(&p, 2);
    assert_says(&p, "completion is for bash or zsh, not 'fish'");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manual_has_every_command_option_and_setting),
        cmocka_unit_test(the_help_of_a_setting_names_every_word_it_takes),
        cmocka_unit_test(the_help_of_an_option_names_every_word_it_takes),
        cmocka_unit_test(bash_completes_commands_options_and_words),
        cmocka_unit_test(bash_completes_names_with_blanks),
        cmocka_unit_test(completion_has_all_that_help_has),
        cmocka_unit_test(the_readme_has_the_options_that_help_has),
        cmocka_unit_test(every_word_of_a_setting_is_offered),
        cmocka_unit_test(zsh_gets_every_command_and_setting),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
