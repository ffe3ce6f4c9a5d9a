/* Needs as classes: small rounds worked by hand; over random rounds that members of a class are alike
 * in all that a class says, and that needs of different classes are not.
 */
#include "tests/support/case_tables.h"
#include "tests/support/random_round.h"

#include <stdlib.h>
#include <string.h>

#include "allot/need_class.h"

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 40 };
#else
enum { ROUNDS = 200 };
#endif

/** A round and its classes: "N1 N2 | N3", groups likewise; needs that take no part are left out. */
typedef struct ClassCase {
    const char *label;
    CaseFile files[CASE_FILES];
    const char *classes;
    const char *groups;
    int signatures;
} ClassCase;

static const ClassCase CASES[] = {
    {"by beneficiary and tier",
     {NEEDS_TABLE(
          "id,category,quantity,beneficiary,priority\nN1,HW,5,B1,1\nN2,HW,6,B2,1\nN3,HW,7,B1,1\n"
          "N4,HW,8,B1,2\nN5,HW,9,,1\nN6,HW,9,,1\n"),
      OFFERS_TABLE("id,donor,quantity\nO1,D,9\n")},
     "N1 N3 | N2 | N4 | N5 | N6",
     "N1 N3 | N2 | N4 | N5 | N6",
     1},
    {"no fairness: the limit of a beneficiary, the weight and the signature tell apart",
     {NEEDS_TABLE(
          "id,category,quantity,beneficiary,weight\nN1,HW,5,B1,1\nN2,HW,6,B2,1\nN3,HW,7,B3,1\n"
          "N4,HW,8,B2,2\nN5,TR,9,B2,1\nN6,HW,9,B1,1.0\n"),
      OFFERS_TABLE("id,donor,quantity,category\nO1,D,9,HW\nO2,D,9,HW;TR\n"),
      {"beneficiaries.csv", "id,max_value\nB1,10\nB2,\nB3,\n"},
      SETTINGS("fairness,none\n")},
     "N1 N6 | N2 N3 | N4 | N5",
     "",
     2},
    {"those that take no part: unknown, not ready, all covered, nobody offers; groups have all but "
     "the unknown",
     {NEEDS_TABLE("id,category,quantity,covered,ready,region\nN1,HW,unknown,,,R1\nN2,HW,5,,no,R1\n"
                  "N3,HW,5,5,,R1\nN4,TR,5,,,R2\nN5,HW,5,2,,R1\n"),
      OFFERS_TABLE("id,donor,quantity,category\nO1,D,9,HW\n"), SETTINGS("fairness,region\n")},
     "N5",
     "N2 N3 N5 | N4",
     1},
    {"every need for itself",
     {NEEDS_TABLE("id,category,quantity\nN1,HW,5\nN2,HW,6\n"),
      OFFERS_TABLE("id,donor,quantity\nO1,D,9\n"), SETTINGS("fairness,need\n")},
     "N1 | N2",
     "N1 | N2",
     1},
    {"by category",
     {NEEDS_TABLE("id,category,quantity\nN1,HW,5\nN2,TR,6\nN3,HW,5\n"),
      OFFERS_TABLE("id,donor,quantity\nO1,D,9\n"), SETTINGS("fairness,category\n")},
     "N1 N3 | N2",
     "N1 N3 | N2",
     1},
};

/** The needs of every number of @p of, as text. */
static void describe(const Round *round, const int *of, int count, char *out, size_t size)
{
    *out = '\0';
    for (int k = 0; k < count; k++) {
        if (k > 0)
            snprintf(out + strlen(out), size - strlen(out), " |");
        for (size_t n = 0; n < round->need_count; n++)
            if (of[n] == k)
                snprintf(out + strlen(out), size - strlen(out), "%s%s", *out == '\0' ? "" : " ",
                         round->needs[n].id);
    }
}

static void worked_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Pipeline *run = case_formulate(CASES[i].files);
        NeedClasses classes;
        char text[256];
        assert_case_int(CASES[i].label, run->status, STATUS_OK);
        assert_int_equal(need_classes_build(&run->round, NULL, NULL, run->arena, &classes),
                         STATUS_OK);
        describe(&run->round, classes.class_of, classes.class_count, text, sizeof text);
        assert_case_text(CASES[i].label, text, CASES[i].classes);
        describe(&run->round, classes.group_of, classes.group_count, text, sizeof text);
        assert_case_text(CASES[i].label, text, CASES[i].groups);
        assert_case_int(CASES[i].label, classes.signature_count, CASES[i].signatures);
        pipeline_free(run);
    }
}

static bool same_offers(const Round *round, size_t a, size_t b)
{
    for (size_t o = 0; o < round->offer_count; o++)
        if ((eligibility_bar(round, (int)a, (int)o).check == BAR_NOTHING) !=
            (eligibility_bar(round, (int)b, (int)o).check == BAR_NOTHING))
            return false;
    return true;
}

static int limited_of(const Round *round, size_t n)
{
    int row = round->needs[n].beneficiary_row;
    return row >= 0 && round->beneficiaries[row].has_max_value ? row : -1;
}

/** Pair by pair: one class exactly when nothing tells the two apart. */
static void check_pair(const char *label, const Round *round, const NeedClasses *classes, size_t a,
                       size_t b)
{
    const Need *x = &round->needs[a], *y = &round->needs[b];
    bool alike = same_offers(round, a, b) && x->tier == y->tier &&
                 decimal_compare(x->weight, y->weight) == 0 &&
                 limited_of(round, a) == limited_of(round, b) &&
                 classes->group_of[a] == classes->group_of[b];
    if ((classes->class_of[a] == classes->class_of[b]) != alike)
        fail_msg("%s: needs %s and %s", label, x->id, y->id);
}

static void check_round(const char *label, const Round *round, Arena *arena)
{
    NeedClasses classes;
    assert_case_int(label, need_classes_build(round, NULL, NULL, arena, &classes), STATUS_OK);
    int64_t *sums = ARENA_NEW(arena, (size_t)classes.class_count + 1, int64_t);
    for (size_t n = 0; n < round->need_count; n++) {
        bool open = false;
        for (size_t o = 0; o < round->offer_count; o++)
            open = open || eligibility_bar(round, (int)n, (int)o).check == BAR_NOTHING;
        assert_case(label, (classes.class_of[n] >= 0) == (open && round->needs[n].wanted > 0));
        if (classes.class_of[n] < 0)
            continue;
        const NeedClass *class = &classes.classes[classes.class_of[n]];
        const uint64_t *bits =
            classes.signatures + (size_t) class->signature * (size_t)classes.words;
        for (size_t o = 0; o < round->offer_count; o++)
            assert_case(label, (bits[o / 64] >> (o % 64) & 1) ==
                                   (eligibility_bar(round, (int)n, (int)o).check == BAR_NOTHING));
        sums[classes.class_of[n]] += round->needs[n].wanted;
        for (size_t k = 0; k < n; k++)
            if (classes.class_of[k] >= 0)
                check_pair(label, round, &classes, k, n);
    }
    for (int k = 0; k < classes.class_count; k++)
        assert_case_int(label, classes.classes[k].wanted, sums[k]);
}

static void classes_hold_what_is_alike_and_nothing_else(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        TextRound *text =
            random_round(710000 + (uint64_t)i,
                         (RandomShape){.size = RANDOM_SMALL, .features = RANDOM_EVERYTHING});
        char label[64], *dir = test_dir_make();
        snprintf(label, sizeof label, "seed %d", 710000 + i);
        text_round_write(text, dir);
        Pipeline *run = pipeline_formulate(dir, NULL, 0);
        if (strcmp(run->step, "read") != 0 && strcmp(run->step, "check") != 0)
            check_round(label, &run->round, run->arena);
        pipeline_free(run);
        test_dir_remove(dir);
        text_round_free(text);
    }
}

static void a_sum_that_does_not_fit_is_said(void **state)
{
    (void)state;
    Pipeline *run =
        case_formulate((CaseFile[]){NEEDS_TABLE("id,category,quantity\nN1,HW,5\nN2,HW,5\n"),
                                    OFFERS_TABLE("id,donor,quantity\nO1,D,9\n"),
                                    SETTINGS("fairness,none\n"),
                                    {0}});
    NeedClasses classes;
    assert_int_equal(run->status, STATUS_OK);
    run->round.needs[0].wanted = INT64_MAX - 499;
    assert_int_equal(need_classes_build(&run->round, NULL, NULL, run->arena, &classes),
                     STATUS_INTERNAL);
    run->round.needs[0].wanted = INT64_MAX - 500;
    assert_int_equal(need_classes_build(&run->round, NULL, NULL, run->arena, &classes), STATUS_OK);
    assert_true(classes.classes[0].wanted == INT64_MAX);
    pipeline_free(run);
}

static void memory_may_be_short_at_any_point(void **state)
{
    (void)state;
    Pipeline *run = case_formulate(CASES[0].files);
    Status status = STATUS_NO_MEMORY;
    assert_int_equal(run->status, STATUS_OK);
    for (size_t calls = 0; status != STATUS_OK; calls++) {
        Arena *arena = arena_new();
        NeedClasses classes;
        arena_fail_after(arena, calls);
        status = need_classes_build(&run->round, NULL, NULL, arena, &classes);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        assert_true(calls < 1000);
        arena_free(arena);
    }
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_by_hand),
        cmocka_unit_test(classes_hold_what_is_alike_and_nothing_else),
        cmocka_unit_test(a_sum_that_does_not_fit_is_said),
        cmocka_unit_test(memory_may_be_short_at_any_point),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
