/* A ledger's lines by themselves: what they come to, worked out by hand; and that no byte of the file can
 * be another without being found at its line.
 */
#include "tests/support/test_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allot/ledger_file.h"
#include "io/ledger_line.h"

enum { LINES_MOST = 32 };

typedef struct Book {
    Arena *arena;
    Diag *diag;
    NameSet *names;
    Ledger ledger;
    char *dir, *path;
} Book;

static Book book_open(void)
{
    Book book = {.arena = arena_new(), .dir = test_dir_make()};
    assert_non_null(book.arena);
    book.diag = diag_new(book.arena);
    book.names = name_set_new(book.arena);
    book.path = test_path(book.dir, "l.csv");
    book.ledger = (Ledger){.path = book.path, .head = LEDGER_START};
    book.ledger.lines = ARENA_NEW(book.arena, LINES_MOST, LedgerLine);
    assert_non_null(book.ledger.lines);
    return book;
}

static void book_close(Book *book)
{
    arena_free(book->arena);
    free(book->path);
    test_dir_remove(book->dir);
}

static const char *name(const Book *book, const char *text)
{
    return name_intern(book->names, text, strlen(text));
}

/** A line of the one pair N/O: 3 things (millionths), paid in GBP, worth EUR. */
static LedgerLine *add(Book *book, LedgerEvent event, int64_t quantity)
{
    LedgerLine *line = &book->ledger.lines[book->ledger.count++];
    *line = (LedgerLine){.place = {.file = "l.csv", .line = (int)book->ledger.count + 1},
                         .round = name(book, "R"),
                         .date = DATE_NONE,
                         .event = event,
                         .need = name(book, "N"),
                         .offer = name(book, "O"),
                         .donor = name(book, "D"),
                         .beneficiary = name(book, "B"),
                         .category = name(book, "C"),
                         .unit = ledger_unit(name(book, "kit")),
                         .offer_unit = ledger_unit(name(book, "GBP")),
                         .currency = name(book, "EUR"),
                         .has_basis = true,
                         .basis = BASIS_COMMITTED,
                         .valid_to = DATE_NONE,
                         .note = ""};
    line->has_quantity = event != LEDGER_PAYMENT && quantity != 0;
    line->quantity = line->has_quantity ? quantity : 0;
    return line;
}

static void add_commitment(Book *book, int64_t quantity, int64_t gross, int64_t value)
{
    LedgerLine *line = add(book, LEDGER_COMMITMENT, quantity);
    line->has_offer_quantity = line->has_value = true;
    line->offer_quantity = gross;
    line->value = value;
}

/** What people enter: the figures that follow are left out. */
static LedgerLine *add_entry(Book *book, LedgerEvent event, int64_t quantity)
{
    LedgerLine *line = add(book, event, quantity);
    line->is_entry = true;
    line->has_offer_quantity = event == LEDGER_PAYMENT;
    line->offer_quantity = event == LEDGER_PAYMENT ? quantity : 0;
    return line;
}

static void add_totals(Book *book, int64_t committed_cash)
{
    for (int sort = 0; sort < LEDGER_SORTS; sort++) {
        LedgerLine *line = add(book, LEDGER_CARRIED, 0);
        line->need = line->offer = "";
        line->unit = ledger_unit(name(book, ""));
        line->offer_unit = ledger_unit(name(book, sort % 2 == 0 ? "EUR" : ""));
        line->basis = (Basis)(sort / 2);
        line->has_value = true;
        line->value = sort == SORT_COMMITTED_CASH ? committed_cash : 0;
    }
}

enum { KIT = 1000000 };

/* ---- arithmetic ----------------------------------------------------------------------------- */

/** 3 kits for 10.00 GBP, worth 10.00 EUR: a third is 3.33, two thirds 6.67, all 10.00. */
static void parts_of_a_value_add_up_to_it(void **state)
{
    (void)state;
    Book book = book_open();
    add_commitment(&book, 3 * KIT, 1000, 1000);
    add_totals(&book, 1000);
    LedgerLine *entries[3];
    for (int i = 0; i < 3; i++)
        entries[i] = add_entry(&book, LEDGER_DELIVERY, KIT);
    assert_int_equal(ledger_settle(&book.ledger, book.arena, book.diag), STATUS_OK);
    assert_int_equal(entries[0]->value, 333);
    assert_int_equal(entries[1]->value, 334);
    assert_int_equal(entries[2]->value, 333);
    assert_int_equal(book.ledger.holding_count, 1);
    assert_int_equal(book.ledger.holdings[0].delivered, 3 * KIT);
    assert_int_equal(book.ledger.holdings[0].delivered_value, 1000);
    assert_int_equal(book.ledger.closed, 1 + LEDGER_SORTS);
    assert_int_equal(book.ledger.balance[SORT_COMMITTED_CASH], 1000);
    book_close(&book);
}

/** Of 3 kits for 10.00 one is cancelled, 3.33 off; of the other two, 6.67, one more: 3.335 is 3.34 to even.
 *  What is left, 3.33, is paid. */
static void what_is_cancelled_takes_its_part_along(void **state)
{
    (void)state;
    Book book = book_open();
    add_commitment(&book, 3 * KIT, 1000, 1000);
    LedgerLine *first = add_entry(&book, LEDGER_CANCELLATION, KIT);
    LedgerLine *second = add_entry(&book, LEDGER_CHANGE, -KIT);
    LedgerLine *payment = add_entry(&book, LEDGER_PAYMENT, 333);
    add_totals(&book, 333);
    assert_int_equal(ledger_settle(&book.ledger, book.arena, book.diag), STATUS_OK);
    assert_int_equal(first->value, 333);
    assert_int_equal(first->offer_quantity, 333);
    assert_int_equal(second->value, -334);
    assert_int_equal(payment->value, 333);
    const Holding *held = ledger_holding(&book.ledger, "N", "O");
    assert_non_null(held);
    assert_int_equal(held->quantity, KIT);
    assert_int_equal(held->gross, 333);
    assert_int_equal(held->value, 333);
    assert_int_equal(held->paid, 333);
    assert_null(ledger_holding(&book.ledger, "N", "P"));
    book_close(&book);
}

static void assert_refused(Book *book, int line, const char *hint)
{
    size_t count;
    assert_int_equal(ledger_settle(&book->ledger, book->arena, book->diag), STATUS_FINDINGS);
    const Finding *findings = diag_findings(book->diag, &count);
    assert_int_equal(count, 1);
    assert_int_equal(findings[0].place.line, line);
    if (strstr(findings[0].message, hint) == NULL)
        fail_msg("it says %s", findings[0].message);
    book_close(book);
}

static void totals_that_do_not_add_up_are_found(void **state)
{
    (void)state;
    Book book = book_open();
    add_commitment(&book, 3 * KIT, 1000, 1000);
    add_totals(&book, 1001);
    assert_refused(&book, 2 + SORT_COMMITTED_CASH + 1,
                   "the total EUR 10.01 is not what the lines add up to: EUR 10.00");
}

static void a_close_cut_short_is_found(void **state)
{
    (void)state;
    for (size_t lost = 1; lost <= LEDGER_SORTS; lost++) {
        Book book = book_open();
        add_commitment(&book, 3 * KIT, 1000, 1000);
        add_totals(&book, 1000);
        book.ledger.count -= lost;
        assert_refused(&book, 2 + LEDGER_SORTS - (int)lost, "ends without its totals");
    }
}

static void a_line_before_its_commitment_is_found(void **state)
{
    (void)state;
    Book book = book_open();
    add(&book, LEDGER_DELIVERY, KIT);
    add_commitment(&book, 3 * KIT, 1000, 1000);
    add_totals(&book, 1000);
    size_t count;
    assert_int_equal(ledger_settle(&book.ledger, book.arena, book.diag), STATUS_FINDINGS);
    const Finding *findings = diag_findings(book.diag, &count);
    assert_int_equal(findings[0].place.line, 2);
    book_close(&book);
}

/* ---- the file ------------------------------------------------------------------------------- */

/** A ledger with what is hard to write: commas, quotes, blanks at the ends, letters of any alphabet. */
static char *write_book(Book *book, size_t *size)
{
    add_commitment(book, 3 * KIT, 1000, 1000);
    book->ledger.lines[0].note = "a \"quoted\", note";
    book->ledger.lines[0].beneficiary = name(book, "\xD0\x9A\xD0\xB8\xD1\x97\xD0\xB2, \"A\"");
    book->ledger.lines[0].date = 20000;
    add_totals(book, 1000);
    add_entry(book, LEDGER_DELIVERY, KIT)->note = " line\nend ";
    assert_int_equal(ledger_settle(&book->ledger, book->arena, book->diag), STATUS_OK);
    assert_int_equal(ledger_append(&book->ledger, 0, book->arena, book->diag), STATUS_OK);
    return read_file(book->path, size);
}

static Status read_back(Book *book, Ledger *ledger)
{
    LedgerSource source = {.path = book->path};
    book->diag = diag_new(book->arena);
    return ledger_read(&source, book->names, book->arena, book->diag, ledger);
}

static void what_was_written_is_read_again(void **state)
{
    (void)state;
    Book book = book_open();
    free(write_book(&book, NULL));
    Ledger again;
    assert_int_equal(read_back(&book, &again), STATUS_OK);
    assert_int_equal(again.count, 2 + LEDGER_SORTS);
    assert_string_equal(again.head, book.ledger.head);
    const LedgerLine *line = &again.lines[0], *last = &again.lines[again.count - 1];
    assert_string_equal(line->note, "a \"quoted\", note");
    assert_string_equal(line->beneficiary, "\xD0\x9A\xD0\xB8\xD1\x97\xD0\xB2, \"A\"");
    assert_int_equal(line->date, 20000);
    assert_int_equal(line->quantity, 3 * KIT);
    assert_int_equal(line->value, 1000);
    assert_string_equal(last->note, " line end ");
    assert_int_equal(last->value, 333);
    book_close(&book);
}

/** Fails unless reading stops at this line, and says what to do. */
static void assert_found_at(Book *book, const char *what, size_t at, int line)
{
    Ledger again;
    size_t count;
    Status status = read_back(book, &again);
    const Finding *findings = diag_findings(book->diag, &count);
    if (status != STATUS_FINDINGS || count != 1 || findings[0].code != DIAG_LEDGER ||
        findings[0].place.line != line || strstr(findings[0].message, "from a copy") == NULL)
        fail_msg("%s at byte %zu of line %d: %zu findings, line %d: %s", what, at, line, count,
                 count > 0 ? findings[0].place.line : 0, count > 0 ? findings[0].message : "");
}

static int line_of(const char *text, size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at; i++)
        line += text[i] == '\n';
    return line;
}

static void every_byte_that_is_changed_is_found_at_its_line(void **state)
{
    (void)state;
    static const unsigned char flips[] = {0x01, 0x20, 0x80};
    Book book = book_open();
    size_t size;
    char *text = write_book(&book, &size);
    for (size_t i = 0; i < size; i++) {
        for (size_t f = 0; f < COUNT_OF(flips); f++) {
            text[i] = (char)(text[i] ^ flips[f]);
            write_file_bytes(book.dir, "l.csv", text, size);
            text[i] = (char)(text[i] ^ flips[f]);
            assert_found_at(&book, "a flip", i, line_of(text, i));
        }
    }
    free(text);
    book_close(&book);
}

static void every_byte_that_is_lost_or_doubled_is_found(void **state)
{
    (void)state;
    Book book = book_open();
    size_t size;
    char *text = write_book(&book, &size), *other = malloc(size + 1);
    assert_non_null(other);
    for (size_t i = 0; i < size; i++) {
        memcpy(other, text, i);
        memcpy(other + i, text + i + 1, size - i - 1);
        write_file_bytes(book.dir, "l.csv", other, size - 1);
        assert_found_at(&book, "a loss", i, line_of(text, i));
        memcpy(other + i, text + i, 1);
        memcpy(other + i + 1, text + i, size - i);
        write_file_bytes(book.dir, "l.csv", other, size + 1);
        assert_found_at(&book, "a double", i, line_of(text, i) + (text[i] == '\n'));
    }
    free(other);
    free(text);
    book_close(&book);
}

/** Takes out, or swaps with the one behind it, the line that begins at text + at. */
static void lines_that_are_lost_or_swapped_are_found(void **state)
{
    (void)state;
    Book book = book_open();
    size_t size;
    char *text = write_book(&book, &size), *other = malloc(size);
    assert_non_null(other);
    size_t at = (size_t)(strchr(text, '\n') + 1 - text);
    for (int line = 2; line <= 1 + LEDGER_SORTS; line++) {
        size_t own = (size_t)(strchr(text + at, '\n') + 1 - (text + at));
        size_t next = (size_t)(strchr(text + at + own, '\n') + 1 - (text + at + own));
        memcpy(other, text, at);
        memcpy(other + at, text + at + own, size - at - own);
        write_file_bytes(book.dir, "l.csv", other, size - own);
        assert_found_at(&book, "a lost line", at, line);
        memcpy(other + at, text + at + own, next);
        memcpy(other + at + next, text + at, own);
        memcpy(other + at + next + own, text + at + own + next, size - at - own - next);
        write_file_bytes(book.dir, "l.csv", other, size);
        assert_found_at(&book, "a swap", at, line);
        at += own;
    }
    free(other);
    free(text);
    book_close(&book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_a_value_add_up_to_it),
        cmocka_unit_test(what_is_cancelled_takes_its_part_along),
        cmocka_unit_test(totals_that_do_not_add_up_are_found),
        cmocka_unit_test(a_close_cut_short_is_found),
        cmocka_unit_test(a_line_before_its_commitment_is_found),
        cmocka_unit_test(what_was_written_is_read_again),
        cmocka_unit_test(every_byte_that_is_changed_is_found_at_its_line),
        cmocka_unit_test(every_byte_that_is_lost_or_doubled_is_found),
        cmocka_unit_test(lines_that_are_lost_or_swapped_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
