/* Reading a round from a folder: what is wrong with its headings and cells is found in one pass, each
 * with its place, the text found and what to write. */
#include "tests/support/read_round.h"
#include "tests/support/test_support.h"

/* ---- headings ------------------------------------------------------------------------------- */

static void headings_that_are_wrong_are_found(void **state)
{
    static const WrongFile cases[] = {
        {"missing",
         "needs.csv",
         "id,quantity\nN1,abc\n",
         {DIAG_COLUMN_MISSING, "needs.csv", 1, 0, NULL,
          "the column 'category' (what kind of support"}},
        {"near",
         "needs.csv",
         "id,category,quantity,priorty\nN1,HW,1,2\n",
         {DIAG_COLUMN_NEAR, "needs.csv", 1, 4, "priorty",
          "'priorty' is no column of needs; did you mean 'priority'?"}},
        {"near a required one",
         "needs.csv",
         "id,category,Quanttity\nN1,HW,1\n",
         {DIAG_COLUMN_NEAR, "needs.csv", 1, 3, "Quanttity", "did you mean 'quantity'?"}},
        {"near one that is there",
         "needs.csv",
         "id,category,quantity,titel,title\nN1,HW,1,a,b\n",
         {DIAG_COLUMN_NEAR, "needs.csv", 1, 4, "titel", "did you mean 'title'?"}},
        {"twice",
         "needs.csv",
         "id,unit,category,quantity,Unit\nN1,EUR,HW,1,seat\n",
         {DIAG_COLUMN_TWICE, "needs.csv", 1, 5, "Unit", "'Unit' is the heading of column 2"}},
        {"beyond the heading",
         "needs.csv",
         "id,category,quantity\nN1,HW,1,x\n",
         {DIAG_ROW_WIDTH, "needs.csv", 2, 4, "x", "'x' stands under no heading"}},
    };
    (void)state;
    assert_wrong_files(cases, COUNT_OF(cases));
}

static void a_column_that_nearly_matches_is_read_so_that_its_cells_are_checked(void **state)
{
    static const ExpectedFinding cell = {DIAG_NUMBER, "needs.csv", 2,
                                         4,           "high",      "'high' is not a number"};
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv", "id,category,quantity,priorty\nN1,HW,1,high\n");
    read_round(&f);
    assert_finding_count("heading and cell", f.diag, 2);
    assert_finding("cell", f.diag, &cell);
    read_round_close(&f);
}

/* 16 letters, of two bytes each but the last. */
#define LETTERS_16 "ДонорДонорДонор-"
#define LETTERS_80 LETTERS_16 LETTERS_16 LETTERS_16 LETTERS_16 LETTERS_16
#define LETTERS_200 LETTERS_80 LETTERS_80 LETTERS_16 LETTERS_16 "Д-1 Д-2."

static void ids_and_names_that_head_no_column_are_found(void **state)
{
    static const WrongFile cases[] = {
        {"an id",
         "donors.csv",
         "id\n" LETTERS_80 "\n" LETTERS_80 "1\n",
         {DIAG_WORD, "donors.csv", 3, 1, LETTERS_80 "1",
          "has 81 characters, and an id at most 80"}},
        {"a name without a table",
         "needs.csv",
         "id,category,quantity,beneficiary\nN1,HW,1," LETTERS_200 "\nN2,HW,1," LETTERS_200 "1\n",
         {DIAG_WORD, "needs.csv", 3, 4, LETTERS_200 "1",
          "has 201 characters, and a name that other rows share at most 200"}},
    };
    (void)state;
    assert_wrong_files(cases, COUNT_OF(cases));
}

static void cells_of_needs_that_are_wrong_are_found(void **state)
{
#define NEED(columns, cells) "id,category,quantity," columns "\nN1,HW,1," cells "\n"
    static const WrongFile cases[] = {
        {"no id",
         "needs.csv",
         "id,category,quantity\n,HW,1\n",
         {DIAG_CELL_EMPTY, "needs.csv", 2, 1, "", "the cell is empty; every row needs its id"}},
        {"no category",
         "needs.csv",
         "id,category,quantity\nN1,,1\n",
         {DIAG_CELL_EMPTY, "needs.csv", 2, 2, "", "every row needs its category"}},
        {"quantity",
         "needs.csv",
         "id,category,quantity\nN1,HW,abc\n",
         {DIAG_NUMBER, "needs.csv", 2, 3, "abc", "or 'unknown'"}},
        {"negative",
         "needs.csv",
         "id,category,quantity\nN1,HW,-1\n",
         {DIAG_NUMBER_RANGE, "needs.csv", 2, 3, "-1", "is negative"}},
        {"ambiguous",
         "needs.csv",
         "id,category,quantity\nN1,HW,1.234\n",
         {DIAG_NUMBER_AMBIGUOUS, "needs.csv", 2, 3, "1.234", "can be 1234 or 1.234"}},
        {"finer than a cent",
         "needs.csv",
         "id,category,quantity\nN1,HW,1.0001\n",
         {DIAG_NUMBER_FINE, "needs.csv", 2, 3, "1.0001", "write 1.00 or 1.01"}},
        {"unit",
         "needs.csv",
         NEED("unit", "Eur"),
         {DIAG_CURRENCY, "needs.csv", 2, 4, "Eur", "write EUR if it is money"}},
        {"currency",
         "needs.csv",
         NEED("unit,currency", "seat,usd"),
         {DIAG_CURRENCY, "needs.csv", 2, 5, "usd", "write USD"}},
        {"unit cost of money",
         "needs.csv",
         NEED("unit_cost", "5"),
         {DIAG_NUMBER_RANGE, "needs.csv", 2, 4, "5",
          "a need in EUR is money and has no unit cost"}},
        {"unit cost 0",
         "needs.csv",
         NEED("unit,unit_cost", "seat,0"),
         {DIAG_NUMBER_RANGE, "needs.csv", 2, 5, "0", "write more than 0"}},
        {"two currencies",
         "needs.csv",
         NEED("unit,currency", "EUR,USD"),
         {DIAG_UNITS, "needs.csv", 2, 5, "USD", "'USD' differs from the unit EUR"}},
        {"a currency without a unit",
         "needs.csv",
         NEED("currency", "UAH"),
         {DIAG_UNITS, "needs.csv", 2, 4, "UAH",
          "'UAH' is the currency of unit_cost; amounts in UAH need UAH in the column unit"}},
        {"a currency beside an empty unit",
         "needs.csv",
         NEED("unit,currency", ",UAH"),
         {DIAG_UNITS, "needs.csv", 2, 5, "UAH", "need UAH in the column unit"}},
        {"priority",
         "needs.csv",
         NEED("priority", "0"),
         {DIAG_NUMBER_RANGE, "needs.csv", 2, 4, "0", "write more than 0"}},
        {"one score",
         "needs.csv",
         NEED("score_technical,score_strategic", "50,"),
         {DIAG_SCORES, "needs.csv", 2, 5, "", "score_strategic is missing"}},
        {"one score and no other column",
         "needs.csv",
         NEED("score_strategic", "50"),
         {DIAG_SCORES, "needs.csv", 2, 0, NULL, "score_technical is missing"}},
        {"score",
         "needs.csv",
         NEED("score_technical,score_strategic", "50,101"),
         {DIAG_NUMBER_RANGE, "needs.csv", 2, 5, "101", "0 to 100"}},
        {"weight",
         "needs.csv",
         NEED("weight", "unknown"),
         {DIAG_CELL_UNKNOWN, "needs.csv", 2, 4, "unknown", "says unknown"}},
        {"deadline",
         "needs.csv",
         NEED("deadline", "spring"),
         {DIAG_DATE, "needs.csv", 2, 4, "spring", "write 2026-04-01 or 01.04.2026"}},
        {"min_share",
         "needs.csv",
         NEED("min_share", "2"),
         {DIAG_NUMBER_RANGE, "needs.csv", 2, 4, "2", "is no share"}},
        {"indivisible",
         "needs.csv",
         NEED("indivisible", "maybe"),
         {DIAG_FLAG, "needs.csv", 2, 4, "maybe", "write yes or no"}},
        {"step",
         "needs.csv",
         NEED("step", "0"),
         {DIAG_NUMBER_RANGE, "needs.csv", 2, 4, "0", "write more than 0"}},
        {"max_donors",
         "needs.csv",
         NEED("max_donors", "1.5"),
         {DIAG_NUMBER, "needs.csv", 2, 4, "1.5", "is not a whole number"}},
        {"oda",
         "needs.csv",
         NEED("oda", "perhaps"),
         {DIAG_WORD, "needs.csv", 2, 4, "perhaps", "unknown, no, partial or yes"}},
        {"sensitivity",
         "needs.csv",
         NEED("sensitivity", "secret"),
         {DIAG_WORD, "needs.csv", 2, 4, "secret", "open or restricted"}},
    };
    (void)state;
    assert_wrong_files(cases, COUNT_OF(cases));
}

static void cells_of_the_other_tables_that_are_wrong_are_found(void **state)
{
    static const WrongFile cases[] = {
        {"no donor",
         "offers.csv",
         "id,donor,quantity\nO1,,1\n",
         {DIAG_CELL_EMPTY, "offers.csv", 2, 2, "", "every row needs its donor"}},
        {"status",
         "offers.csv",
         "id,donor,quantity,status\nO1,D,1,promised\n",
         {DIAG_WORD, "offers.csv", 2, 4, "promised", "pledged, committed or paid"}},
        {"overhead",
         "offers.csv",
         "id,donor,quantity,overhead\nO1,D,1,100%\n",
         {DIAG_NUMBER_RANGE, "offers.csv", 2, 4, "100%", "less than 1"}},
        {"overhead in kind",
         "offers.csv",
         "id,donor,quantity,unit,overhead\nO1,D,1,seat,0.1\n",
         {DIAG_UNITS, "offers.csv", 2, 5, "0.1", "only money pays overhead"}},
        {"value of money",
         "offers.csv",
         "id,donor,quantity,unit_value\nO1,D,1,2\n",
         {DIAG_NUMBER_RANGE, "offers.csv", 2, 4, "2", "is money and has no unit value"}},
        {"offer in two currencies",
         "offers.csv",
         "id,donor,quantity,unit,currency\nO1,D,1,EUR,USD\n",
         {DIAG_UNITS, "offers.csv", 2, 5, "USD", "an offer in money has one currency"}},
        {"offer with a currency and no unit",
         "offers.csv",
         "id,donor,quantity,currency\nO1,D,1,UAH\n",
         {DIAG_UNITS, "offers.csv", 2, 4, "UAH",
          "'UAH' is the currency of unit_value; amounts in UAH need UAH in the column unit"}},
        {"lead",
         "offers.csv",
         "id,donor,quantity,lead_days\nO1,D,1,-1\n",
         {DIAG_NUMBER_RANGE, "offers.csv", 2, 4, "-1", "0 to 36500"}},
        {"rate",
         "rates.csv",
         "currency,rate\nUSD,0\n",
         {DIAG_NUMBER_RANGE, "rates.csv", 2, 2, "0", "write more than 0"}},
        {"no rate",
         "rates.csv",
         "currency,rate\nUSD,\n",
         {DIAG_CELL_EMPTY, "rates.csv", 2, 2, "", "every row needs its rate"}},
        {"role",
         "donors.csv",
         "id,role\nD,king\n",
         {DIAG_WORD, "donors.csv", 2, 2, "king", "member, observer, company or ngo"}},
        {"budget",
         "donors.csv",
         "id,budget,currency\nD,5.5,JPY\n",
         {DIAG_NUMBER_FINE, "donors.csv", 2, 2, "5.5", "write 5 or 6"}},
        {"max_value",
         "beneficiaries.csv",
         "id,max_value\nB,-5\n",
         {DIAG_NUMBER_RANGE, "beneficiaries.csv", 2, 2, "-5", "is negative"}},
        {"rule",
         "rules.csv",
         "id,kind\nR,must\n",
         {DIAG_WORD, "rules.csv", 2, 2, "must", "forbid, limit, floor, reserve, ticket, count or"}},
        {"rule without kind",
         "rules.csv",
         "id,kind\nR,\n",
         {DIAG_CELL_EMPTY, "rules.csv", 2, 2, "", "every row needs its kind"}},
        {"tier",
         "rules.csv",
         "id,kind,priority\nR,forbid,1;high\n",
         {DIAG_NUMBER, "rules.csv", 2, 3, "1;high", "'high' is not a tier"}},
        {"each",
         "rules.csv",
         "id,kind,each\nR,limit,donor;people\n",
         {DIAG_WORD, "rules.csv", 2, 3, "donor;people", "'people' is not a word"}},
        {"use",
         "pairs.csv",
         "need,offer,use\nN1,O1,0\n",
         {DIAG_NUMBER_RANGE, "pairs.csv", 2, 3, "0", "write more than 0"}},
        {"no need",
         "pairs.csv",
         "need,offer\n,O1\n",
         {DIAG_CELL_EMPTY, "pairs.csv", 2, 1, "", "every row needs its need"}},
        {"commitment",
         "commitments.csv",
         "need,offer,kind,quantity\nN1,O1,fixed,-1\n",
         {DIAG_NUMBER_RANGE, "commitments.csv", 2, 4, "-1", "is negative"}},
        {"setting",
         "settings.csv",
         "key,value\ngap,wide\n",
         {DIAG_SETTING, "settings.csv", 2, 2, "wide", "'wide' is no value of gap"}},
        {"stage",
         "settings.csv",
         "key,value\nstages,burdens\n",
         {DIAG_SETTING, "settings.csv", 2, 2, "burdens", "'burdens' is no value of stages"}},
    };
    (void)state;
    assert_wrong_files(cases, COUNT_OF(cases));
}

static void a_currency_sign_that_is_not_the_rows_is_found(void **state)
{
    static const WrongFile cases[] = {
        {"quantity",
         "needs.csv",
         "id,category,quantity\nN1,HW,5 000 $\n",
         {DIAG_SIGN, "needs.csv", 2, 3, "5 000 $", "but the row counts in EUR (column unit)"}},
        {"quantity of a thing",
         "needs.csv",
         NEED("unit,covered", "seat,1 €"),
         {DIAG_SIGN, "needs.csv", 2, 5, "1 €", "counts in seat (column unit)"}},
        {"unit cost",
         "needs.csv",
         NEED("unit,unit_cost,currency", "seat,5 zł,USD"),
         {DIAG_SIGN, "needs.csv", 2, 5, "5 zł",
          "'5 zł' is in PLN, but the row counts in USD (column currency)"}},
        {"weight",
         "needs.csv",
         NEED("weight", "2 €"),
         {DIAG_SIGN, "needs.csv", 2, 4, "2 €", "no currency may stand in this column"}},
        {"unit value",
         "offers.csv",
         "id,donor,quantity,unit,unit_value\nO1,D,1,seat,£5\n",
         {DIAG_SIGN, "offers.csv", 2, 5, "£5", "counts in EUR (column currency)"}},
        {"budget",
         "donors.csv",
         "id,budget,currency\nD,5 kr,PLN\n",
         {DIAG_SIGN, "donors.csv", 2, 2, "5 kr", "counts in PLN (column currency)"}},
        {"max_value",
         "beneficiaries.csv",
         "id,max_value\nB,5 USD\n",
         {DIAG_SIGN, "beneficiaries.csv", 2, 2, "5 USD", "counts in EUR (setting currency)"}},
        {"value of a rule",
         "rules.csv",
         "id,kind,value,currency\nR,limit,5 USD,UAH\n",
         {DIAG_SIGN, "rules.csv", 2, 3, "5 USD", "counts in UAH (column currency)"}},
        {"quantity of a rule",
         "rules.csv",
         "id,kind,quantity,unit\nR,limit,5 USD,\n",
         {DIAG_SIGN, "rules.csv", 2, 3, "5 USD", "does not say what it counts in (column unit)"}},
    };
    (void)state;
    assert_wrong_files(cases, COUNT_OF(cases));
}

static void names_that_are_hardly_meant_are_asked_about(void **state)
{
    static const WrongFile cases[] = {
        {"id",
         "needs.csv",
         "id,category,quantity\n\u0410-1,HW,1\n",
         {DIAG_LOOKALIKE, "needs.csv", 2, 1, "\u0410-1", "in Latin letters it is 'A-1'"}},
        {"list",
         "offers.csv",
         "id,donor,quantity,category\nO1,D,1,TRN;H\u0412\n",
         {DIAG_LOOKALIKE, "offers.csv", 2, 4, "TRN;H\u0412", "in Latin letters it is 'HB'"}},
        {"row that is named",
         "commitments.csv",
         "need,offer,kind,quantity\nN1,\u041E1,fixed,1\n",
         {DIAG_LOOKALIKE, "commitments.csv", 2, 2, "\u041E1", "in Latin letters it is 'O1'"}},
        {"list with commas",
         "offers.csv",
         "id,donor,quantity,category\nO1,D,1,\"EDR, SOC\"\n",
         {DIAG_LIST, "offers.csv", 2, 4, "EDR, SOC", "'EDR, SOC' is one name as it stands"}},
    };
    (void)state;
    assert_wrong_files(cases, COUNT_OF(cases));
}

static void a_total_among_the_rows_is_found(void **state)
{
#define TOTAL_OF(table, head, id)                                                                  \
    {                                                                                              \
        id, table, head "A1,D,1\n" id ",D,2\nA2,D,1\n",                                            \
        {                                                                                          \
            DIAG_TOTAL_ROW, table, 3, 1, id,                                                       \
                "'" id "' looks like a total; delete the row, or give it another id"               \
        }                                                                                          \
    }
    static const WrongFile cases[] = {
        TOTAL_OF("needs.csv", "id,category,quantity\n", "Разом PL"),
        TOTAL_OF("needs.csv", "id,category,quantity\n", "Total"),
        TOTAL_OF("needs.csv", "id,category,quantity\n", "Grand total EDR"),
        TOTAL_OF("offers.csv", "id,donor,quantity\n", "Subtotal EDR"),
        TOTAL_OF("offers.csv", "id,donor,quantity\n", "Suma"),
        TOTAL_OF("offers.csv", "id,donor,quantity\n", "RAZEM: 2026"),
    };
    (void)state;
    assert_wrong_files(cases, COUNT_OF(cases));
}

static void an_id_with_a_total_inside_a_word_is_an_id(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv",
               "id,category,quantity\nSUM-01,HW,1\nTotality,HW,2\nN total,HW,2\nSumy,HW,3\n");
    write_file(f.dir, "donors.csv",
               "id,name\nTotal,Total energies\n"); /* a donor may be called so */
    read_round(&f);
    assert_int_equal(diag_count(f.diag, DIAG_ERROR), 0);
    read_round_close(&f);
}

static void everything_wrong_is_found_in_one_pass(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv",
               "id,category,quantity,weight,ready,deadline\nN1,HW,abc,x,maybe,soon\n"
               "N2,,-5,,,\n");
    write_file(f.dir, "offers.csv", "id,donor,quantity\nO1,,x\n");
    write_file(f.dir, "donors.csv", "id;name\nD;x\n");
    write_file(f.dir, "rates.csv", "currency\nUSD\n");
    read_round(&f);
    assert_finding_count("all", f.diag, 10);
    assert_int_equal(f.round.need_count, 2); /* so that other rows may name them */
    read_round_close(&f);
}

static void a_row_without_its_name_is_left_out(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv", "id,category,quantity\n,HW,1\nN2,HW,2\n");
    read_round(&f);
    assert_int_equal(f.round.need_count, 1);
    assert_string_equal(f.round.needs[0].id, "N2");
    assert_int_equal(f.round.tables[TABLE_NEEDS].rows, 1);
    read_round_close(&f);
}

static void other_cells_of_the_column_decide_what_a_separator_means(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv",
               "id,category,quantity,weight\nN1,HW,\"1,234\",1.234\nN2,HW,5.5,\"1,5\"\n");
    read_round(&f);
    assert_finding_count("none", f.diag, 0);
    assert_int_equal(f.round.needs[0].quantity, 123400);
    assert_int_equal(f.round.needs[0].weight.digits, 1234);
    assert_int_equal(f.round.needs[0].weight.places, 0);
    read_round_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_that_are_wrong_are_found),
        cmocka_unit_test(a_column_that_nearly_matches_is_read_so_that_its_cells_are_checked),
        cmocka_unit_test(ids_and_names_that_head_no_column_are_found),
        cmocka_unit_test(cells_of_needs_that_are_wrong_are_found),
        cmocka_unit_test(cells_of_the_other_tables_that_are_wrong_are_found),
        cmocka_unit_test(a_currency_sign_that_is_not_the_rows_is_found),
        cmocka_unit_test(names_that_are_hardly_meant_are_asked_about),
        cmocka_unit_test(a_total_among_the_rows_is_found),
        cmocka_unit_test(an_id_with_a_total_inside_a_word_is_an_id),
        cmocka_unit_test(everything_wrong_is_found_in_one_pass),
        cmocka_unit_test(a_row_without_its_name_is_left_out),
        cmocka_unit_test(other_cells_of_the_column_decide_what_a_separator_means),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
