/* room: base
 *
 * The language that people are spoken to in: sheets, headings, reasons, messages, --help. Texts stand
 * in the source in English; catalogs of GNU gettext hold them in the others. The files that programs
 * read (--tables, a ledger, exports) have the same names in every language.
 *
 * What a sentence is made of is translated where it is put together: the formats of diag_add(),
 * report_printf() and the like by those functions themselves, every other text by _(), and what stands
 * in a table of constants is marked by N_() and translated where it is used. A need's title, and
 * whatever else the input says, is never translated.
 */
#ifndef ALLOT_LANGUAGE_H
#define ALLOT_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

/** The text in the reader's language; the name is what users of gettext call it everywhere. */
/* NOLINTNEXTLINE(bugprone-reserved-identifier) */
#define _(text) language_text(text)
/** Marks a text for the catalogs, and leaves it as it is. */
#define N_(text) text

typedef enum Language {
    LANGUAGE_ENGLISH,
    LANGUAGE_UKRAINIAN,
    LANGUAGE_POLISH,
    LANGUAGE_COUNT
} Language;

/** "en", "uk", "pl": as --lang takes them. */
const char *language_code(Language language);

/** The language of a code, or of a locale's name ("uk_UA.UTF-8"); false: it is none of ours. */
bool language_find(const char *name, Language *language);

/** The language of the environment: LC_ALL, else LC_MESSAGES, else LANG; English when none of ours
 *  is named. */
Language language_of_locale(void);

/** From here on texts come in @p language, out of the catalogs in @p folder (FOLDER/uk/LC_MESSAGES/
 *  allot.mo); NULL: where they lie beside the program, or where it was installed. Without a call, and
 *  for what no catalog holds, they are English. */
void language_begin(Language language, const char *folder);

/** The text in the language that was begun, borrowed for good; the text itself where there is no other.
 *  "" is "". */
const char *language_text(const char *english) __attribute__((format_arg(1)));

/** What stands between groups of three digits ("," or a blank that does not break), and before decimals
 *  ("." or ","). */
const char *language_group(void);
const char *language_point(void);

/** Makes the first letter of a sentence a capital, where it is a small one of our languages. */
void language_capitalise(char *sentence);

/** The text in another language: what a workbook of that language says. */
const char *language_text_in(Language language, const char *english);

/** Is @p text what the program writes for @p english, in any language? Folded (names.h): case and the
 *  blanks around it do not count. */
bool language_is(const char *text, const char *english);

#endif
