/* Rows of a sheet into structs: cells as workbooks store them, errors among them, and what is said
 * once a column. The sheets are made by hand: no reader is asked. */
#include "tests/support/expected_findings.h"
#include "tests/support/test_support.h"

#include "io/read_tables.h"

#include <string.h>

enum { COLUMNS_MAX = 8 };

#define TEXT(text)                                                                                 \
    {                                                                                              \
        text, CELL_TEXT, 0                                                                         \
    }
#define NUMBER(text)                                                                               \
    {                                                                                              \
        text, CELL_NUMBER, 0                                                                       \
    }
#define DAY(text)                                                                                  \
    {                                                                                              \
        text, CELL_DATE, 0                                                                         \
    }
#define ERROR(text)                                                                                \
    {                                                                                              \
        text, CELL_ERROR, 0                                                                        \
    }
#define PENDING                                                                                    \
    {                                                                                              \
        "", CELL_PENDING, 0                                                                        \
    }
#define EMPTY                                                                                      \
    {                                                                                              \
        "", CELL_EMPTY, 0                                                                          \
    }

typedef struct Rows {
    Arena *arena;
    Diag *diag;
    Round round;
    Reading reading;
    Sheet sheet;
} Rows;

static void open_rows(Rows *f)
{
    *f = (Rows){.arena = arena_new()};
    f->diag = diag_new(f->arena);
    assert_int_equal(round_init(f->arena, &f->round), STATUS_OK);
    f->reading = (Reading){.round = &f->round, .scratch = f->arena, .diag = f->diag};
}

static void close_rows(Rows *f)
{
    arena_free(f->arena);
}

/* Headings with blanks between them, then rows of so many cells in lines 2, 3, ... */
static void fill_sheet(Rows *f, TableKind table, const char *headings,
                       const Cell (*cells)[COLUMNS_MAX], size_t row_count)
{
    const char **names = ARENA_NEW(f->arena, COLUMNS_MAX, const char *);
    SheetRow **blocks = ARENA_NEW(f->arena, 1, SheetRow *);
    size_t width = 0;

    while (*headings != '\0') {
        size_t length = strcspn(headings, " ");
        names[width++] = arena_text(f->arena, headings, length);
        headings += length + (headings[length] == ' ');
    }
    blocks[0] = ARENA_NEW(f->arena, SHEET_BLOCK_ROWS, SheetRow);
    for (size_t r = 0; r < row_count; r++) {
        Cell *row = ARENA_NEW(f->arena, COLUMNS_MAX, Cell);
        memcpy(row, cells[r], sizeof cells[r]);
        blocks[0][r] = (SheetRow){.cells = row, .width = (uint32_t)width, .line = (int)r + 2};
    }
    f->sheet = (Sheet){.file = "round.xlsx!sheet",
                       .table = dictionary_table(table),
                       .names = heading_index_new(dictionary_table(table), f->arena),
                       .sha256 = "",
                       .readable = true,
                       .heading_line = 1,
                       .headings = names,
                       .column_count = width,
                       .blocks = blocks,
                       .row_count = row_count};
}

/* ---- errors and formulas without a result ----------------------------------------------------- */

static void an_error_value_says_nothing_further(void **state)
{
    static const Cell cells[][COLUMNS_MAX] = {
        {TEXT("N1"), ERROR("#REF!"), ERROR("#DIV/0!"), PENDING, PENDING, ERROR("#N/A"),
         ERROR("#VALUE!"), NUMBER("5")},
    };
    Rows f;
    (void)state;
    open_rows(&f);
    fill_sheet(&f, TABLE_NEEDS,
               "id category quantity deadline ready weight score_technical score_strategic", cells,
               1);
    assert_int_equal(read_needs(&f.reading, &f.sheet), STATUS_OK);
    assert_finding_count("none", f.diag, 0);
    assert_int_equal(f.round.need_count, 1);
    const Need *need = &f.round.needs[0];
    assert_string_equal(need->category, "");
    assert_false(need->quantity_known);
    assert_int_equal(need->deadline, DATE_NONE);
    assert_true(need->ready);
    assert_int_equal(need->weight.digits, 1);
    close_rows(&f);
}

static void a_row_whose_name_is_an_error_value_is_left_out(void **state)
{
    static const Cell cells[][COLUMNS_MAX] = {
        {ERROR("#REF!"), TEXT("HW"), NUMBER("1")},
        {PENDING, TEXT("HW"), NUMBER("2")},
        {TEXT("N3"), TEXT("HW"), NUMBER("3")},
    };
    Rows f;
    (void)state;
    open_rows(&f);
    fill_sheet(&f, TABLE_NEEDS, "id category quantity", cells, 3);
    assert_int_equal(read_needs(&f.reading, &f.sheet), STATUS_OK);
    assert_finding_count("none", f.diag, 0);
    assert_int_equal(f.round.need_count, 1);
    assert_string_equal(f.round.needs[0].id, "N3");
    close_rows(&f);
}

static void a_unit_or_currency_that_could_not_be_read_is_one_finding(void **state)
{
    static const Cell cells[][COLUMNS_MAX] = {
        {TEXT("N1"), TEXT("HW"), TEXT("5 $"), ERROR("#REF!"), EMPTY, EMPTY},
        {TEXT("N2"), TEXT("HW"), NUMBER("5"), TEXT("USD"), ERROR("#REF!"), EMPTY},
        {TEXT("N3"), TEXT("HW"), NUMBER("5"), TEXT("seat"), PENDING, TEXT("7 $")},
        {TEXT("N4"), TEXT("HW"), NUMBER("5"), TEXT("seat"), TEXT("usd"), TEXT("7 $")},
    };
    static const ExpectedFinding want = {DIAG_CURRENCY, "round.xlsx!sheet", 5, 5,
                                         "usd",         "write USD"};
    Rows f;
    (void)state;
    open_rows(&f);
    fill_sheet(&f, TABLE_NEEDS, "id category quantity unit currency unit_cost", cells, 4);
    assert_int_equal(read_needs(&f.reading, &f.sheet), STATUS_OK);
    assert_finding("currency", f.diag, &want);
    assert_finding_count("one", f.diag, 1);
    close_rows(&f);
}

static void an_id_that_became_a_day_is_found(void **state)
{
    static const Cell cells[][COLUMNS_MAX] = {
        {DAY("2026-02-01"), TEXT("HW"), NUMBER("5")},
        {TEXT("2026-02-02"), TEXT("HW"), NUMBER("5")},
        {TEXT("N3"), DAY("2026-02-03"), NUMBER("5")},
    };
    static const ExpectedFinding want = {
        DIAG_WORD,
        "round.xlsx!sheet",
        2,
        1,
        "2026-02-01",
        "'2026-02-01' is a day, but an id is needed; spreadsheets turn 1.2 or 1-2 "
        "into a day: type it again as text"};
    Rows f;
    (void)state;
    open_rows(&f);
    fill_sheet(&f, TABLE_NEEDS, "id category quantity", cells, 3);
    assert_int_equal(read_needs(&f.reading, &f.sheet), STATUS_OK);
    assert_finding("id", f.diag, &want);
    assert_finding_count("one", f.diag, 1);
    assert_int_equal(f.round.need_count, 3); /* so that other rows may name it */
    assert_string_equal(f.round.needs[0].id, "2026-02-01");
    close_rows(&f);
}

static void a_setting_whose_value_is_an_error_keeps_its_default(void **state)
{
    static const Cell cells[][COLUMNS_MAX] = {
        {TEXT("gap"), ERROR("#REF!")},
        {TEXT("start"), PENDING},
    };
    Rows f;
    (void)state;
    open_rows(&f);
    fill_sheet(&f, TABLE_SETTINGS, "key value", cells, 2);
    assert_int_equal(read_settings(&f.reading, &f.sheet), STATUS_OK);
    assert_int_equal(settings_apply(f.round.setting_rows, f.round.setting_row_count, f.arena,
                                    f.round.names, f.diag, &f.round.settings),
                     STATUS_OK);
    assert_finding_count("none", f.diag, 0);
    close_rows(&f);
}

/* ---- days ------------------------------------------------------------------------------------- */

static void serial_days_and_times_are_a_note_a_column(void **state)
{
    static const Cell cells[][COLUMNS_MAX] = {
        {TEXT("N1"), TEXT("HW"), NUMBER("1"), DAY("2026-03-31"), NUMBER("46113")},
        {TEXT("N2"), TEXT("HW"), NUMBER("1"), DAY("2026-03-31T12:30:00"), NUMBER("46114")},
        {TEXT("N3"), TEXT("HW"), NUMBER("1"), DAY("2026-03-31T08:00:00"), TEXT("46115")},
        {TEXT("N4"), TEXT("HW"), NUMBER("1"), NUMBER("46112"), DAY("2026-04-05")},
    };
    static const ExpectedFinding want[] = {
        {DIAG_DAYS_READ, "round.xlsx!sheet", 2, 5, "46113",
         "serial numbers such as 46113 are read as days: 46113 is 2026-04-01"},
        {DIAG_DAYS_READ, "round.xlsx!sheet", 3, 4, "2026-03-31T12:30:00",
         "times of day are left out: '2026-03-31T12:30:00' is read as 2026-03-31"},
        {DIAG_DAYS_READ, "round.xlsx!sheet", 5, 4, "46112", "46112 is 2026-03-31"},
    };
    Rows f;
    (void)state;
    open_rows(&f);
    fill_sheet(&f, TABLE_NEEDS, "id category quantity earliest deadline", cells, 4);
    assert_int_equal(read_needs(&f.reading, &f.sheet), STATUS_OK);
    for (size_t i = 0; i < COUNT_OF(want); i++)
        assert_finding("note", f.diag, &want[i]);
    assert_finding_count("three", f.diag, 3);
    for (size_t n = 0; n < 4; n++) {
        assert_int_equal(f.round.needs[n].earliest, 20543); /* 2026-03-31 */
        assert_int_equal(f.round.needs[n].deadline, n < 3 ? 20544 + (int)n : 20548);
    }
    close_rows(&f);
}

static void serial_days_follow_the_epoch_of_their_workbook(void **state)
{
    static const Cell cells[][COLUMNS_MAX] = {
        {TEXT("N1"), TEXT("HW"), NUMBER("1"), NUMBER("44651")},
    };
    Rows f;
    (void)state;
    open_rows(&f);
    fill_sheet(&f, TABLE_NEEDS, "id category quantity deadline", cells, 1);
    f.sheet.epoch_1904 = true;
    assert_int_equal(read_needs(&f.reading, &f.sheet), STATUS_OK);
    assert_int_equal(f.round.needs[0].deadline, 20544); /* 2026-04-01 */
    close_rows(&f);
}

/* ---- decimal signs ---------------------------------------------------------------------------- */

static void the_decimal_option_counts_where_the_column_does_not_tell(void **state)
{
    static const Cell open[][COLUMNS_MAX] = {
        {TEXT("N1"), TEXT("HW"), NUMBER("1"), TEXT("1,234")},
    };
    static const Cell told[][COLUMNS_MAX] = {
        {TEXT("N1"), TEXT("HW"), NUMBER("1"), TEXT("1,234")},
        {TEXT("N2"), TEXT("HW"), NUMBER("1"), TEXT("5.5")},
    };
    static const struct {
        const char *label;
        const Cell (*cells)[COLUMNS_MAX];
        size_t rows;
        DecimalSign decimal;
        int64_t digits;
        int places;
        size_t findings;
    } cases[] = {
        {"not given", open, 1, SIGN_OPEN, 1, 0, 1}, /* the default stays */
        {"comma", open, 1, SIGN_COMMA, 1234, 3, 0},
        {"point", open, 1, SIGN_POINT, 1234, 0, 0},
        {"the column tells", told, 2, SIGN_COMMA, 1234, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Rows f;
        open_rows(&f);
        f.reading.decimal = cases[i].decimal;
        fill_sheet(&f, TABLE_NEEDS, "id category quantity weight", cases[i].cells, cases[i].rows);
        assert_int_equal(read_needs(&f.reading, &f.sheet), STATUS_OK);
        assert_case_int(cases[i].label, f.round.needs[0].weight.digits, cases[i].digits);
        assert_case_int(cases[i].label, f.round.needs[0].weight.places, cases[i].places);
        assert_finding_count(cases[i].label, f.diag, cases[i].findings);
        close_rows(&f);
    }
}

/* ---- currencies ------------------------------------------------------------------------------- */

static void figures_may_carry_the_sign_of_their_currency(void **state)
{
    static const Cell needs[][COLUMNS_MAX] = {
        {TEXT("N1"), TEXT("HW"), TEXT("1 234,50 €"), EMPTY, EMPTY, EMPTY},
        {TEXT("N2"), TEXT("HW"), TEXT("$5,000.25"), TEXT("USD"), EMPTY, EMPTY},
        {TEXT("N3"), TEXT("HW"), NUMBER("5"), TEXT("seat"), TEXT("UAH"), TEXT("12,5 грн")},
    };
    Rows f;
    (void)state;
    open_rows(&f);
    fill_sheet(&f, TABLE_NEEDS, "id category quantity unit currency unit_cost", needs, 3);
    assert_int_equal(read_needs(&f.reading, &f.sheet), STATUS_OK);
    assert_finding_count("none", f.diag, 0);
    assert_int_equal(f.round.needs[0].quantity, 123450);
    assert_int_equal(f.round.needs[1].quantity, 500025);
    assert_int_equal(f.round.needs[2].unit_cost.digits, 125);
    close_rows(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_value_says_nothing_further),
        cmocka_unit_test(a_row_whose_name_is_an_error_value_is_left_out),
        cmocka_unit_test(a_unit_or_currency_that_could_not_be_read_is_one_finding),
        cmocka_unit_test(an_id_that_became_a_day_is_found),
        cmocka_unit_test(a_setting_whose_value_is_an_error_keeps_its_default),
        cmocka_unit_test(serial_days_and_times_are_a_note_a_column),
        cmocka_unit_test(serial_days_follow_the_epoch_of_their_workbook),
        cmocka_unit_test(the_decimal_option_counts_where_the_column_does_not_tell),
        cmocka_unit_test(figures_may_carry_the_sign_of_their_currency),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
