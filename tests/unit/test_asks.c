/* Asks of every form on rounds small enough to work by hand, and an appeal whose needs share what is
 * left. Need N1 is asked about.
 */
#include "tests/support/case_tables.h"

#include <string.h>

typedef struct AskCase {
    const char *label; /* with the arithmetic */
    CaseFile files[CASE_FILES];
    const char
        *ask; /* "one O1 10.00 (10.00) O2 12.50 (10.00)": amount, value; least behind a slash */
    const char *loosen; /* "R-1 value" */
} AskCase;

/* N1 lacks 10 that nobody may give; N2 has 45 of DE's 60. */
#define NEW_NEEDS NEEDS(",beneficiary", "N1,SW,10,EUR,U\nN2,HW,45,EUR,T\n")
#define NEW_OFFERS OFFERS(",category", "O1,DE,60,EUR,HW\n")

static const AskCase CASES[] = {
    {"20 of 30 are there: 10 more",
     {NEEDS("", "N1,HW,30,EUR\n"), OFFERS("", "O1,DE,20,EUR\n")},
     "one O1 10.00 (10.00)",
     ""},
    {"10 EUR are 12.50 USD at 0.8: of equal value the smaller amount first",
     {NEEDS("", "N1,HW,30,EUR\n"), OFFERS("", "O1,DE,20,EUR\nO2,US,0,USD\n"), RATES},
     "one O1 10.00 (10.00) O2 12.50 (10.00)",
     ""},
    {"a channel that keeps half has to be given 20 so that 10 arrive",
     {NEEDS("", "N1,HW,30,EUR\n"), OFFERS(",overhead", "O1,DE,20,EUR,\nO2,FR,0,EUR,0.5\n")},
     "one O1 10.00 (10.00) O2 20.00 (20.00)",
     ""},
    {"half of the offer is kept back, of 20 and of what comes: half of 20 + 40 is 30",
     {NEEDS("", "N1,HW,30,EUR\n"), OFFERS("", "O1,DE,20,EUR\n"),
      RULES(",offer,share", "R-1,reserve,O1,0.5\n")},
     "one O1 40.00 (40.00)",
     ""},
    {"what is paid out of an offer grows with it: both are empty, one ask is enough",
     {NEEDS("", "N1,HW,30,EUR\n"),
      OFFERS(",category,parent", "O1,DE,20,EUR,SW,\nO2,UNDP,20,EUR,HW,O1\n")},
     "one O2 10.00 (10.00)",
     ""},
    {"no amount helps where a rule allows 15; without the rule all 30 are there",
     {NEEDS("", "N1,HW,30,EUR\n"), OFFERS("", "O1,DE,30,EUR\n"),
      RULES(",need,value,currency", "R-1,limit,N1,15,EUR\n")},
     "stopped",
     "R-1 value"},
    {"nobody offers boats, and money cannot buy what has no price",
     {NEEDS("", "N1,HW,10,boat\n"), OFFERS("", "O1,DE,60,EUR\n")},
     "new 10 enough",
     ""},
    {"the only offer is earmarked: a new one, or no earmark",
     {NEEDS("", "N1,HW,10,EUR\nN2,HW,10,EUR\n"), OFFERS(",only_needs", "O1,DE,60,EUR,N2\n")},
     "new 10.00 enough",
     "O1 only_needs"},
    {"N1 waits for N2, of which 60 of 70 are met by O1; O2 is enough for N1",
     {NEEDS(",requires", "N1,TRN,10,EUR,N2\nN2,HW,70,EUR,\n"),
      OFFERS(",category", "O1,DE,60,EUR,HW\nO2,FR,10,EUR,TRN\n")},
     "one O1 10.00 (10.00)",
     "N1 requires"},
    {"each gives at most half of 30 and has 10: neither alone, 5 more of each together",
     {NEEDS("", "N1,HW,30,EUR\n"), OFFERS(",max_share", "O1,DE,10,EUR,0.5\nO2,FR,10,EUR,0.5\n")},
     "together O1 5.00 (5.00) O2 5.00 (5.00)",
     ""},
    {"tier 1 keeps its 20",
     {NEEDS(",priority", "N1,HW,10,EUR,2\nN2,HW,20,EUR,1\n"), OFFERS("", "O1,DE,20,EUR\n")},
     "one O1 10.00 (10.00)",
     ""},
    {"all five kits or none, three are there",
     {NEEDS(",indivisible,unit_cost", "N1,HW,5,kit,yes,100\n"), OFFERS("", "O1,DE,3,kit\n")},
     "one O1 2 (200.00)",
     ""},
    {"documents are missing: no capacity helps",
     {NEEDS(",ready", "N1,HW,10,EUR,no\n"), OFFERS("", "O1,DE,60,EUR\n")},
     "waits",
     ""},
    {"a new offer may not serve tier 2 either: a rule forbids it to all",
     {NEEDS(",priority", "N1,HW,10,EUR,2\nN2,HW,10,EUR,1\n"), OFFERS("", "O1,DE,60,EUR\n"),
      RULES(",priority", "R-1,forbid,2\n")},
     "new 10.00",
     "R-1 "},
    {"the rule forbids what DE gives: whoever comes is free to",
     {NEEDS("", "N1,HW,10,EUR\n"), OFFERS("", "O1,DE,60,EUR\n"),
      RULES(",donor", "R-1,forbid,DE\n")},
     "new 10.00 enough",
     "R-1 "},
    {"45 are given and 50 allowed: 10 more are 5 too many",
     {NEW_NEEDS, NEW_OFFERS, RULES(",value", "R-1,limit,50\n")},
     "new 10.00",
     ""},
    {"45 are given and 55 allowed",
     {NEW_NEEDS, NEW_OFFERS, RULES(",value", "R-1,limit,55\n")},
     "new 10.00 enough",
     ""},
    {"50 allowed to each beneficiary: T has 45, U nothing",
     {NEW_NEEDS, NEW_OFFERS, RULES(",value,each", "R-1,limit,50,beneficiary\n")},
     "new 10.00 enough",
     ""},
    {"10 of 55 are more than a tenth",
     {NEW_NEEDS, NEW_OFFERS, RULES(",category,share", "R-1,limit,SW,0.1\n")},
     "new 10.00",
     ""},
    {"10 of 55 are no more than a fifth",
     {NEW_NEEDS, NEW_OFFERS, RULES(",category,share", "R-1,limit,SW,0.2\n")},
     "new 10.00 enough",
     ""},
    {"9 units of SW are allowed: 10 are too many",
     {NEW_NEEDS, NEW_OFFERS, RULES(",category,quantity,unit", "R-1,limit,SW,9,EUR\n")},
     "new 10.00",
     ""},
    {"boats have no value and count for nothing where 45 of 50 are used",
     {NEEDS("", "N1,SW,10,boat\nN2,HW,45,EUR\n"), NEW_OFFERS, RULES(",value", "R-1,limit,50\n")},
     "new 10 enough",
     ""},
    {"one need is served, and no more may be",
     {NEW_NEEDS, NEW_OFFERS, RULES(",count,of", "R-1,count,1,needs\n")},
     "new 10.00",
     ""},
    {"one donor gives, and two may",
     {NEW_NEEDS, NEW_OFFERS, RULES(",count,of", "R-1,count,2,donors\n")},
     "new 10.00 enough",
     ""},
    {"20 at a time or nothing: 10 are below that",
     {NEW_NEEDS, NEW_OFFERS, RULES(",value,each", "R-1,ticket,20,need\n")},
     "new 10.00",
     ""},
    {"all of one beneficiary, which may have one need served",
     {NEEDS(",beneficiary", "N1,SW,10,EUR,T\nN2,HW,45,EUR,T\n"),
      NEW_OFFERS,
      {"beneficiaries.csv", "id,max_needs\nT,1\n"}},
     "new 10.00",
     ""},
    {"USD 1,666.67 at 0.9 keep N2's EUR 1,500.00, being EUR 1,500.003: 15 more, and no less",
     {NEEDS(",beneficiary", "N1,SW,75,EUR,\nN2,HW,2000,USD,T\n"),
      OFFERS(",category", "O1,DE,4000,EUR,HW\nO2,FR,60,EUR,SW\n"),
      {"rates.csv", "currency,rate\nUSD,0.9\n"},
      {"beneficiaries.csv", "id,max_value\nT,1500\n"}},
     "one O2 15.00 (15.00)",
     ""},
    {"met in full", {NEEDS("", "N1,HW,10,EUR\n"), OFFERS("", "O1,DE,60,EUR\n")}, "", ""},
};

enum { TEXT_MOST = 400 };

static void say(char *text, const char *piece)
{
    size_t length = strlen(text);
    snprintf(text + length, TEXT_MOST - length, "%s", piece);
}

static void say_amount(char *text, const char *before, Unit unit, int64_t amount,
                       const char *behind)
{
    char digits[40];
    unit_format(unit, amount, digits);
    say(text, before);
    say(text, digits);
    say(text, behind);
}

static void say_gift(char *text, const Round *round, const AskGift *gift, bool least)
{
    Unit unit = round->offers[gift->offer].unit;
    say(text, " ");
    say(text, round->offers[gift->offer].id);
    say_amount(text, " ", unit, gift->extra, "");
    if (least && gift->least != gift->extra)
        say_amount(text, "/", unit, gift->least, "");
    if (gift->has_value)
        say_amount(text, " (", round->currency, gift->value, ")");
}

static void ask_text(const Pipeline *run, int need, char *text)
{
    const NeedAsk *ask = &run->plan.answers.asks->needs[need];
    *text = '\0';
    say(text, ask_state_text(ask->state));
    for (int i = 0; i < ask->gift_count; i++)
        say_gift(text, &run->round, &ask->gifts[i], ask->state == ASK_ONE);
    if (ask->state != ASK_NEW)
        return;
    say_amount(text, " ", run->round.needs[need].unit, ask->amount, "");
    say(text, ask->enough ? " enough" : "");
}

static void loosen_text(const Pipeline *run, int need, char *text)
{
    const NeedAsk *ask = &run->plan.answers.asks->needs[need];
    *text = '\0';
    for (int i = 0; i < ask->loosen_count; i++) {
        say(text, i == 0 ? "" : ", ");
        say(text, ask->loosen[i].id);
        say(text, " ");
        say(text, ask->loosen[i].column);
    }
}

static void every_form_of_ask_is_the_one_worked_by_hand(void **state)
{
    char text[TEXT_MOST];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const AskCase *c = &CASES[i];
        Pipeline *run = case_plan(c->files);
        pipeline_asks(run);
        int need = round_find_need(&run->round, "N1");
        ask_text(run, need, text);
        assert_case_text(c->label, text, c->ask);
        loosen_text(run, need, text);
        assert_case_text(c->label, text, c->loosen);
        pipeline_free(run);
    }
}

/** Three kits are left: N2 lacks one of four, N1 two of five. N2 unlocks 400 for 100, N1 500 for 200, so
 *  N2 comes first; the three are used then, and N1 has to be asked for in full. */
static void an_appeal_does_not_count_what_is_left_twice(void **state)
{
    static const CaseFile files[CASE_FILES] = {
        NEEDS(",indivisible,unit_cost", "N1,HW,5,kit,yes,100\nN2,HW,4,kit,yes,100\n"),
        OFFERS("", "O1,DE,3,kit\n")};
    static const char *const LINES[] = {"N2 O1 1 (100.00): 100.00 of 100.00, 400.00 of 400.00",
                                        "N1 O1 5 (500.00): 500.00 of 600.00, 500.00 of 900.00"};
    char text[TEXT_MOST];
    (void)state;
    Pipeline *run = case_plan(files);
    pipeline_asks(run);
    const Asks *asks = run->plan.answers.asks;
    ask_text(run, round_find_need(&run->round, "N1"), text);
    assert_string_equal(text, "one O1 2 (200.00)");
    assert_int_equal(asks->appeal_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const AppealStep *step = &asks->appeal[i];
        *text = '\0';
        say(text, run->round.needs[step->need].id);
        for (int k = 0; k < step->gift_count; k++)
            say_gift(text, &run->round, &step->gifts[k], false);
        say_amount(text, ": ", run->round.currency, step->value, "");
        say_amount(text, " of ", run->round.currency, step->total_value, "");
        say_amount(text, ", ", run->round.currency, step->unlocked, "");
        say_amount(text, " of ", run->round.currency, step->total_unlocked, "");
        assert_string_equal(text, LINES[i]);
    }
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_of_ask_is_the_one_worked_by_hand),
        cmocka_unit_test(an_appeal_does_not_count_what_is_left_twice),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
