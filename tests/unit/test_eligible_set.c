/* Eligibility as sets: the same answer as pair by pair, for every pair of random rounds with
 * everything in them; and the few cases that random rounds hold too rarely, worked by hand.
 */
#include "tests/support/case_tables.h"
#include "tests/support/random_round.h"

#include <stdlib.h>
#include <string.h>

#include "allot/eligible_set.h"

/* Fewer under the sanitizers, which are an order slower. */
#ifdef __SANITIZE_ADDRESS__
enum { TINY_ROUNDS = 60, SMALL_ROUNDS = 60, MEDIUM_ROUNDS = 20 };
#else
enum { TINY_ROUNDS = 200, SMALL_ROUNDS = 400, MEDIUM_ROUNDS = 150 };
#endif

static bool in_set(const uint64_t *set, size_t offer)
{
    return (set[offer / 64] >> (offer % 64) & 1) != 0;
}

/** Every pair of a round against eligibility_bar(). Returns how many are eligible. */
static long compare_pairs(const char *label, const Round *round, Arena *arena)
{
    EligibleSets *sets;
    long eligible = 0;
    assert_case_int(label, eligible_sets_build(round, arena, &sets), STATUS_OK);
    size_t words = (size_t)eligible_set_words(sets);
    assert_case(label, words * 64 >= round->offer_count && words >= 1);
    for (size_t n = 0; n < round->need_count; n++) {
        const uint64_t *set = eligible_set_at(sets, eligible_set_number(sets, (int)n));
        for (size_t o = 0; o < words * 64; o++) {
            bool want = o < round->offer_count &&
                        eligibility_bar(round, (int)n, (int)o).check == BAR_NOTHING;
            if (in_set(set, o) != want)
                fail_msg("%s: need %s, offer %zu (%s): the set says %d", label, round->needs[n].id,
                         o, o < round->offer_count ? round->offers[o].id : "none", !want);
            eligible += want;
        }
    }
    return eligible;
}

/** Same bar for the same cell, where it is no need's own? */
static bool same_bar(Bar a, Bar b)
{
    return a.check == b.check && a.origin.table == b.origin.table &&
           strcmp(a.column, b.column) == 0 &&
           (a.origin.table == TABLE_NEEDS ||
            (a.origin.line == b.origin.line && strcmp(a.id, b.id) == 0));
}

/** Kin against the first of them, offer by offer. Returns how many needs had one. */
static long compare_kin(const char *label, const Round *round, Arena *arena)
{
    EligibleSets *sets;
    long compared = 0;
    assert_case_int(label, eligible_sets_build(round, arena, &sets), STATUS_OK);
    for (size_t n = 1; n < round->need_count; n++) {
        size_t first = 0;
        int kin = eligible_kin_number(sets, (int)n);
        assert_case(label, kin >= -1 && kin < eligible_kin_count(sets));
        while (kin >= 0 && eligible_kin_number(sets, (int)first) != kin)
            first++;
        if (kin < 0 || first == n)
            continue;
        compared++;
        for (int o = 0; o < (int)round->offer_count; o++)
            if (!same_bar(eligibility_bar(round, (int)first, o), eligibility_bar(round, (int)n, o)))
                fail_msg("%s: needs %s and %s are kin, but not to offer %s", label,
                         round->needs[first].id, round->needs[n].id, round->offers[o].id);
    }
    return compared;
}

static void random_rounds_agree(uint64_t seed, RandomSize size, int features, int rounds)
{
    long eligible = 0, kin = 0;
    int checked = 0;
    for (int i = 0; i < rounds; i++) {
        TextRound *text =
            random_round(seed + (uint64_t)i, (RandomShape){.size = size, .features = features});
        char label[64], *dir = test_dir_make();
        snprintf(label, sizeof label, "seed %llu", (unsigned long long)seed + (unsigned)i);
        text_round_write(text, dir);
        Pipeline *run = pipeline_formulate(dir, NULL, 0);
        if (strcmp(run->step, "read") != 0 && strcmp(run->step, "check") != 0) {
            eligible += compare_pairs(label, &run->round, run->arena);
            kin += compare_kin(label, &run->round, run->arena);
            checked++;
        }
        pipeline_free(run);
        test_dir_remove(dir);
        text_round_free(text);
    }
    assert_true(checked > rounds / 4);
    assert_true(eligible > checked);
    assert_true(kin > 0);
}

static void sets_say_what_pair_by_pair_says(void **state)
{
    (void)state;
    random_rounds_agree(910000, RANDOM_TINY, RANDOM_EVERYTHING, TINY_ROUNDS);
    random_rounds_agree(920000, RANDOM_SMALL, RANDOM_EVERYTHING, SMALL_ROUNDS);
    random_rounds_agree(930000, RANDOM_MEDIUM, RANDOM_EVERYTHING, MEDIUM_ROUNDS);
    /* commitments on barred pairs spoil many a round: without them too */
    random_rounds_agree(940000, RANDOM_MEDIUM, RANDOM_EVERYTHING & ~RANDOM_COMMITMENTS,
                        MEDIUM_ROUNDS);
}

/** A round and the eligible pairs of it, "N1:O1 N1:O2". */
typedef struct SetCase {
    const char *label;
    CaseFile files[CASE_FILES];
    const char *pairs;
} SetCase;

static const SetCase SETS[] = {
    {"two links of a chain each want another tag, and the need has both",
     {NEEDS_TABLE("id,category,quantity,tags\nN1,HW,5,a;b\nN2,HW,5,a\nN3,HW,5,b\nN4,HW,5,\n"),
      OFFERS_TABLE("id,donor,quantity,parent,only_tags\nO1,D,9,,a;c\nO2,D,9,O1,b\n")},
     "N1:O1 N1:O2 N2:O1"},
    {"a child sorts before its parent, and falls with it",
     {NEEDS_TABLE("id,category,quantity,region\nN1,HW,5,R1\nN2,HW,5,R2\n"),
      OFFERS_TABLE("id,donor,quantity,parent,not_regions\nA1,D,9,A2,\nA2,D,9,A3,\nA3,D,9,,R1\n")},
     "N2:A1 N2:A2 N2:A3"},
    {"the category is the last offer's alone",
     {NEEDS_TABLE("id,category,quantity\nN1,HW,5\nN2,TR,5\n"),
      OFFERS_TABLE("id,donor,quantity,parent,category\nO1,D,9,,HW\nO2,D,9,O1,TR\n")},
     "N1:O1 N2:O2"},
    {"windows meet on one day, lead included",
     {NEEDS_TABLE("id,category,quantity,earliest,deadline\nN1,HW,5,2026-02-10,2026-02-20\n"
                  "N2,HW,5,2026-02-11,\nN3,HW,5,,2026-02-04\nN4,HW,5,,2026-02-05\n"),
      OFFERS_TABLE("id,donor,quantity,valid_from,valid_to,lead_days\nO1,D,9,,2026-02-05,5\n"
                   "O2,D,9,2026-01-31,,5\nO3,D,9,2026-02-01,2026-02-20,\n")},
     "N1:O1 N1:O2 N1:O3 N2:O2 N2:O3 N3:O1 N3:O3 N4:O1 N4:O2 N4:O3"},
    {"windows of a chain leave no day",
     {NEEDS_TABLE("id,category,quantity\nN1,HW,5\n"),
      OFFERS_TABLE("id,donor,quantity,parent,valid_from,valid_to\nO1,D,9,,,2026-02-05\n"
                   "O2,D,9,O1,2026-02-06,\n")},
     "N1:O1"},
    {"a forbid of a tier and a tag, and one that selects no offer",
     {NEEDS_TABLE("id,category,quantity,priority,tags\nN1,HW,5,1,a\nN2,HW,5,2,a\nN3,HW,5,1,\n"),
      OFFERS_TABLE("id,donor,quantity\nO1,D,9\nO2,E,9\n"),
      {"rules.csv", "id,kind,donor,priority,tag\nR1,forbid,D,1,a\n"}},
     "N1:O2 N2:O1 N2:O2 N3:O1 N3:O2"},
    {"only the pairs listed, and what a listed pair overrides",
     {NEEDS_TABLE("id,category,quantity,region\nN1,HW,5,R1\nN2,HW,5,R2\n"),
      OFFERS_TABLE("id,donor,quantity,category,only_regions,not_regions\nO1,D,9,TR,R2,\n"
                   "O2,D,9,*,,R1\nO3,D,9,*,,\n"),
      {"pairs.csv", "need,offer,eligible\nN1,O1,yes\nN1,O2,yes\nN1,O3,no\n"},
      {"settings.csv", "key,value\neligibility,pairs\n"}},
     "N1:O1"},
    {"the same pairs beside the rules",
     {NEEDS_TABLE("id,category,quantity,region\nN1,HW,5,R1\nN2,HW,5,R2\n"),
      OFFERS_TABLE("id,donor,quantity,category,only_regions,not_regions\nO1,D,9,TR,R2,\n"
                   "O2,D,9,*,,R1\nO3,D,9,*,,\n"),
      {"pairs.csv", "need,offer,eligible\nN1,O1,yes\nN1,O2,yes\nN1,O3,no\n"}},
     "N1:O1 N2:O2 N2:O3"},
    {"a commitment that forbids",
     {NEEDS_TABLE("id,category,quantity\nN1,HW,5\nN2,HW,5\n"),
      OFFERS_TABLE("id,donor,quantity\nO1,D,9\nO2,D,9\n"),
      {"commitments.csv", "need,offer,kind,quantity\nN1,O2,forbidden,\nN2,O1,at_most,3\n"}},
     "N1:O1 N2:O1 N2:O2"},
    {"civil: covered elsewhere, nothing is left of the civil part",
     {NEEDS_TABLE("id,category,quantity,civil_share,covered\nN1,HW,10,0.5,5\nN2,HW,10,0.5,4\n"
                  "N3,HW,10,1,10\n"),
      OFFERS_TABLE("id,donor,quantity,civil_only\nO1,D,9,yes\nO2,D,9,no\n")},
     "N1:O2 N2:O1 N2:O2 N3:O2"},
};

static void worked_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(SETS); i++) {
        Pipeline *run = case_formulate(SETS[i].files);
        EligibleSets *sets;
        char got[512] = "";
        assert_case_int(SETS[i].label, run->status, STATUS_OK);
        assert_int_equal(eligible_sets_build(&run->round, run->arena, &sets), STATUS_OK);
        for (size_t n = 0; n < run->round.need_count; n++)
            for (size_t o = 0; o < run->round.offer_count; o++)
                if (in_set(eligible_set_at(sets, eligible_set_number(sets, (int)n)), o))
                    snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s:%s",
                             *got == '\0' ? "" : " ", run->round.needs[n].id,
                             run->round.offers[o].id);
        assert_case_text(SETS[i].label, got, SETS[i].pairs);
        compare_pairs(SETS[i].label, &run->round, run->arena);
        pipeline_free(run);
    }
}

static void equal_sets_are_one(void **state)
{
    (void)state;
    Pipeline *run = case_formulate((CaseFile[]){
        NEEDS_TABLE("id,category,quantity,beneficiary,ready\nN1,HW,5,B1,yes\nN2,HW,7,B2,yes\n"
                    "N3,TR,5,B1,yes\nN4,HW,5,B1,no\n"),
        OFFERS_TABLE("id,donor,quantity,category\nO1,D,9,HW\n"),
        {0}});
    EligibleSets *sets;
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(eligible_sets_build(&run->round, run->arena, &sets), STATUS_OK);
    assert_int_equal(eligible_set_count(sets), 2);
    assert_int_equal(eligible_set_number(sets, 0), eligible_set_number(sets, 1));
    assert_int_equal(eligible_set_number(sets, 2), 0);
    assert_int_equal(eligible_set_number(sets, 3), 0);
    pipeline_free(run);
}

/** More offers than one word holds, and none at all. */
static void any_number_of_offers(void **state)
{
    (void)state;
    static const int COUNTS[] = {0, 63, 64, 65, 200};
    for (size_t i = 0; i < COUNT_OF(COUNTS); i++) {
        char label[32], offers[8192] = "id,donor,quantity,only_regions\n";
        for (int o = 0; o < COUNTS[i]; o++)
            snprintf(offers + strlen(offers), sizeof offers - strlen(offers), "O%03d,D,9,%s\n", o,
                     o % 3 == 0   ? "R1"
                     : o % 3 == 1 ? "R2"
                                  : "");
        snprintf(label, sizeof label, "%d offers", COUNTS[i]);
        Pipeline *run = case_formulate((CaseFile[]){
            NEEDS_TABLE("id,category,quantity,region\nN1,HW,5,R1\nN2,HW,5,R2\nN3,HW,5,R3\n"),
            OFFERS_TABLE(offers),
            {0}});
        assert_case_int(label, run->status, STATUS_OK);
        int first = (COUNTS[i] + 2) / 3, second = (COUNTS[i] + 1) / 3, open = COUNTS[i] / 3;
        assert_case_int(label, compare_pairs(label, &run->round, run->arena),
                        first + second + 3 * open);
        pipeline_free(run);
    }
}

static void memory_may_be_short_at_any_point(void **state)
{
    (void)state;
    Pipeline *run = case_formulate(SETS[0].files);
    assert_int_equal(run->status, STATUS_OK);
    Status status = STATUS_NO_MEMORY;
    for (size_t calls = 0; status != STATUS_OK; calls++) {
        Arena *arena = arena_new();
        EligibleSets *sets;
        arena_fail_after(arena, calls);
        status = eligible_sets_build(&run->round, arena, &sets);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        assert_true(calls < 1000);
        arena_free(arena);
    }
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_say_what_pair_by_pair_says),
        cmocka_unit_test(worked_by_hand),
        cmocka_unit_test(equal_sets_are_one),
        cmocka_unit_test(any_number_of_offers),
        cmocka_unit_test(memory_may_be_short_at_any_point),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
