/* Flows of the class network as lines, by hand: what a class carries goes to its needs one after the other. */
#include "tests/support/round_case.h"

#include "allot/relaxed_round.h"
#include "solver/class_lines.h"

typedef struct Lines {
    Pipeline *run;
    Round relaxed;
    ClassNetwork net;
    double *flow;  /* [arc_count] */
    double *lines; /* [pairs] */
    bool *carried; /* [pairs] */
} Lines;

/** Two needs of one class, of 40 and 60, and a third that nobody may serve; offers of 70 and 50. */
static void open_lines(Lines *l)
{
    const CaseFile files[CASE_FILES] = {
        {"needs.csv", "id,beneficiary,category,quantity,indivisible\nN1,B1,HW,40,yes\n"
                      "N2,B1,HW,60,yes\nN3,B1,GEN,10,\n"},
        {"offers.csv", "id,donor,category,quantity\nO1,D1,HW,70\nO2,D2,HW,50\n"},
        {"settings.csv", "key,value\nfairness,none\n"}};
    bool fits;
    l->run = case_formulate(files);
    assert_int_equal(l->run->status, STATUS_OK);
    Arena *arena = l->run->arena;
    assert_int_equal(relaxed_round_build(&l->run->form, arena, &l->relaxed, &fits), STATUS_OK);
    assert_true(fits);
    assert_int_equal(class_network_build(&l->relaxed, NULL, arena, &l->net), STATUS_OK);
    l->flow = ARENA_NEW(arena, (size_t)l->net.arc_count, double);
    l->lines = ARENA_NEW(arena, l->run->form.pairs->count, double);
    l->carried = ARENA_NEW(arena, l->run->form.pairs->count, bool);
}

static void carry(const Lines *l, int offer, double amount)
{
    for (int k = 0; k < l->net.flow_count; k++)
        if (l->net.flow_offer[k] == offer)
            l->flow[l->net.first_flow + k] = amount;
    l->flow[l->net.first_class + l->net.classes->class_of[0]] += amount;
}

static void lay(const Lines *l)
{
    const Formulation *form = &l->run->form;
    Arena *arena = l->run->arena;
    assert_int_equal(class_lines_lay(form, &l->relaxed, &l->net, l->flow, arena, l->lines),
                     STATUS_OK);
    assert_int_equal(class_lines_mark(form, &l->net, l->flow, arena, l->carried), STATUS_OK);
}

/** In minor units. */
static double line(const Lines *l, int need, int offer)
{
    const Formulation *form = &l->run->form;
    int pair = pair_set_find(form->pairs, need, offer);
    assert_true(pair >= 0);
    return l->lines[pair] * form->quantum[need] * ratio_to_double(form->round->needs[need].value);
}

static void needs_of_a_class_follow_each_other(void **state)
{
    (void)state;
    Lines l;
    open_lines(&l);
    assert_int_equal(l.net.classes->class_of[0], l.net.classes->class_of[1]);
    carry(&l, 0, 7000);
    carry(&l, 1, 2000);
    lay(&l);
    assert_close(line(&l, 0, 0), 4000, 1e-6, 0); /* all of its 40 */
    assert_close(line(&l, 0, 1), 0, 1e-6, 0);
    assert_close(line(&l, 1, 0), 3000, 1e-6, 0); /* what O1 has left, */
    assert_close(line(&l, 1, 1), 2000, 1e-6, 0); /* and what O2 gives */
    for (size_t p = 0; p < l.run->form.pairs->count; p++)
        assert_true(l.carried[p]);
    pipeline_free(l.run);
}

static void what_carries_nothing_is_no_line(void **state)
{
    (void)state;
    Lines l;
    open_lines(&l);
    carry(&l, 0, 0.4); /* noise */
    carry(&l, 1, 3000);
    lay(&l);
    assert_close(line(&l, 0, 0), 0, 0, 0);
    assert_close(line(&l, 0, 1), 3000, 0.5, 0);
    assert_close(line(&l, 1, 1), 0, 0, 0);
    assert_false(l.carried[pair_set_find(l.run->form.pairs, 0, 0)]);
    assert_true(l.carried[pair_set_find(l.run->form.pairs, 1, 1)]);
    pipeline_free(l.run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(needs_of_a_class_follow_each_other),
        cmocka_unit_test(what_carries_nothing_is_no_line),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
