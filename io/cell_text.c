/* Typing one cell: words of a closed vocabulary, names, lists, currencies and units. Figures are
 * cell.c, days and flags cell_day.c.
 */
#include "allot/language.h"
#include "allot/lookalike.h"
#include "allot/quote.h"
#include "allot/words.h"
#include "io/cell.h"
#include "io/money_words.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LIST_NAMES_MAX = 1000, PHRASE_SIZE = 256, WORD_SIZE = 64, CODE_SIZE = 4 };

/* ---- lists ---------------------------------------------------------------------------------- */

/* The next part of a list that is not blank, trimmed; false at the end. */
static bool next_part(const char **list, const char **part, size_t *length)
{
    while (**list != '\0') {
        *part = *list;
        *length = strcspn(*list, ";");
        *list += *length + ((*list)[*length] == ';');
        trim_blanks(part, length);
        if (*length > 0)
            return true;
    }
    return false;
}

static size_t count_parts(const char *list)
{
    const char *part;
    size_t length, count = 0;
    while (next_part(&list, &part, &length))
        count++;
    return count;
}

/* ---- words ---------------------------------------------------------------------------------- */

static Status report_word(CellAt at, const char *word, const char *words)
{
    char phrase[PHRASE_SIZE];
    words_phrase(words, phrase, sizeof phrase);
    diag_add(at.diag, DIAG_WORD, cell_place(at), "'%s' is not a word for this column; write %s",
             quote(word).text, phrase);
    return STATUS_FINDINGS;
}

/* The position of yes or no, in any word for it, in a vocabulary that holds both; else -1. */
static int flag_index(const char *words, const char *text)
{
    int yes = word_index(words, "yes"), no = word_index(words, "no");
    bool flag;
    if (yes < 0 || no < 0 || !flag_read(text, &flag))
        return -1;
    return flag ? yes : no;
}

/* The position of a text that is one of the words to the letter, as nearly all are; else -1. */
static int same_index(const char *words, const char *text)
{
    size_t length = strlen(text);
    for (int index = 0; *words != '\0'; index++) {
        size_t word = strcspn(words, " ");
        if (word == length && memcmp(words, text, length) == 0)
            return index;
        words += word;
        words += strspn(words, " ");
    }
    return -1;
}

Status cell_word(CellAt at, const char *words, int *out)
{
    int index = same_index(words, cell_text(at));
    if (index < 0)
        index = word_index(words, cell_text(at));
    if (index < 0)
        index = flag_index(words, cell_text(at));
    if (index < 0)
        return report_word(at, cell_text(at), words);
    *out = index;
    return STATUS_OK;
}

Status cell_words(CellAt at, const char *words, unsigned *out)
{
    const char *list = cell_text(at), *part;
    size_t length;
    unsigned bits = 0;
    Status status = STATUS_OK;

    while (next_part(&list, &part, &length)) {
        char word[WORD_SIZE];
        snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : 0), part);
        int index = word_index(words, word);
        if (index >= 0)
            bits |= 1u << index;
        else
            status = report_word(at, word[0] != '\0' ? word : cell_text(at), words);
    }
    if (status == STATUS_OK)
        *out = bits;
    return status;
}

/* ---- names ---------------------------------------------------------------------------------- */

Status cell_name(CellAt at, NameSet *names, const char **out)
{
    const char *text = cell_text(at);
    const char *name = name_intern(names, text, strlen(text));
    TRY_NEW(name);
    *out = name;
    return STATUS_OK;
}

Status cell_names(CellAt at, NameSet *names, Arena *arena, bool star, NameList *out)
{
    const char *list = cell_text(at), *part;
    size_t length, count = 0, parts = count_parts(list);
    const char **array = ARENA_NEW(arena, parts, const char *);

    TRY_NEW(array);
    if (parts > LIST_NAMES_MAX) { /* each is looked for among those before it */
        diag_add(at.diag, DIAG_WORD, cell_place(at),
                 "the list has more than %d names; write fewer, or split the row in two",
                 LIST_NAMES_MAX);
        return STATUS_FINDINGS;
    }
    *out = (NameList){array, 0, false};
    while (next_part(&list, &part, &length)) {
        if (star && length == 1 && part[0] == '*') {
            out->all = true;
            continue;
        }
        const char *name = name_intern(names, part, length);
        size_t k = 0;
        TRY_NEW(name);
        while (k < count && array[k] != name)
            k++;
        array[k] = name; /* a name that is there already counts once */
        count += k == count;
    }
    out->count = out->all ? 0 : (int)count;
    return STATUS_OK;
}

void cell_check_list(CellAt at, ColumnType type)
{
    const char *list = cell_text(at);
    if (type == COLUMN_NAMES && strpbrk(list, ",|\n") != NULL && strchr(list, ';') == NULL)
        diag_add(at.diag, DIAG_LIST, cell_place(at),
                 "'%s' is one name as it stands; lists have ';' between their parts",
                 quote(list).text);
}

/* ---- letters of another alphabet ------------------------------------------------------------- */

/* Adds the warning for one name. Of shared names only mixed ones are asked about: whole words in
 * Cyrillic capitals may be meant so. */
static bool check_name_letters(CellAt at, const char *name, bool is_id)
{
    char twin[WORD_SIZE] = "";
    Script script = lookalike_twin(name, twin, sizeof twin);

    if (script == SCRIPT_PLAIN || (script == SCRIPT_DOUBLE && !is_id))
        return false;
    diag_add(at.diag, DIAG_LOOKALIKE, cell_place(at),
             "'%s' holds %s letters that look Latin; in Latin letters it is '%s': write it alike "
             "everywhere",
             quote(name).text, _(lookalike_alphabet(name)), twin);
    return true;
}

static bool is_ascii(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

void cell_check_letters(CellAt at, ColumnType type)
{
    const char *list = cell_text(at), *part;
    size_t length;

    if (is_ascii(list)) /* as most are: no letter of another alphabet is in it */
        return;
    if (type == COLUMN_ID || type == COLUMN_NAME)
        (void)check_name_letters(at, list, type == COLUMN_ID);
    while (type == COLUMN_NAMES && next_part(&list, &part, &length)) {
        char name[PHRASE_SIZE];
        snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : 0), part);
        if (check_name_letters(at, name, false))
            return; /* one a cell is enough */
    }
}

/* ---- currencies and units ------------------------------------------------------------------- */

/* The code in upper case when a text has the length of one; false otherwise. */
static bool to_code(const char *text, char out[CODE_SIZE])
{
    if (strlen(text) != CODE_SIZE - 1)
        return false;
    for (size_t i = 0; i < CODE_SIZE; i++)
        out[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    return true;
}

Status cell_currency(CellAt at, NameSet *names, const char **out)
{
    const char *text = cell_text(at);
    char code[CODE_SIZE];

    if (currency_places(text) >= 0)
        return cell_name(at, names, out);
    if (to_code(text, code) && currency_places(code) >= 0)
        diag_add(at.diag, DIAG_CURRENCY, cell_place(at), "'%s' is not a currency code; write %s",
                 text, code);
    else
        diag_add(at.diag, DIAG_CURRENCY, cell_place(at),
                 "'%s' is not a currency code; write one of ISO 4217, such as EUR or USD",
                 quote(text).text);
    return STATUS_FINDINGS;
}

/* The round's currency that differs from the text in case alone, or NULL. Only these: some codes are
 * words (ALL, TOP), and any word may be a thing. */
static const char *meant_currency(const Round *round, const char *text)
{
    if (strcasecmp(text, round->settings.currency) == 0)
        return round->settings.currency;
    for (size_t i = 0; i < round->rate_count; i++)
        if (strcasecmp(text, round->rates[i].currency) == 0)
            return round->rates[i].currency;
    return NULL;
}

/* Money in other words than a code would be a thing that nobody needs. */
static Status report_money(CellAt at, MoneyWords money, const char *currencies)
{
    char list[PHRASE_SIZE];
    const char *phrase = _("the currency's code");
    Quote found = quote(cell_text(at));

    if (currencies != NULL) {
        words_phrase(currencies, list, sizeof list);
        phrase = list;
    }
    if (money == MONEY_SCALED)
        diag_add(at.diag, DIAG_SCALE, cell_place(at),
                 "'%s' speaks of thousands or millions; write full amounts and %s as unit",
                 found.text, phrase);
    else
        diag_add(
            at.diag, DIAG_CURRENCY, cell_place(at),
            "'%s' looks like a currency (%s); write its code, or another word if it is a thing",
            found.text, phrase);
    return STATUS_FINDINGS;
}

Status cell_unit(CellAt at, const Round *round, Unit *out)
{
    const char *text = cell_text(at), *name, *currencies;
    if (currency_places(text) < 0) {
        const char *meant = meant_currency(round, text);
        if (meant != NULL) {
            diag_add(at.diag, DIAG_CURRENCY, cell_place(at),
                     "'%s' is a thing as it stands; write %s if it is money", text, meant);
            return STATUS_FINDINGS;
        }
        MoneyWords money = text_is_money(text, &currencies);
        if (money != MONEY_NONE)
            return report_money(at, money, currencies);
    }
    TRY(cell_name(at, round->names, &name));
    *out = round_unit(round, name);
    return STATUS_OK;
}
