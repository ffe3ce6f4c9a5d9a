/* Answers whose work is used up before they begin: every kind says that it is open, in the plan's tables, in
 * the workbook's report and in the text for letters, and no figure is shown that nobody found out.
 *
 * Need A of tier 1 and need B of tier 2 ask for 100 EUR each; offer ALL holds 50, offer EAR holds 60 for B
 * alone, offer SPARE 10 for B alone. A has 50, B has 70. Need C of tier 2 asks for 10 and has a limit of its
 * own at 0: no line of its own can grow.
 */
#include "allot/asks.h"
#include "allot/prices.h"
#include "allot/ranges.h"
#include "allot/worths.h"
#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

#include <stdlib.h>
#include <string.h>

typedef struct Late {
    Pipeline *run;
    Formulation loose, widened;
    SolveSettings settings; /* whose time is over, and that leave the class network aside */
} Late;

static Late open_late(void)
{
    Late late;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv",
               "id,category,priority,quantity,unit,beneficiary\n"
               "A,HW,1,100,EUR,BA\nB,HW,2,100,EUR,BB\nC,HW,2,10,EUR,BC\n");
    write_file(dir, "offers.csv",
               "id,donor,quantity,unit,only_needs\nALL,DE,50,EUR,\nEAR,FR,60,EUR,B\n"
               "SPARE,PL,10,EUR,B\n");
    write_file(dir, "beneficiaries.csv", "id,max_value\nBA,\nBB,\nBC,5\n");
    write_file(dir, "settings.csv", "key,value\nfairness,none\ncurrency,EUR\n");
    late.run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    Pipeline *run = late.run;
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(
        formulation_build_loose(&run->round, &run->pairs, &run->rules, run->arena, &late.loose),
        STATUS_OK);
    assert_int_equal(formulation_build_widened(&run->round, run->arena, &late.widened), STATUS_OK);
    late.settings = solve_settings_of(&run->round);
    late.settings.deadline = 1e-9;
    late.settings.sift_from = -1;
    assert_true(solve_is_late(&late.settings));
    return late;
}

/** What the plan's tables say, one file. The caller frees it. */
static char *table_text(Pipeline *run, const char *name)
{
    char *dir = test_dir_make();
    pipeline_write(run, dir);
    char *path = test_path(dir, name);
    size_t length;
    char *text = read_file(path, &length);
    free(path);
    test_dir_remove(dir);
    return text;
}

static void assert_says(Pipeline *run, const char *name, const char *text)
{
    char *all = table_text(run, name);
    if (strstr(all, text) == NULL)
        fail_msg("%s holds no \"%s\":\n%s", name, text, all);
    free(all);
}

static void a_price_that_was_not_solved_for_is_a_bound_alone(void **state)
{
    Late late = open_late();
    const Prices *prices;
    (void)state;
    assert_int_equal(
        solve_prices(&late.widened, &late.run->plan, &late.settings, late.run->arena, &prices),
        STATUS_OK);
    assert_true(prices->count > 0);
    for (size_t i = 0; i < prices->count; i++) {
        const Price *price = &prices->prices[i];
        assert_false(price->tried);
        assert_int_equal(price->need_count, 0);
        assert_int_equal(price->value, 0);
        assert_true(price->gain[price->first].most > 0);
        for (size_t s = 0; s < prices->step_count; s++)
            assert_true(price->gain[s].met == 0);
    }
    late.run->plan.answers.prices = prices;
    assert_says(late.run, "prices.csv", "bound only");
    pipeline_free(late.run);
}

static void a_worth_that_was_not_solved_for_is_not_known(void **state)
{
    Late late = open_late();
    const Worths *worths;
    (void)state;
    assert_int_equal(
        solve_worths(&late.loose, &late.run->plan, &late.settings, NULL, late.run->arena, &worths),
        STATUS_OK);
    assert_true(worths->count > 0);
    for (size_t i = 0; i < worths->count; i++)
        assert_false(worths->worths[i].more.known || worths->worths[i].less.known);
    late.run->plan.answers.worths = worths;
    assert_says(late.run, "worths.csv", "not found out");
    pipeline_free(late.run);
}

/** Nothing is forced by having run out of time. */
static void a_line_that_was_not_asked_about_is_not_decided(void **state)
{
    Late late = open_late();
    const Ranges *ranges;
    (void)state;
    assert_int_equal(
        solve_ranges(&late.run->form, &late.run->plan, &late.settings, late.run->arena, &ranges),
        STATUS_OK);
    size_t open = 0;
    for (size_t i = 0; i < late.run->plan.assignment_count; i++) {
        const LineRange *line = &ranges->lines[i];
        int64_t quantity = late.run->plan.assignments[i].quantity;
        assert_true(line->least <= quantity && quantity <= line->most);
        open += line->proof == RANGE_NOT_DECIDED;
    }
    assert_true(open > 0);
    late.run->plan.answers.ranges = ranges;
    assert_says(late.run, "ranges.csv", range_proof_text(RANGE_NOT_DECIDED));
    pipeline_free(late.run);
}

/** A's own line says what is enough, and nobody that less is not; of C nothing is known. */
static void an_ask_that_was_not_solved_for_is_open_or_not_proven_to_be_the_least(void **state)
{
    Late late = open_late();
    const Asks *asks;
    (void)state;
    assert_int_equal(
        solve_asks(&late.widened, &late.run->plan, &late.settings, late.run->arena, &asks),
        STATUS_OK);
    const NeedAsk *a = &asks->needs[round_find_need(&late.run->round, "A")];
    const NeedAsk *c = &asks->needs[round_find_need(&late.run->round, "C")];
    assert_int_equal(a->state, ASK_ONE);
    assert_int_equal(a->gifts[0].extra, 5000);
    assert_true(a->gifts[0].least < a->gifts[0].extra);
    assert_int_equal(c->state, ASK_OPEN);
    assert_int_equal(c->gift_count, 0);
    assert_true(c->loosen_open && c->loosen_count == 0);
    assert_int_equal(asks->open, 1);
    late.run->plan.answers.asks = asks;
    assert_says(late.run, "asks.csv", "open");
    pipeline_free(late.run);
}

/** Offer SOLE, 50 EUR, is for the one need there is, of 100: one more is worth one up to 100, and nothing
 *  beyond, though SOLE cannot be drawn any further. The table and the letter say where that ends. */
static void a_worth_ends_where_all_that_could_be_drawn_is(void **state)
{
    (void)state;
    char *dir = test_dir_make();
    write_file(dir, "needs.csv", "id,category,quantity,unit\nA,HW,100,EUR\n");
    write_file(dir, "offers.csv", "id,donor,quantity,unit\nSOLE,DE,50,EUR\n");
    write_file(dir, "settings.csv", "key,value\nfairness,none\ncurrency,EUR\n");
    Pipeline *run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    assert_int_equal(run->status, STATUS_OK);
    (void)pipeline_worths(run);
    assert_says(run, "worths.csv", "offers,2,SOLE,quantity,,EUR,50.00,tier 1,1,100.00,1,0.00,");
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_that_was_not_solved_for_is_a_bound_alone),
        cmocka_unit_test(a_worth_that_was_not_solved_for_is_not_known),
        cmocka_unit_test(a_worth_ends_where_all_that_could_be_drawn_is),
        cmocka_unit_test(a_line_that_was_not_asked_about_is_not_decided),
        cmocka_unit_test(an_ask_that_was_not_solved_for_is_open_or_not_proven_to_be_the_least),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
