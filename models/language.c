/* Texts out of gettext's catalogs. The C library looks for them by the environment's LANGUAGE in every
 * locale but plain "C"; C.UTF-8 is built in, so that no locale need be installed, and of it only the
 * messages are taken: figures and characters stay those of "C".
 */
#include "allot/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allot/letter.h"
#include "allot/names.h"

enum { FOLDED_SIZE = 256 };

static const char DOMAIN[] = "allot";

static const char *const CODES[LANGUAGE_COUNT] = {"en", "uk", "pl"};

static Language begun = LANGUAGE_ENGLISH;

/* Tells gettext that the environment has changed: its manual, "Being a gettext grok". */
extern int _nl_msg_cat_cntr; /* NOLINT: the library's own name */

const char *language_code(Language language)
{
    return CODES[language];
}

bool language_find(const char *name, Language *language)
{
    size_t length = strcspn(name, "_.@-");
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        if (strlen(CODES[l]) != length || strncmp(name, CODES[l], length) != 0)
            continue;
        *language = (Language)l;
        return true;
    }
    return false;
}

Language language_of_locale(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    Language language = LANGUAGE_ENGLISH;
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *name = getenv(variables[i]);
        if (name == NULL || *name == '\0')
            continue;
        (void)language_find(name, &language);
        break;
    }
    return language;
}

/* Whether the catalogs lie there: that of any language but English will do. */
static bool holds_catalogs(const char *folder)
{
    char path[4200];
    int length = snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/%s.mo", folder,
                          CODES[LANGUAGE_UKRAINIAN], DOMAIN);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
}

/* BIN/../share/locale of what was installed, BIN/../locale of what was built. */
static bool find_beside_program(char *folder, size_t size)
{
    static const char *const places[] = {"share/locale", "locale"};
    char program[4000];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return false;
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    if (slash == NULL)
        return false;
    *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int written = snprintf(folder, size, "%s/../%s", program, places[i]);
        if (written > 0 && (size_t)written < size && holds_catalogs(folder))
            return true;
    }
    return false;
}

/* Messages of a locale other than "C", once: without one gettext looks for no catalog. */
static bool take_messages(void)
{
    static locale_t messages = (locale_t)0;
    if (messages == (locale_t)0)
        messages = newlocale(LC_MESSAGES_MASK, "C.UTF-8", (locale_t)0);
    return messages != (locale_t)0 && uselocale(messages) != (locale_t)0;
}

static void speak(Language language)
{
    if (setenv("LANGUAGE", CODES[language], 1) == 0)
        _nl_msg_cat_cntr++;
}

void language_begin(Language language, const char *folder)
{
    char beside[4100];
    begun = LANGUAGE_ENGLISH;
    if (folder == NULL && find_beside_program(beside, sizeof beside))
        folder = beside;
    if (folder == NULL || !take_messages() || bindtextdomain(DOMAIN, folder) == NULL ||
        bind_textdomain_codeset(DOMAIN, "UTF-8") == NULL ||
        bind_textdomain_codeset("libc", "UTF-8") ==
            NULL) /* strerror(): letters, whatever the locale */
        return;
    speak(language);
    begun = language;
}

const char *language_text(const char *english)
{
    return begun == LANGUAGE_ENGLISH || *english == '\0' ? english : dgettext(DOMAIN, english);
}

const char *language_group(void)
{
    return begun == LANGUAGE_ENGLISH ? "," : "\xC2\xA0";
}

const char *language_point(void)
{
    return begun == LANGUAGE_ENGLISH ? "." : ",";
}

/* A letter's capital; itself where it has none: Latin, Polish and Cyrillic letters. */
static unsigned capital_of(unsigned letter)
{
    bool pairs_odd = letter >= 0x139 && letter <= 0x148; /* of Latin Extended-A: 0x142 is small */
    if (letter == 0x17A || letter == 0x17C || letter == 0x17E)
        return letter - 1;
    if (letter >= 0x100 && letter <= 0x177)
        return letter % 2 == (pairs_odd ? 0 : 1) ? letter - 1 : letter;
    if ((letter >= 'a' && letter <= 'z') || (letter >= 0xE0 && letter <= 0xFE && letter != 0xF7) ||
        (letter >= 0x430 && letter <= 0x44F))
        return letter - 0x20;
    if (letter >= 0x450 && letter <= 0x45F)
        return letter - 0x50;
    return letter == 0x491 ? 0x490 : letter;
}

void language_capitalise(char *sentence)
{
    unsigned letter;
    char capital[LETTER_SIZE];
    if (*sentence == '\0')
        return;
    size_t length = letter_read(sentence, &letter);
    unsigned code = capital_of(letter);
    if (letter != 0 && code != letter && letter_write(code, capital) == length)
        memcpy(sentence, capital, length);
}

const char *language_text_in(Language language, const char *english)
{
    if (language == LANGUAGE_ENGLISH || *english == '\0')
        return english;
    speak(language);
    const char *text = dgettext(DOMAIN, english);
    speak(begun);
    return text;
}

bool language_is(const char *text, const char *english)
{
    char given[FOLDED_SIZE], word[FOLDED_SIZE];
    name_fold(text, given, sizeof given);
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        name_fold(language_text_in((Language)l, english), word, sizeof word);
        if (strcmp(given, word) == 0)
            return true;
    }
    return false;
}
