/* What a reader may fill in: lists to choose from, limits of amounts, prompts; and the lock on all other
 * cells, without a password, against slips of the hand.
 */
#include "io/book_internal.h"

#include <string.h>

#include "allot/language.h"

/* libxlsxwriter asks for texts that it could change. "" without memory: then the error is kept. */
static char *kept(Book *book, const char *text)
{
    static char none[] = "";
    char *copy = arena_text(book->scratch, text, strlen(text));
    if (copy == NULL)
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return copy != NULL ? copy : none;
}

static char **kept_words(Book *book, const char *const *words)
{
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    char **list = ARENA_NEW(book->scratch, count + 1, char *);
    for (size_t i = 0; list != NULL && i < count; i++)
        list[i] = kept(book, _(words[i]));
    if (list == NULL)
        book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return list;
}

static void put_answer_rule(Book *book, lxw_worksheet *sheet, const AnswerArea *answer)
{
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_ANY,
                                .ignore_blank = LXW_VALIDATION_ON,
                                .show_input = LXW_VALIDATION_ON,
                                .show_error = LXW_VALIDATION_ON,
                                .dropdown = LXW_VALIDATION_ON,
                                .input_message = kept(book, answer->prompt)};
    if (answer->words != NULL) {
        rule.validate = LXW_VALIDATION_TYPE_LIST;
        rule.value_list = kept_words(book, answer->words);
    } else if (answer->most != NULL) {
        rule.validate = LXW_VALIDATION_TYPE_DECIMAL_FORMULA;
        rule.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        rule.minimum_formula = kept(book, "=0");
        rule.maximum_formula = kept(book, answer->most);
    }
    if (book->error == LXW_NO_ERROR)
        book_check(book, worksheet_data_validation_range(
                             sheet, answer->area.first_row, answer->area.first_column,
                             answer->area.last_row, answer->area.last_column, &rule));
}

void book_put_answers(Book *book, lxw_worksheet *sheet, const Page *page)
{
    /* lists to read can be filtered; of lines that are to be answered none goes out of sight */
    lxw_protection allowed = {.format_columns = LXW_TRUE,
                              .format_rows = LXW_TRUE,
                              .autofilter = page->answer_count == 0 ? LXW_TRUE : LXW_FALSE};
    for (size_t i = 0; i < page->answer_count; i++)
        put_answer_rule(book, sheet, &page->answers[i]);
    if (page->locked)
        worksheet_protect(sheet, NULL, &allowed);
}
