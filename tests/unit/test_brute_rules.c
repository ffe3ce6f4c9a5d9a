/* The search that tries every plan, over rounds so small that their best plan is worked out by hand:
 * what it says of a rule must be right before it may judge the program. The sums stand in the
 * comments.
 */
#include "allot/round_read.h"
#include "tests/support/brute.h"
#include "tests/support/round_case.h"

#include <string.h>

enum { LINES = 5, VALUES = 5, PLANS_MOST = 100000 };

/** Whole units of a need given by an offer. */
typedef struct Line {
    const char *need, *offer;
    double quantity;
} Line;

typedef struct StageWant {
    const char *label;
    double value; /* the smaller the better: shares are negative */
} StageWant;

typedef struct BruteCase {
    const char *label;
    CaseFile files[CASE_FILES];
    Line lines[LINES]; /* all of the best plan */
    StageWant values[VALUES];
    Line previous[LINES];
} BruteCase;

#define SEATS "id,category,unit,unit_cost,quantity"
#define EUROS "id,category,step,quantity"
#define OFFERS "id,donor,unit,quantity"

static const BruteCase WHOLES[] = {
    /* 60 are below the 70 that N1 must have */
    {"a least useful amount",
     {{"needs.csv", EUROS ",min_quantity\nN1,HW,10,100,70\nN2,HW,10,100,\n"},
      {"offers.csv", OFFERS "\nO1,DE,EUR,60\n"}},
     {{"N2", "O1", 60}},
     {{"tier 1", 140}},
     {{0}}},
    /* 0.6 of 10 less the 3 there are: 3 seats, and there are 2 */
    {"a least useful share of the whole is out of reach",
     {{"needs.csv",
       SEATS ",covered,min_share,weight\nN1,HW,seat,1,10,3,0.6,3\nN2,HW,seat,1,5,,,1\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,2\n"}},
     {{"N2", "O1", 2}},
     {{"tier 1", 3 * 7 + 3}},
     {{0}}},
    {"a least useful share of the whole counts what is covered",
     {{"needs.csv",
       SEATS ",covered,min_share,weight\nN1,HW,seat,1,10,3,0.6,3\nN2,HW,seat,1,5,,,1\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,3\n"}},
     {{"N1", "O1", 3}},
     {{"tier 1", 3 * 4 + 5}, {"fairness 1.2", -0.6}},
     {{0}}},
    /* a minimum of 3 in steps of 2 is 4 */
    {"a least useful amount between two steps",
     {{"needs.csv", SEATS ",step,min_quantity,weight\nN1,HW,seat,1,6,2,3,9\nN2,HW,seat,1,5,1,,1\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,3\n"}},
     {{"N2", "O1", 3}},
     {{"tier 1", 54 + 2}},
     {{0}}},
    {"all four or none",
     {{"needs.csv", SEATS ",indivisible,weight\nN1,HW,seat,1,4,yes,2\nN2,HW,seat,1,3,no,1\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,3\n"}},
     {{"N2", "O1", 3}},
     {{"tier 1", 8}},
     {{0}}},
    /* N1 asks for less than O1 gives at least */
    {"the ticket of an offer",
     {{"needs.csv", EUROS "\nN1,HW,10,30\nN2,HW,10,100\n"},
      {"offers.csv", OFFERS ",min_ticket\nO1,DE,EUR,100,40\nO2,FR,EUR,20,\n"}},
     {{"N1", "O2", 20}, {"N2", "O1", 100}},
     {{"tier 1", 10}},
     {{0}}},
    /* 60 dollars are 30 euros: with the 30 of O1 above 50, and for one need only */
    {"the ticket of a donor over offers in two currencies",
     {{"needs.csv", EUROS "\nN1,HW,10,40\nN2,HW,10,60\n"},
      {"offers.csv", OFFERS "\nO1,DE,EUR,30\nO2,DE,USD,60\n"},
      {"donors.csv", "id,min_ticket,currency\nDE,50,EUR\n"},
      {"rates.csv", "currency,rate\nUSD,0.5\n"}},
     {{"N2", "O1", 30}, {"N2", "O2", 30}},
     {{"tier 1", 40}},
     {{0}}},
    {"a ticket for each need by a rule",
     {{"needs.csv", EUROS "\nN1,HW,10,40\nN2,HW,10,100\n"},
      {"offers.csv", OFFERS "\nO1,DE,EUR,90\n"},
      {"rules.csv", "id,kind,offer,each,value\nR1,ticket,O1,need,50\n"}},
     {{"N2", "O1", 90}},
     {{"tier 1", 50}},
     {{0}}},
    {"a ticket over all lines together",
     {{"needs.csv", EUROS "\nN1,HW,10,40\nN2,HW,10,100\n"},
      {"offers.csv", OFFERS "\nO1,DE,EUR,50\nO2,FR,EUR,10\n"},
      {"rules.csv", "id,kind,offer,quantity,unit\nR1,ticket,O1,60,EUR\n"}},
     {{"N1", "O2", 10}},
     {{"tier 1", 130}},
     {{0}}},
};

static const BruteCase NUMBERS[] = {
    /* O3 is paid out of O1: one donor gives 50 and 40, which is more than the 80 of FR */
    {"donors are those of the roots",
     {{"needs.csv", EUROS ",max_donors\nN1,HW,10,100,1\n"},
      {"offers.csv",
       OFFERS ",max_share,parent\nO1,DE,EUR,100,0.5,\nO2,FR,EUR,80,,\nO3,XX,EUR,40,,O1\n"}},
     {{"N1", "O1", 50}, {"N1", "O3", 40}},
     {{"tier 1", 10}},
     {{0}}},
    {"needs of a beneficiary",
     {{"needs.csv",
       SEATS ",beneficiary\nN1,HW,seat,1,3,B1\nN2,HW,seat,1,4,B1\nN3,HW,seat,1,2,B2\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,10\n"},
      {"beneficiaries.csv", "id,max_needs\nB1,1\nB2,\n"}},
     {{"N2", "O1", 4}, {"N3", "O1", 2}},
     {{"tier 1", 3}},
     {{0}}},
    /* the child O2 is no line of O1, but one of its donor */
    {"needs of an offer and of its donor",
     {{"needs.csv", SEATS "\nN1,HW,seat,1,3\nN2,HW,seat,1,4\nN3,HW,seat,1,2\n"},
      {"offers.csv", OFFERS ",max_needs,parent\nO1,DE,seat,10,1,\nO2,XX,seat,3,,O1\n"},
      {"donors.csv", "id,max_needs\nDE,2\nXX,\n"}},
     {{"N1", "O2", 3}, {"N2", "O1", 4}},
     {{"tier 1", 2}},
     {{0}}},
    {"beneficiaries of a rule, and a need without one",
     {{"needs.csv", SEATS ",beneficiary\nN1,HW,seat,1,3,B1\nN2,HW,seat,1,4,B2\nN3,HW,seat,1,2,\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,20\n"},
      {"rules.csv", "id,kind,count,of\nR1,count,1,beneficiaries\n"}},
     {{"N2", "O1", 4}, {"N3", "O1", 2}},
     {{"tier 1", 3}},
     {{0}}},
    /* each category has one offer: HW the 3 of O2, SW the 4 of O1 */
    {"offers for each category",
     {{"needs.csv", SEATS "\nN1,HW,seat,1,3\nN2,SW,seat,1,5\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,4\nO2,FR,seat,3\n"},
      {"rules.csv", "id,kind,each,count,of\nR1,count,category,1,offers\n"}},
     {{"N1", "O2", 3}, {"N2", "O1", 4}},
     {{"tier 1", 1}},
     {{0}}},
};

#define CHAIN                                                                                      \
    SEATS ",requires,weight\n"                                                                     \
          "A1,HW,,100,0,N3,2\nN1,HW,seat,1,2,,1\nN2,HW,seat,1,3,N1,1\nN3,HW,seat,1,2,N2,1\n"       \
          "N4,HW,seat,1,4,,1\n"

static const BruteCase LOGIC[] = {
    {"a chain that ends in an outcome",
     {{"needs.csv", CHAIN}, {"offers.csv", OFFERS "\nO1,DE,seat,7\n"}},
     {{"N1", "O1", 2}, {"N2", "O1", 3}, {"N3", "O1", 2}},
     {{"tier 1", 4}},
     {{0}}},
    /* 6 of 11 in any case; least shares 0, 1/2, 1, 1 beat 0, 1/2, 2/3, 1 */
    {"a chain too long for its outcome",
     {{"needs.csv", CHAIN}, {"offers.csv", OFFERS "\nO1,DE,seat,6\n"}},
     {{"N1", "O1", 2}, {"N2", "O1", 3}, {"N3", "O1", 1}},
     {{"tier 1", 205}, {"fairness 1.1", 0}, {"fairness 1.2", -0.5}, {"fairness 1.3", -1}},
     {{0}}},
    /* 3 and 2 for the bundle leave 1; without it 5 are given at most */
    {"a bundle: one member in full, one its minimum",
     {{"needs.csv", SEATS ",bundle,min_quantity\nN1,HW,seat,1,3,b,\nN2,HW,seat,1,4,b,2\n"
                          "N3,HW,seat,1,5,,\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,6\n"}},
     {{"N1", "O1", 3}, {"N2", "O1", 2}, {"N3", "O1", 1}},
     {{"tier 1", 6}, {"fairness 1.1", -0.2}},
     {{0}}},
    /* it takes 5 at least; 3 for N1 and 1 for N3 were as much and more even */
    {"a bundle that there is not enough for",
     {{"needs.csv", SEATS ",bundle,min_quantity\nN1,HW,seat,1,3,b,\nN2,HW,seat,1,4,b,2\n"
                          "N3,HW,seat,1,5,,\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,4\n"}},
     {{"N3", "O1", 4}},
     {{"tier 1", 8}},
     {{0}}},
    {"a bundle with a member of unknown amount, and one that is covered",
     {{"needs.csv", SEATS ",bundle,covered\nN1,HW,seat,1,3,b,\nN2,HW,seat,1,unknown,b,\n"
                          "N3,HW,seat,1,2,c,\nN4,HW,seat,1,4,c,4\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,6\n"}},
     {{"N3", "O1", 2}},
     {{"tier 1", 3}},
     {{0}}},
    /* the mark counts 2 * 40 * what is missing; 50 for N1 leave 80 / 6 + 30 */
    {"alternatives count once, as the cheapest",
     {{"needs.csv",
       EUROS ",alternative,weight\nN1,HW,10,60,a,1\nN2,HW,10,40,a,2\nN3,HW,10,30,,1\n"},
      {"offers.csv", OFFERS "\nO1,DE,EUR,50\n"}},
     {{"N2", "O1", 40}, {"N3", "O1", 10}},
     {{"tier 1", 20}},
     {{0}}},
    {"alternatives of which one is begun elsewhere",
     {{"needs.csv", EUROS ",alternative,weight,covered\nN1,HW,10,70,a,1,10\nN2,HW,10,40,a,2,\n"
                          "N3,HW,10,30,,1,\n"},
      {"offers.csv", OFFERS "\nO1,DE,EUR,50\n"}},
     {{"N1", "O1", 50}},
     {{"tier 1", 80.0 / 6 + 30}},
     {{0}}},
    /* half of N2 against two fifths of N1, three times each */
    {"alternatives of which one has no value",
     {{"needs.csv", "id,category,unit,step,quantity,alternative,weight\nN1,HW,seat,1,5,a,3\n"
                    "N2,HW,EUR,10,40,a,7\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,2\nO2,FR,EUR,20\n"}},
     {{"N2", "O2", 20}},
     {{"tier 1", 0}, {"unvalued 1", 1.5}},
     {{0}}},
    /* by shares: N1 1, the outcome 4, N2 5 / 5; N1 and the outcome need the 3 seats */
    {"an outcome that requires one of two alternatives",
     {{"needs.csv", SEATS ",alternative,requires,weight\nA1,HW,seat,,0,,a,4\nN1,HW,seat,,3,a,,1\n"
                          "N2,HW,seat,,9,a,,1\nN3,HW,seat,,3,,,1\n"},
      {"offers.csv", OFFERS "\nO1,DE,seat,3\n"},
      {"settings.csv", "key,value\nmeasure,share\n"}},
     {{"N1", "O1", 3}},
     {{"tier 1", 1}},
     {{0}}},
};

#define TWO_DONORS OFFERS "\nO1,DE,EUR,80\nO2,FR,EUR,80\n"
#define KEYS                                                                                       \
    {                                                                                              \
        "donors.csv", "id,share_key\nDE,3\nFR,1\n"                                                 \
    }
#define STAGES(list)                                                                               \
    {                                                                                              \
        "settings.csv", "key,value\nstages," list "\n"                                             \
    }

static const BruteCase LATER[] = {
    /* 5 for N1 by O1 and 0.2 * 10 for N2 by O2; by O1 both were 10 */
    {"a fee for each need that an offer serves",
     {{"needs.csv", EUROS "\nN1,HW,5,10\nN2,HW,5,10\n"},
      {"offers.csv", OFFERS ",cost,only_needs\nO1,DE,EUR,20,0,\nO2,FR,EUR,10,0.2,N2\n"},
      {"rules.csv", "id,kind,offer,each,value,currency\nR1,fee,O1,need,10,USD\n"},
      {"rates.csv", "currency,rate\nUSD,0.5\n"}},
     {{"N1", "O1", 10}, {"N2", "O2", 10}},
     {{"tier 1", 0}, {"cost", 7}},
     {{0}}},
    {"the burden by its keys, then few lines",
     {{"needs.csv", EUROS "\nN1,HW,20,80\n"},
      {"offers.csv", TWO_DONORS},
      KEYS,
      STAGES("burden;splits")},
     {{"N1", "O1", 60}, {"N1", "O2", 20}},
     {{"burden", 0}, {"splits", 2}},
     {{0}}},
    /* all of DE: 20 above its 60, and 20 below the share of FR */
    {"few lines, then the burden",
     {{"needs.csv", EUROS "\nN1,HW,20,80\n"},
      {"offers.csv", TWO_DONORS},
      KEYS,
      STAGES("splits;burden")},
     {{"N1", "O1", 80}},
     {{"burden", 40}, {"splits", 1}},
     {{0}}},
    /* 1 at 10 and 2 at 5 */
    {"the burden in kind",
     {{"needs.csv", SEATS "\nN1,HW,seat,1,3\n"},
      {"offers.csv", OFFERS ",unit_value\nO1,DE,seat,3,10\nO2,FR,seat,3,5\n"},
      {"donors.csv", "id,share_key\nDE,2\nFR,2\n"},
      STAGES("burden")},
     {{"N1", "O1", 1}, {"N1", "O2", 2}},
     {{"burden", 0}, {"burden in kind", 0}},
     {{0}}},
    /* N1 gets 20 of O1 that it had not and loses 40 of O2; N2 keeps its 20; N3 gets 3 of 4 more */
    {"little change",
     {{"needs.csv", "id,category,unit,step,quantity\nN1,HW,EUR,10,20\nN2,HW,EUR,10,20\n"
                    "N3,HW,seat,1,4\n"},
      {"offers.csv", OFFERS ",not_needs\nO1,DE,EUR,40,\nO2,FR,EUR,20,N1\nO3,FR,seat,9,\n"},
      STAGES("change")},
     {{"N1", "O1", 20}, {"N2", "O1", 20}, {"N3", "O3", 4}},
     {{"change", 60}, {"change unvalued", 0.75}},
     {{"N1", "O2", 40}, {"N2", "O1", 20}, {"N3", "O3", 1}}},
};

/* ---- asking --------------------------------------------------------------------------------- */

static const PreviousLine *previous_of(const Round *round, const BruteCase *c, size_t *count)
{
    PreviousLine *lines = ARENA_NEW(round->arena, LINES, PreviousLine);
    assert_non_null(lines);
    for (*count = 0; *count < LINES && c->previous[*count].need != NULL; ++*count) {
        const Line *line = &c->previous[*count];
        int need = round_find_need(round, line->need);
        lines[*count] =
            (PreviousLine){need, round_find_offer(round, line->offer),
                           (int64_t)(line->quantity * (double)unit_scale(round->needs[need].unit))};
    }
    return lines;
}

static void read_case(const BruteCase *c, Arena *arena, Round *round)
{
    char *dir = test_dir_make();
    Diag *diag = diag_new(arena);
    assert_non_null(diag);
    for (const CaseFile *file = c->files; file->name != NULL; file++)
        write_file(dir, file->name, file->text);
    assert_case_int(c->label, round_read(&(RoundSource){.path = dir}, arena, diag, round),
                    STATUS_OK);
    if (round_check(round, diag) != STATUS_OK) {
        size_t count;
        const Finding *findings = diag_findings(diag, &count);
        for (size_t i = 0; i < count; i++)
            print_error("%s\n", diag_format(&findings[i], arena));
        fail_msg("case \"%s\": the tables are wrong", c->label);
    }
    round->previous = previous_of(round, c, &round->previous_count);
    round->has_previous = round->previous_count > 0;
    test_dir_remove(dir);
}

static double wanted_quantity(const BruteCase *c, const char *need, const char *offer)
{
    for (const Line *line = c->lines; line->need != NULL; line++)
        if (strcmp(line->need, need) == 0 && strcmp(line->offer, offer) == 0)
            return line->quantity;
    return 0;
}

static void compare_lines(const BruteCase *c, const Round *round, const int64_t *x)
{
    for (size_t n = 0; n < round->need_count; n++)
        for (size_t o = 0; o < round->offer_count; o++) {
            const char *need = round->needs[n].id, *offer = round->offers[o].id;
            double got =
                (double)x[n * round->offer_count + o] / (double)unit_scale(round->needs[n].unit);
            double want = wanted_quantity(c, need, offer);
            if (got < want - 1e-9 || got > want + 1e-9)
                fail_msg("case \"%s\": %s <- %s is %g, not %g", c->label, need, offer, got, want);
        }
}

static void compare_values(const BruteCase *c, Brute *b, const int64_t *x, double *values)
{
    brute_values(b, x, values);
    for (const StageWant *want = c->values; want->label != NULL; want++) {
        size_t s = 0;
        while (s < brute_stage_count(b) && strcmp(brute_stage_label(b, s), want->label) != 0)
            s++;
        assert_case(c->label, s < brute_stage_count(b));
        if (values[s] < want->value - 1e-9 || values[s] > want->value + 1e-9)
            fail_msg("case \"%s\": %s is %.9g, not %.9g", c->label, want->label, values[s],
                     want->value);
    }
}

static void ask_case(const BruteCase *c)
{
    Arena *arena = arena_new();
    Round round;
    long tried;
    assert_non_null(arena);
    read_case(c, arena, &round);
    Brute *b = brute_new(&round, arena);
    int64_t *x = ARENA_NEW(arena, round.need_count * round.offer_count, int64_t);
    double *values = ARENA_NEW(arena, brute_stage_count(b), double);
    assert_true(x != NULL && values != NULL);
    assert_case(c->label, brute_best(b, PLANS_MOST, x, &tried));
    compare_lines(c, &round, x);
    compare_values(c, b, x, values);
    arena_free(arena);
}

static void ask_cases(const BruteCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ask_case(&cases[i]);
}

static void least_amounts_and_tickets(void **state)
{
    (void)state;
    ask_cases(WHOLES, COUNT_OF(WHOLES));
}

static void numbers_of_donors_and_needs(void **state)
{
    (void)state;
    ask_cases(NUMBERS, COUNT_OF(NUMBERS));
}

static void prerequisites_bundles_alternatives(void **state)
{
    (void)state;
    ask_cases(LOGIC, COUNT_OF(LOGIC));
}

static void stages_after_the_tiers(void **state)
{
    (void)state;
    ask_cases(LATER, COUNT_OF(LATER));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(least_amounts_and_tickets),
        cmocka_unit_test(numbers_of_donors_and_needs),
        cmocka_unit_test(prerequisites_bundles_alternatives),
        cmocka_unit_test(stages_after_the_tiers),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
