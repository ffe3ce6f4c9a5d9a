/* Cents against a plan before: what becomes of lines that differ from it by next to nothing. The plans are
 * given by hand. N1 wants 30,000.00 of O1 (12,000.00) and O2 (20,000.00), N2 wants 8,000,000.00 of O3; N3
 * wants 90.00 of O4. One part in 10^6 of N1 is 3 cents, of N2 8 euros; of N3 it is nothing.
 */
#include "tests/support/case_tables.h"

#define COMMON                                                                                     \
    NEEDS(",requires", "N1,HW,30000,EUR,\nN2,HW,8000000,EUR,\nN3,TRN,90,EUR,\n"),                  \
        OFFERS(",category",                                                                        \
               "O1,DE,12000,EUR,HW\nO2,FR,20000,EUR,HW\nO3,US,9000000,EUR,HW\nO4,PL,99,EUR,TRN\n")

/* N1 in crowns of EUR 0.088: O1 has SEK 11,363.63, O2 some cents. */
#define CROWNS(quantity)                                                                           \
    NEEDS("", "N1,HW," quantity ",SEK\n"), OFFERS("", "O1,DE,1000,EUR\nO2,FR,9,EUR\n"),            \
    {                                                                                              \
        "rates.csv", "currency,rate\nSEK,0.088\n"                                                  \
    }

enum { LINES = 4 };

typedef struct CentsCase {
    const char *label;
    CaseFile files[CASE_FILES];
    struct {
        const char *need, *offer;
        int64_t before, found, want; /* cents */
    } lines[LINES];
} CentsCase;

#define CHANGE SETTINGS("stages,change\nfairness,none\n")

static const CentsCase CASES[] = {
    {"a line of a cent is not opened",
     {COMMON, CHANGE},
     {{"N1", "O1", 1199999, 1199999, 1199999},
      {"N1", "O2", 1800000, 1800000, 1800000},
      {"N1", "O3", 0, 1, 0}}},
    {"up by a cent and down by a cent is as it was",
     {COMMON, CHANGE},
     {{"N1", "O1", 1000000, 1000001, 1000000}, {"N1", "O2", 2000000, 1999999, 2000000}}},
    {"a line that another of the same offer has to make room for",
     {COMMON, CHANGE},
     {{"N1", "O1", 1000002, 1000000, 1000002}, {"N2", "O1", 199998, 200000, 199998}}},
    {"three cents of 30,000 are cents",
     {COMMON, CHANGE},
     {{"N1", "O1", 1199997, 1200000, 1199997}, {"N1", "O2", 1800000, 1800000, 1800000}}},
    {"four are not",
     {COMMON, CHANGE},
     {{"N1", "O1", 1199996, 1200000, 1200000}, {"N1", "O2", 1800000, 1800000, 1800000}}},
    {"no need loses more than four",
     {COMMON, CHANGE},
     {{"N2", "O3", 799999995, 800000000, 800000000}}},
    {"four it does", {COMMON, CHANGE}, {{"N2", "O3", 799999996, 800000000, 799999996}}},
    {"of small amounts nothing is cents", {COMMON, CHANGE}, {{"N3", "O4", 8999, 9000, 9000}}},
    {"a need that another waits for stays met in full",
     {NEEDS(",requires", "N1,HW,30000,EUR,\nN2,HW,8000000,EUR,N1\n"),
      OFFERS("", "O1,DE,12000,EUR\nO2,FR,20000,EUR\nO3,US,9000000,EUR\n"), CHANGE},
     {{"N1", "O1", 1199999, 1200000, 1200000},
      {"N1", "O2", 1800000, 1800000, 1800000},
      {"N2", "O3", 800000000, 800000000, 800000000}}},
    {"a floor is kept",
     {COMMON, CHANGE, RULES(",need,value", "R1,floor,N1,30000\n")},
     {{"N1", "O1", 1200000, 1200000, 1200000}, {"N1", "O2", 1799999, 1800000, 1800000}}},
    /* SEK 0.07 are EUR 0.006, SEK 0.12 EUR 0.011 */
    {"a line worth no cent is not opened for a need that is short with it, too",
     {CROWNS("50000"), CHANGE},
     {{"N1", "O1", 1136363, 1136363, 1136363}, {"N1", "O2", 0, 7, 0}}},
    {"one worth a cent and more is",
     {CROWNS("50000"), CHANGE},
     {{"N1", "O1", 1136363, 1136363, 1136363}, {"N1", "O2", 0, 12, 12}}},
    {"so is one that meets the need in full",
     {CROWNS("11363.70"), CHANGE},
     {{"N1", "O1", 1136363, 1136363, 1136363}, {"N1", "O2", 0, 7, 7}}},
    {"where no stage looks at the plan before it counts for nothing",
     {COMMON, SETTINGS("stages,cost\nfairness,none\n")},
     {{"N1", "O1", 1199999, 1199999, 1199999},
      {"N1", "O2", 1800000, 1800000, 1800000},
      {"N1", "O3", 0, 1, 1}}},
};

static void formulate_with_lines_before(const CentsCase *c, Pipeline *run)
{
    PreviousLine *lines = ARENA_NEW(run->arena, LINES, PreviousLine);
    assert_non_null(lines);
    run->round.has_previous = true;
    run->round.previous = lines;
    for (int k = 0; k < LINES && c->lines[k].need != NULL; k++) {
        const Pair *pair = case_pair_of(run, c->lines[k].need, c->lines[k].offer);
        if (c->lines[k].before > 0)
            lines[run->round.previous_count++] = (PreviousLine){
                .need = pair->need, .offer = pair->offer, .quantity = c->lines[k].before};
    }
    assert_int_equal(
        formulation_build(&run->round, &run->pairs, &run->rules, run->arena, &run->form),
        STATUS_OK);
}

static void assert_kept(const CentsCase *c)
{
    int broken;
    int64_t excess;
    Pipeline *run = case_formulate(c->files);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_case_int(c->label, run->status, STATUS_OK);
    formulate_with_lines_before(c, run);
    double *x = ARENA_NEW(run->arena, (size_t)run->form.lp.column_count, double);
    assert_non_null(x);
    for (int k = 0; k < LINES && c->lines[k].need != NULL; k++) {
        const Pair *pair = case_pair_of(run, c->lines[k].need, c->lines[k].offer);
        x[pair - run->pairs.pairs] = (double)c->lines[k].found / run->form.quantum[pair->need];
    }
    assert_case_int(c->label,
                    plan_extract(&run->form, x, false, run->arena, &run->plan, &broken, &excess),
                    STATUS_OK);
    assert_case_int(c->label, broken, -1);
    for (int k = 0; k < LINES && c->lines[k].need != NULL; k++)
        assert_line(c->label, run, c->lines[k].need, c->lines[k].offer, c->lines[k].want);
    pipeline_free(run);
}

static void cents_move_no_line_that_people_know_and_open_none(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++)
        assert_kept(&CASES[k]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cents_move_no_line_that_people_know_and_open_none),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
