/* Who uses what an offer is paid out of: by hand on one round, and beside a plain count on random lines. */
#include "tests/support/case_tables.h"

#include <string.h>

#include "io/cause_users.h"

enum { NEEDS = 40, OFFERS = 6, LINES = 160 };

/** Offers 0 to 2 are paid out of offer 0; 3 and 4 out of 3; 5 stands alone. Offer 4 is in another unit. */
typedef struct Lines {
    Round round;
    Plan plan;
    Need needs[NEEDS];
    Offer offers[OFFERS];
    Assignment lines[LINES];
    Arena *arena;
    CauseUsers *users;
} Lines;

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void make_lines(Lines *l, uint64_t seed, size_t line_count)
{
    static const int ROOTS[OFFERS] = {0, 0, 0, 3, 3, 5};
    *l = (Lines){.arena = arena_new()};
    for (int n = 0; n < NEEDS; n++)
        l->needs[n].tier = 1 + (int)(next_random(&seed) % 4);
    for (int o = 0; o < OFFERS; o++) {
        l->offers[o].root = ROOTS[o];
        l->offers[o].unit.name = o == 4 ? "seat" : "EUR";
    }
    for (size_t i = 0; i < line_count; i++)
        l->lines[i] = (Assignment){.need = (int)(i * NEEDS / line_count),
                                   .offer = (int)(next_random(&seed) % OFFERS),
                                   .offer_quantity = (int64_t)(next_random(&seed) % 9)};
    l->round =
        (Round){.needs = l->needs, .need_count = NEEDS, .offers = l->offers, .offer_count = OFFERS};
    l->plan = (Plan){.assignments = l->lines, .assignment_count = line_count};
    assert_int_equal(cause_users_build(&l->round, &l->plan, l->arena, &l->users), STATUS_OK);
}

static bool counts(const Lines *l, size_t line, int need, int root, Reason reason)
{
    const Assignment *a = &l->lines[line];
    int its = l->needs[a->need].tier, tier = l->needs[need].tier;
    if (a->need == need || l->offers[a->offer].root != root)
        return false;
    return reason == REASON_EQUALS ? its == tier : reason != REASON_HIGHER_TIERS || its < tier;
}

/** The count; of one unit also that no line that is left out is larger than one that is named, each of
 *  which counts and is named once. */
static void compare_list(const Lines *l, int need, int offer, Reason reason)
{
    UserList list;
    int root = l->offers[offer].root, count = 0, larger = 0;
    int64_t least = INT64_MAX;
    assert_int_equal(cause_users_of(l->users, need, offer, reason, &list), STATUS_OK);
    for (size_t i = 0; i < l->plan.assignment_count; i++)
        count += counts(l, i, need, root, reason);
    assert_int_equal(list.count, count);
    int named = count < USERS_NAMED ? count : USERS_NAMED;
    for (int k = 0; k < named; k++) {
        assert_true(counts(l, (size_t)list.lines[k], need, root, reason));
        for (int j = 0; j < k; j++)
            assert_int_not_equal(list.lines[j], list.lines[k]);
        int64_t amount = l->lines[list.lines[k]].offer_quantity;
        assert_true(root == 3 || amount <= least);
        least = amount < least ? amount : least;
    }
    for (size_t i = 0; i < l->plan.assignment_count; i++)
        larger += counts(l, i, need, root, reason) && l->lines[i].offer_quantity > least;
    assert_true(root == 3 || larger < USERS_NAMED);
}

static void lists_are_those_of_a_plain_count(void **state)
{
    static const Reason REASONS[] = {REASON_EQUALS, REASON_HIGHER_TIERS, REASON_EXHAUSTED};
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        Lines l;
        make_lines(&l, seed, seed % 3 == 0 ? LINES : NEEDS + seed);
        for (int n = 0; n < NEEDS; n++)
            for (int o = 0; o < OFFERS; o++)
                for (size_t r = 0; r < COUNT_OF(REASONS); r++)
                    compare_list(&l, n, o, REASONS[r]);
        arena_free(l.arena);
    }
}

/** Need 0 has the ten largest lines of twelve: a kept list holds no other. */
static void a_need_with_many_lines_is_told_of_the_others(void **state)
{
    Lines l;
    UserList list;
    (void)state;
    make_lines(&l, 1, 12);
    for (int i = 0; i < 12; i++)
        l.lines[i] = (Assignment){.need = i < 10 ? 0 : i, .offer = 5, .offer_quantity = 90 - i};
    assert_int_equal(cause_users_build(&l.round, &l.plan, l.arena, &l.users), STATUS_OK);
    assert_int_equal(cause_users_of(l.users, 0, 5, REASON_EXHAUSTED, &list), STATUS_OK);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.lines[0], 10);
    assert_int_equal(list.lines[1], 11);
    arena_free(l.arena);
}

/** 5 seats stand before 9 euros: amounts of different units are not compared. */
static void units_are_not_mixed(void **state)
{
    Lines l;
    UserList list;
    (void)state;
    make_lines(&l, 1, 3);
    l.lines[0] = (Assignment){.need = 1, .offer = 4, .offer_quantity = 5};
    l.lines[1] = (Assignment){.need = 2, .offer = 3, .offer_quantity = 7};
    l.lines[2] = (Assignment){.need = 3, .offer = 3, .offer_quantity = 9};
    assert_int_equal(cause_users_build(&l.round, &l.plan, l.arena, &l.users), STATUS_OK);
    assert_int_equal(cause_users_of(l.users, 0, 3, REASON_EXHAUSTED, &list), STATUS_OK);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.lines[0], 0);
    assert_int_equal(list.lines[1], 2);
    assert_int_equal(list.lines[2], 1);
    arena_free(l.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_those_of_a_plain_count),
        cmocka_unit_test(a_need_with_many_lines_is_told_of_the_others),
        cmocka_unit_test(units_are_not_mixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
