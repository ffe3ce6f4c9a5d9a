/* Outcomes that wait for outcomes, and needs that wait for those: random rounds of needs of all or nothing,
 * against every set of needs that there is. A need is served when all that it waits for is whole; an outcome
 * is whole when all that it waits for is.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "solver/draw.h"
#include "solver/ruin.h"
#include "tests/support/round_case.h"
#include "tests/support/test_support.h"

enum { ROUNDS = 150, NEEDS = 12, OUTCOMES = 6, ALL = NEEDS + OUTCOMES, TEXT_MOST = 3000 };
enum { SEARCHES = 100, SEARCH_ROUNDS = 400 };

/** In euros. The first NEEDS are needs, the others outcomes, whose sizes are what they are worth. */
typedef struct Chain {
    int sizes[ALL], weights[ALL];
    unsigned requires[ALL]; /* bits: members with a lower number in the order below */
    int order[ALL];         /* needs and outcomes mixed, so that needs wait for outcomes */
    int offered, floor;     /* floor over all needs; 0: none */
} Chain;

static Chain draw_chain(Draw *draw)
{
    Chain c = {.offered = 0};
    int needs = 0, outcomes = 0;
    for (int i = 0; i < ALL; i++) {
        bool outcome =
            needs == NEEDS || (needs > 1 && outcomes < OUTCOMES && draw_below(draw, 2) == 0);
        int at = outcome ? NEEDS + outcomes++ : needs++;
        int asks = outcome ? 1 + draw_below(draw, 3) : draw_below(draw, 2);
        c.order[i] = at;
        c.sizes[at] = 1 + draw_below(draw, 40);
        c.weights[at] = 1 + draw_below(draw, 9); /* what is asked for only as others wait for it */
        if (i == 0)
            asks = 0;
        for (; asks > 0; asks--) { /* mostly what stands next before: chains */
            int before = c.order[i - 1 - draw_below(draw, i < 3 ? i : 3)];
            c.requires[at] |= 1u << before;
        }
        if (!outcome)
            c.offered += c.sizes[at];
    }
    c.offered = c.offered * (3 + draw_below(draw, 5)) / 10 + 1;
    if (draw_below(draw, 3) == 0)
        c.floor = c.offered - draw_below(draw, 4);
    return c;
}

/** Does the set hold all that its needs wait for, and no more than is offered? @p full: with its outcomes. */
static bool is_plan(const Chain *c, unsigned set, unsigned *full)
{
    int given = 0;
    *full = set;
    for (int i = 0; i < ALL; i++) {
        int at = c->order[i];
        bool met = (c->requires[at] & ~*full) == 0;
        if (at >= NEEDS && met)
            *full |= 1u << at;
        if (at < NEEDS && (set >> at & 1) != 0) {
            given += c->sizes[at];
            if (!met)
                return false;
        }
    }
    return given <= c->offered && given >= c->floor;
}

/** The least that is unmet over all plans; -1: there is none. */
static int least_unmet(const Chain *c)
{
    int least = -1;
    for (unsigned set = 0; set < 1u << NEEDS; set++) {
        unsigned full;
        int unmet = 0;
        if (!is_plan(c, set, &full))
            continue;
        for (int at = 0; at < ALL; at++)
            unmet += (full >> at & 1) != 0 ? 0 : c->weights[at] * c->sizes[at];
        if (least < 0 || unmet < least)
            least = unmet;
    }
    return least;
}

/** N0 to N11, W0 to W5. */
static void name_of(int at, char *out)
{
    (void)snprintf(out, 16, "%c%d", at < NEEDS ? 'N' : 'W', at < NEEDS ? at : at - NEEDS);
}

static void write_needs(const Chain *c, char *text)
{
    char name[16];
    size_t end = (size_t)snprintf(text, TEXT_MOST,
                                  "id,category,quantity,unit_cost,indivisible,weight,requires\n");
    for (int at = 0; at < ALL; at++) {
        if (c->sizes[at] == 0)
            continue;
        bool outcome = at >= NEEDS, first = true;
        name_of(at, name);
        end += (size_t)snprintf(text + end, TEXT_MOST - end,
                                outcome ? "%s,HW,0,%d,,%d," : "%s,HW,%d,,yes,%d,", name,
                                c->sizes[at], c->weights[at]);
        for (int other = 0; other < ALL; other++) {
            if ((c->requires[at] >> other & 1) == 0)
                continue;
            name_of(other, name);
            end += (size_t)snprintf(text + end, TEXT_MOST - end, "%s%s", first ? "" : ";", name);
            first = false;
        }
        end += (size_t)snprintf(text + end, TEXT_MOST - end, "\n");
    }
    assert_true(end < TEXT_MOST);
}

/** Formulated, or as far as a plan. */
static Pipeline *run_chain(const Chain *c, bool solved)
{
    char needs[TEXT_MOST], offers[TEXT_MOST], rules[TEXT_MOST];
    write_needs(c, needs);
    (void)snprintf(offers, TEXT_MOST, "id,donor,quantity\nO1,D1,%d\nO2,D2,%d\n", c->offered / 2,
                   c->offered - c->offered / 2);
    (void)snprintf(rules, TEXT_MOST, "id,kind,value\nR,floor,%d\n", c->floor);
    const CaseFile files[CASE_FILES] = {
        {"needs.csv", needs},
        {"offers.csv", offers},
        {"settings.csv", "key,value\nfairness,none\nstages,none\ngap,0\n"},
        {c->floor > 0 ? "rules.csv" : NULL, rules}};
    return solved ? case_run(files) : case_formulate(files);
}

static void plans_are_the_best_of_all_sets(void **state)
{
    Draw draw = DRAW_BEGIN;
    int without = 0;
    (void)state;
    for (int k = 0; k < ROUNDS; k++) {
        Chain c = draw_chain(&draw);
        int least = least_unmet(&c);
        Pipeline *run = run_chain(&c, true);
        if (run->status != (least < 0 ? STATUS_NO_PLAN : STATUS_OK))
            fail_msg("round %d: %s, best %d", k, status_text(run->status), least);
        if (least >= 0) {
            assert_close(run->plan.stages[0].value, least, 1e-6, 0);
            assert_int_equal(run->plan.stages[0].status, STAGE_OPTIMAL);
        }
        without += least < 0;
        pipeline_free(run);
    }
    assert_in_range(without, 1, ROUNDS / 2);
}

/** The search alone, so hot that it goes through every plan: what it ends at keeps what needs wait for,
 *  through as many outcomes as there are, and is worth what it says. */
static void the_search_keeps_what_needs_wait_for_through_chains(void **state)
{
    Draw draw = DRAW_BEGIN;
    (void)state;
    for (int k = 0; k < SEARCHES; k++) {
        Chain c = draw_chain(&draw);
        c.floor = 0;
        Pipeline *run = run_chain(&c, false);
        SolveSettings settings = solve_settings_of(&run->round);
        Ruin *ruin, *again;
        double *x = ARENA_NEW(run->arena, (size_t)run->form.lp.column_count, double);
        assert_int_equal(ruin_open(&run->form, NULL, run->arena, &ruin), STATUS_OK);
        assert_int_equal(ruin_follow(ruin, NULL), STATUS_OK);
        for (int heat = 1; heat >= 0; heat--) {
            RuinLimits limits = {
                .rounds = SEARCH_ROUNDS, .settings = &settings, .heat = heat * 1e5};
            assert_int_equal(ruin_search(ruin, 0, &limits), STATUS_OK);
            ruin_point(ruin, x);
            if (ruin_open(&run->form, x, run->arena, &again) != STATUS_OK)
                fail_msg("round %d: the plan at hand breaks what a need waits for", k);
            assert_close(ruin_value(again, 0), ruin_value(ruin, 0), 1e-6, 0);
        }
        int least = least_unmet(&c);
        assert_true(ruin_value(ruin, 0) >= least - 1e-6);
        pipeline_free(run);
    }
}

/** Of 20 euros: N0 and N1 leave the 50 of N2 unmet. N1 waits for W1, that for W0, and that for N0: N1 and N2, which
 *  would leave 12, are no plan. */
static void what_waits_through_two_outcomes_is_not_left_behind(void **state)
{
    const Chain c = {.sizes = {10, 10, 10, [NEEDS] = 1, 1},
                     .weights = {1, 9, 5, [NEEDS] = 1, 1},
                     .requires = {[1] = 1u << (NEEDS + 1), [NEEDS] = 1, [NEEDS + 1] = 1u << NEEDS},
                     .offered = 20};
    (void)state;
    Pipeline *run = run_chain(&c, false);
    SolveSettings settings = solve_settings_of(&run->round);
    Ruin *ruin;
    RuinLimits limits = {.rounds = 10000, .settings = &settings};
    assert_int_equal(ruin_open(&run->form, NULL, run->arena, &ruin), STATUS_OK);
    assert_int_equal(ruin_follow(ruin, NULL), STATUS_OK);
    assert_int_equal(ruin_search(ruin, 0, &limits), STATUS_OK);
    assert_close(ruin_value(ruin, 0), 50, 1e-6, 0);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_are_the_best_of_all_sets),
        cmocka_unit_test(the_search_keeps_what_needs_wait_for_through_chains),
        cmocka_unit_test(what_waits_through_two_outcomes_is_not_left_behind),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
