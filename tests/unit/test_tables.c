/* A plan's tables out (back in: test_tables_read.c). What is expected of the files was worked out by hand from the
 * tables in tests/support/small_round.c; line ends, quotes and empty cells count.
 */
#include "tests/support/test_support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "allot/ledger.h"
#include "allot/tables.h"
#include "io/csv_writer.h"
#include "io/number_text.h"
#include "tests/support/small_round.h"

static const char assignments_head[] =
    "need,offer,donor,quantity,unit,offer_quantity,offer_unit,value,currency,basis,locked\n";

static char *read_named(const char *dir, const char *name)
{
    char *path = test_path(dir, name);
    char *text = read_file(path, NULL);
    free(path);
    return text;
}

static void assert_file(const char *dir, const char *name, const char *expected)
{
    char *text = read_named(dir, name);
    assert_string_equal(text, expected);
    free(text);
}

/* ---- out ------------------------------------------------------------------------------------ */

static void assignments_show_both_units_and_the_value(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    char expected[1024];
    (void)snprintf(expected, sizeof expected, "%s%s", assignments_head,
                   "N1,O1,EST,4800.00,EUR,5333.34,EUR,4800.00,EUR,paid,no\n"
                   "N1,O3,EST,1250.00,EUR,1000.00,GBP,1250.00,EUR,committed,no\n"
                   "N2,O2,GBR,40,hour,4000.00,GBP,5000.00,EUR,committed,no\n"
                   "N2,O6,JPN,20,hour,20,hour,2500.00,EUR,committed,yes\n"
                   "N3,O4,GBR,50,licence,50,licence,,EUR,paid,no\n"
                   "N6,O5,JPN,500000,JPY,500000,JPY,3125.00,EUR,pledged,no\n");
    assert_file(written.dir, "assignments.csv", expected);
    written_round_free(&written);
}

static void needs_leave_empty_what_is_not_known(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    assert_file(written.dir, "needs.csv",
                "need,tier,unit,quantity,covered,assigned,pledged,unmet,share,value_assigned,"
                "value_unmet,donors,reason,detail,input_detail,officer\n"
                "N1,1,EUR,10000.00,2500.00,6050.00,0.00,1450.00,0.855,6050.00,1450.00,2,UNPROVEN,"
                ",urgent,Olena\n"
                "N2,2,hour,120,0,60,0,60,0.5,7500.00,7500.00,2,WINDOW,offers O2,,Taras\n"
                "N3,2,licence,50,0,50,0,0,1,,,1,,,,\n"
                "N4,2,piece,,0,0,0,,,0.00,,0,AMOUNT_UNKNOWN,,,\n"
                "N5,2,EUR,3000.00,0.00,0.00,0.00,3000.00,0,0.00,3000.00,0,NOT_READY,,,\n"
                "N6,1,JPY,1000000,0,500000,500000,500000,0.5,3125.00,3125.00,1,BARRED,"
                "\"offers O1, O2\",,\n");
    written_round_free(&written);
}

static void offers_are_gross_and_their_values_in_the_reporting_currency(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    assert_file(written.dir, "offers.csv",
                "offer,donor,unit,quantity,used,left,overhead,value_used,value_left,needs,"
                "reference\n"
                "O1,EST,EUR,7000.00,5333.34,1666.66,533.33,4800.00,1666.66,1,R-1\n"
                "O2,GBR,GBP,9000.00,5000.00,4000.00,0.00,5000.00,5000.00,1,\n"
                "O3,EST,GBP,4000.00,1000.00,3000.00,0.00,1250.00,3750.00,1,via O2\n"
                "O4,GBR,licence,60,50,10,0,,187.50,1,\n"
                "O5,JPN,JPY,800000,500000,300000,0,3125.00,1875.00,1,\n"
                "O6,JPN,hour,20,20,0,0,2500.00,,1,\n");
    written_round_free(&written);
}

/* With a ledger: what earlier rounds committed of each, in its unit, behind the program's own columns. */
static void offers_say_behind_all_what_earlier_rounds_committed(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    Ledger ledger = {.path = "l.csv", .head = "", .last_round = "", .currency = ""};
    small->round.ledger = &ledger;
    small->round.offers[round_find_offer(&small->round, "O1")].taken = 300050;
    small->round.offers[round_find_offer(&small->round, "O4")].taken = 40000000;
    WrittenRound written = written_round_new(small);
    assert_file(written.dir, "offers.csv",
                "offer,donor,unit,quantity,used,left,overhead,value_used,value_left,needs,"
                "earlier,reference\n"
                "O1,EST,EUR,7000.00,5333.34,1666.66,533.33,4800.00,1666.66,1,3000.50,R-1\n"
                "O2,GBR,GBP,9000.00,5000.00,4000.00,0.00,5000.00,5000.00,1,0.00,\n"
                "O3,EST,GBP,4000.00,1000.00,3000.00,0.00,1250.00,3750.00,1,0.00,via O2\n"
                "O4,GBR,licence,60,50,10,0,,187.50,1,40,\n"
                "O5,JPN,JPY,800000,500000,300000,0,3125.00,1875.00,1,0,\n"
                "O6,JPN,hour,20,20,0,0,2500.00,,1,0,\n");
    written_round_free(&written);
}

static void stages_keep_nine_decimals_and_no_trailing_zeros(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    assert_file(written.dir, "stages.csv",
                "stage,sense,value,bound,gap,status\n"
                "tier 1,min,4575,4575,0,optimal\n"
                "fairness 1.1,max,0.666666667,0.7,0.047619048,partial\n"
                "cost,min,0,0,0,optimal\n");
    written_round_free(&written);
}

static void problems_stand_in_the_order_of_their_places(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    char *text = read_named(written.dir, "problems.csv");
    const char *head = "severity,code,table,row,column,value,message\n";
    assert_int_equal(strncmp(text, head, strlen(head)), 0);
    const char *note = strstr(text, "\nnote,N201,needs,1,,,");
    const char *warning = strstr(text, "\nwarning,W109,needs,5,quantity,,");
    const char *last = strstr(text, "\nnote,N201,offers,1,,,");
    assert_true(note != NULL && warning != NULL && last != NULL);
    assert_true(note < warning && warning < last);
    free(text);
    written_round_free(&written);
}

static void the_summary_ties_out_to_the_cent(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "\nstatus,optimal\n",
        "\ntitle,Small & round\n",
        "\nstart,2026-01-01\n",
        "\nneeds,6\n",
        "\nneeds_met,1\n",
        "\nneeds_partly,3\n",
        "\nneeds_unmet,1\n",
        "\nneeds_amount_unknown,1\n",
        "\nneeds_not_ready,1\n",
        "\nassignments,6\n",
        "\nvalue_asked,34250.00\n",
        "\nvalue_covered,2500.00\n",
        "\nvalue_wanted,31750.00\n",
        "\nvalue_assigned,16675.00\n",
        "\nvalue_assigned_cash,14175.00\n",
        "\nvalue_assigned_in_kind,2500.00\n",
        "\nvalue_pledged,3125.00\n",
        "\nvalue_unmet,15075.00\n",
        "\nvalue_offered_cash,23250.00\n",
        "\nvalue_used_cash,14708.34\n",
        "\nvalue_left_cash,8541.66\n",
        "\nvalue_lapsed_cash,0.00\n",
        "\nunvalued_needs,2\n",
        "\nunvalued_needs_met,1\n",
        "\ntier_1_share,0.718462\n",
        "\ntier_2_value_unmet,10500.00\n",
        "\nversion_csv,3.0.3\nversion_reader,\"expat 2.5.0, minizip 1.1\"\nversion_xlsx,1.1.4\n",
    };
    WrittenRound written = written_round_new(small_round_new());
    char *text = read_named(written.dir, "summary.csv");
    assert_int_equal(strncmp(text, "key,value\n", 10), 0);
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        assert_case(lines[i], strstr(text, lines[i]) != NULL);
    free(text);
    written_round_free(&written);
}

static void every_cell_is_quoted_only_where_it_must_be(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
    } cases[] = {
        {"plain", "plain\n"},
        {"a,b", "\"a,b\"\n"},
        {"say \"yes\"", "\"say \"\"yes\"\"\"\n"},
        {"two\nlines", "\"two\nlines\"\n"},
        {"=1+1", "=1+1\n"},
        {" at the ends ", "\" at the ends \"\n"},
        {"\xD0\x9A\xD0\xB8\xD1\x97\xD0\xB2", "\xD0\x9A\xD0\xB8\xD1\x97\xD0\xB2\n"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *bytes = NULL;
        size_t size = 0;
        CsvWriter out = {.file = open_memstream(&bytes, &size)};
        assert_non_null(out.file);
        csv_writer_text(&out, cases[i].text);
        csv_writer_end(&out);
        assert_int_equal(fclose(out.file), 0);
        assert_case_text(cases[i].text, bytes, cases[i].written);
        free(bytes);
    }
}

static void numbers_are_short_and_the_same_everywhere(void **state)
{
    (void)state;
    static const struct {
        double number;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {-1e-12, "0"},
        {1.5, "1.5"},
        {-12.25, "-12.25"},
        {1.0 / 3, "0.333333333"},
        {45000000.12, "45000000.12"},
        {1e15, "1000000000000000"},
        {123456789012.345, "123456789012.345"},
        {100, "100"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[NUMBER_TEXT_SIZE];
        number_text(cases[i].number, text);
        assert_case_text(cases[i].text, text, cases[i].text);
    }
}

/* ---- failures ------------------------------------------------------------------------------- */

static void a_folder_that_cannot_be_made_is_a_finding(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    char *dir = test_dir_make(), *deep = test_path(dir, "not/there");
    assert_int_equal(
        tables_write(deep, &small->round, &small->plan, &small->info, small->arena, small->diag),
        STATUS_IO);
    assert_int_equal(diag_count(small->diag, DIAG_ERROR), 1);
    free(deep);
    test_dir_remove(dir);
    small_round_free(small);
}

static void one_file_that_cannot_be_written_leaves_all_as_they_were(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    char *dir = test_dir_make(), *blocked = test_path(dir, "summary.csv");
    write_file(dir, "assignments.csv", "the old plan\n");
    assert_int_equal(mkdir(blocked, 0777), 0);
    assert_int_equal(
        tables_write(dir, &small->round, &small->plan, &small->info, small->arena, small->diag),
        STATUS_IO);
    assert_file(dir, "assignments.csv", "the old plan\n");
    assert_int_equal(test_dir_count(dir), 2);
    free(blocked);
    test_dir_remove(dir);
    small_round_free(small);
}

static void writing_fails_cleanly_whenever_memory_does(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    size_t calls = 0;
    Status status;
    do {
        char *dir = test_dir_make();
        Arena *scratch = arena_new();
        arena_fail_after(scratch, calls++);
        status = tables_write(dir, &small->round, &small->plan, &small->info, scratch, small->diag);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        assert_int_equal(test_dir_count(dir), status == STATUS_OK ? 14 : 0);
        arena_free(scratch);
        test_dir_remove(dir);
    } while (status != STATUS_OK);
    assert_true(calls > 10);
    small_round_free(small);
}

static void a_second_plan_replaces_the_first_and_leaves_nothing_beside_it(void **state)
{
    (void)state;
    WrittenRound written = written_round_new(small_round_new());
    SmallRound *small = written.small;
    small->plan.assignment_count = 0;
    assert_int_equal(tables_write(written.dir, &small->round, &small->plan, &small->info,
                                  small->arena, small->diag),
                     STATUS_OK);
    assert_file(written.dir, "assignments.csv", assignments_head);
    assert_int_equal(test_dir_count(written.dir), 14);
    written_round_free(&written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assignments_show_both_units_and_the_value),
        cmocka_unit_test(needs_leave_empty_what_is_not_known),
        cmocka_unit_test(offers_are_gross_and_their_values_in_the_reporting_currency),
        cmocka_unit_test(offers_say_behind_all_what_earlier_rounds_committed),
        cmocka_unit_test(stages_keep_nine_decimals_and_no_trailing_zeros),
        cmocka_unit_test(problems_stand_in_the_order_of_their_places),
        cmocka_unit_test(the_summary_ties_out_to_the_cent),
        cmocka_unit_test(every_cell_is_quoted_only_where_it_must_be),
        cmocka_unit_test(numbers_are_short_and_the_same_everywhere),
        cmocka_unit_test(a_folder_that_cannot_be_made_is_a_finding),
        cmocka_unit_test(one_file_that_cannot_be_written_leaves_all_as_they_were),
        cmocka_unit_test(writing_fails_cleanly_whenever_memory_does),
        cmocka_unit_test(a_second_plan_replaces_the_first_and_leaves_nothing_beside_it),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
