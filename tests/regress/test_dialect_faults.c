/* Tables as real spreadsheets hand them over, which were once read without a word, or refused without help:
 * every case names the cell and says what to do. And what looks like them and is fine.
 */
#include "tests/support/program.h"
#include "tests/support/round_case.h"

#include <string.h>

#define NEEDS(rows)                                                                                \
    {                                                                                              \
        "needs.csv", "id,category,quantity,unit\n" rows                                            \
    }
#define OFFERS                                                                                     \
    {                                                                                              \
        "offers.csv", "id,donor,quantity,unit\nO1,DE,90000,EUR\nO2,DE,5,seat\n"                    \
    }
#define SEAT "N9,HW,1,seat\n"

/* 1,500 is 1.5 as the comma of 60 000,00 has it, and 1500 as many a keyboard has it. */
static const WrongRound DOUBTS[] = {
    {"decimals just three long where others have two",
     {NEEDS("N1,HW,\"1,500\",EUR\nN2,HW,\"60 000,00\",EUR\n" SEAT), OFFERS},
     DIAG_NUMBER_DOUBT,
     "needs.csv",
     2,
     "quantity",
     "'1,500' is read as 1.500, because '60 000,00' (row 3) has its decimals behind such a sign; "
     "if "
     "1500 is meant"},
    {"a thousand seats that would be one",
     {NEEDS("N1,HW,\"60,50\",EUR\nN2,HW,\"1,000\",seat\n"), OFFERS},
     DIAG_NUMBER_DOUBT,
     "needs.csv",
     3,
     "quantity",
     "'1,000' is read as 1.000, because '60,50' (row 2)"},
    {"groups by a point among groups by a blank",
     {NEEDS("N1,HW,1.500,EUR\nN2,HW,\"60 000,00\",EUR\n" SEAT), OFFERS},
     DIAG_NUMBER_DOUBT,
     "needs.csv",
     2,
     "quantity",
     "'1.500' is read as 1500, although '60 000,00' (row 3) groups thousands by another sign"},
    {"an id that was 1E5",
     {NEEDS("1.00E+05,HW,5,EUR\n" SEAT), OFFERS},
     DIAG_REWRITTEN,
     "needs.csv",
     2,
     "id",
     "'1.00E+05' is how spreadsheets show a large number"},
    {"a list with bars",
     {NEEDS("N1,HW,5,EUR\n" SEAT),
      {"offers.csv", "id,donor,quantity,unit,category\nO1,DE,9,EUR,HW|SW\nO2,DE,9,EUR,HW\nO3,DE,9,"
                     "seat,HW\n"}},
     DIAG_LIST,
     "offers.csv",
     2,
     "category",
     "'HW|SW' is one name as it stands; lists have ';' between their parts"},
    {"a list with line breaks in its cell",
     {NEEDS("N1,HW,5,EUR\n" SEAT),
      {"offers.csv",
       "id,donor,quantity,unit,category\nO1,DE,9,EUR,\"HW\nSW\"\nO2,DE,9,EUR,HW\nO3,DE,"
       "9,seat,HW\n"}},
     DIAG_LIST,
     "offers.csv",
     2,
     "category",
     "lists have ';' between their parts"},
    {"the error of a formula, as CSV has it",
     {NEEDS("N1,HW,#N/A,EUR\n" SEAT), OFFERS},
     DIAG_CELL_ERROR,
     "needs.csv",
     2,
     "quantity",
     "the cell holds the error #N/A"},
    {"an error where a name stands",
     {NEEDS("N1,#REF!,5,EUR\n" SEAT), OFFERS},
     DIAG_CELL_ERROR,
     "needs.csv",
     2,
     "category",
     "the cell holds the error #REF!"},
    {"a column too narrow for its figure",
     {NEEDS("N1,HW,######,EUR\n" SEAT), OFFERS},
     DIAG_CELL_ERROR,
     "needs.csv",
     2,
     "quantity",
     "the cell holds the error ######"},
    {"an id that lost its zeros",
     {NEEDS("007,HW,5,EUR\n008,HW,5,EUR\n" SEAT),
      OFFERS,
      {"commitments.csv", "need,offer,kind,quantity\n7,O1,fixed,5\n"}},
     DIAG_ID_UNKNOWN,
     "commitments.csv",
     2,
     "need",
     "need '7' is not known; did you mean '007'?"},
};

static void each_draws_a_word_where_it_stands(void **state)
{
    (void)state;
    assert_wrong_rounds(DOUBTS, COUNT_OF(DOUBTS));
}

/* Its rows were read as rows of the first, and all that was said is that words are no numbers. */
static void a_second_table_below_is_called_so(void **state)
{
    const CaseFile files[] = {NEEDS("N1,HW,5,EUR\n" SEAT "\nid,donor,quantity,unit\nO7,DE,5,EUR\n"),
                              OFFERS,
                              {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    (void)state;
    assert_found(
        "second table", run, DIAG_SECOND_TABLE, "needs.csv", 5, NULL,
        "this line ('id') holds headings, where rows of needs are read; give a second table a "
        "file or sheet of its own");
    pipeline_free(run);
}

typedef struct Fine {
    const char *label;
    CaseFile files[CASE_FILES];
} Fine;

static const Fine FINE[] = {
    {"decimals that are three long elsewhere too",
     {NEEDS("N1,HW,\"1,500\",EUR\nN2,HW,\"0,250\",EUR\nN3,HW,\"12,5\",EUR\n" SEAT), OFFERS}},
    {"English groups with an English point",
     {NEEDS("N1,HW,\"1,500\",EUR\nN2,HW,\"60,000.00\",EUR\n" SEAT), OFFERS}},
    {"German groups with a German comma",
     {NEEDS("N1,HW,1.500,EUR\nN2,HW,\"60.000,00\",EUR\n" SEAT), OFFERS}},
    {"a title that begins like an error",
     {{"needs.csv",
       "id,category,quantity,unit,title\nN1,HW,5,EUR,#1 priority!\nN9,HW,1,seat,# #\n"},
      OFFERS}},
    {"ids like numbers of a list", {NEEDS("1E5,HW,5,EUR\n2E,HW,5,EUR\n" SEAT), OFFERS}},
};

static void what_only_looks_like_it_is_read_without_a_word(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(FINE); i++) {
        Pipeline *run = case_formulate(FINE[i].files);
        size_t count;
        const Finding *findings = diag_findings(run->diag, &count);
        if (count > 0)
            fail_msg("case \"%s\": %s", FINE[i].label, diag_format(&findings[0], run->arena));
        pipeline_free(run);
    }
}

/* Who names the sign decides: nothing is left to doubt. */
static void the_option_ends_the_doubt(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity\nN1,HW,\"1,500\"\nN2,HW,\"60 000,00\"\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO1,DE,60\n");
    ALLOT(&p, "check", "r");
    assert_says(&p, "warning W124");
    ALLOT(&p, "check", "r", "--decimal", "comma");
    assert_string_equal(p.run.err, "");
    program_close(&p);
}

/* Each of several in a column, and none that has another number of places. */
static void every_doubt_of_a_column_is_named(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,quantity\nN1,HW,\"1,500\"\nN2,HW,\"2,500 EUR\"\n"
                  "N3,HW,\"60 000,00\"\nN4,HW,\"1,50\"\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO1,DE,60\n");
    ALLOT(&p, "check", "r");
    assert_says(&p, "needs.csv:2:3 (quantity): warning W124: '1,500' is read as 1.500, because "
                    "'60 000,00' (row 4)");
    assert_says(&p, "needs.csv:3:3 (quantity): warning W124: '2,500 EUR' is read as 2.500, because "
                    "'60 000,00' (row 4)");
    assert_null(strstr(p.run.err, "needs.csv:4:3 (quantity): warning W124"));
    assert_null(strstr(p.run.err, "needs.csv:5:3 (quantity): warning W124"));
    program_close(&p);
}

/* The program's own plan in the folder of its round is no part of it, in any language, and once gave the advice to
 * solve it. */
static void a_plan_beside_its_tables_is_no_round(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p,
                   "$ALLOT solve r -q -o r/plan.xlsx && $ALLOT solve r -q -n pl -o r/plan2.xlsx && "
                   "$ALLOT check r && $ALLOT check r/plan2.xlsx");
    assert_exit(&p, 1);
    assert_says(&p, "plan2.xlsx: error E004: this is a plan, not a round");
    assert_false(strstr(p.run.err, "W111") != NULL);
    program_script(&p, "printf x >r/needs.xls; $ALLOT check r");
    assert_says(&p,
                "'needs.xls' is an old workbook beside the CSV files and is not read; if the round "
                "is in it, save it as .xlsx or .ods");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_draws_a_word_where_it_stands),
        cmocka_unit_test(a_second_table_below_is_called_so),
        cmocka_unit_test(what_only_looks_like_it_is_read_without_a_word),
        cmocka_unit_test(the_option_ends_the_doubt),
        cmocka_unit_test(every_doubt_of_a_column_is_named),
        cmocka_unit_test(a_plan_beside_its_tables_is_no_round),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
