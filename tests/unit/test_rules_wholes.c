/* Rules of all or nothing, tickets, counts and fees: the pairs, bounds and items they become, worked
 * by hand, and when none is made.
 */
#include "tests/support/case_tables.h"

#include <stdio.h>

#define PRICED_NEEDS(columns, rows) NEEDS(",unit_cost,beneficiary" columns, rows)
#define OFFERS_BELOW(columns, rows) OFFERS(",parent" columns, rows)
#define SEATS INT64_C(1000000)

/* N1 100 EUR and N3 40 USD of MOH, N2 5 seats at 20 EUR of ZHY, N4 9 EUR of nobody. O1 money of DE and
 * its child O3, channelled by FR; O2 seats of FR; O4 dollars of FR.
 * The pairs: N1 O1 O3 O4, N2 O1 O2 O3 O4, N3 O1 O3 O4, N4 O1 O3 O4. */
#define PLAIN_NEEDS                                                                                \
    PRICED_NEEDS("", "N1,HW,100,EUR,,MOH\nN2,HW,5,seat,20,ZHY\nN3,HW,40,USD,,MOH\nN4,HW,9,EUR,,"   \
                     "\n")
#define PLAIN_OFFERS                                                                               \
    OFFERS_BELOW("", "O1,DE,100,EUR,\nO2,FR,5,seat,\nO3,FR,80,USD,O1\nO4,FR,90,USD,\n")

enum { PAIRS_AT_MOST = 16, RULES_AT_MOST = 6 };

/** What one rule must be; the list ends with a NULL id. */
typedef struct WantedRule {
    const char *id, *column, *each;
    RuleForm form;
    const char *unit;
    RuleMeasure measure;
    int64_t bound;     /* lower of FORM_OR_NOTHING, upper of FORM_AT_MOST */
    const char *pairs; /* "N1 O1, N1 O3" */
    const char *items; /* FORM_AT_MOST: one digit a pair */
} WantedRule;

typedef struct WholesCase {
    const char *label;
    RuleFamily family;
    CaseFile files[CASE_FILES];
    WantedRule want[RULES_AT_MOST];
} WholesCase;

static const char *pairs_text(const Pipeline *run, const Rule *rule, char *out, size_t size)
{
    size_t length = 0;
    out[0] = '\0';
    for (size_t k = 0; k < rule->count && length < size; k++) {
        const Pair *pair = &run->pairs.pairs[rule->pairs[k]];
        length +=
            (size_t)snprintf(out + length, size - length, "%s%s %s", k == 0 ? "" : ", ",
                             run->round.needs[pair->need].id, run->round.offers[pair->offer].id);
    }
    return out;
}

static void assert_rule(const char *label, const Pipeline *run, const Rule *rule,
                        const WantedRule *want)
{
    char pairs[512], items[PAIRS_AT_MOST + 1] = "";
    assert_case_text(label, rule->id, want->id);
    assert_case_text(label, rule->column, want->column);
    assert_case_text(label, rule->each, want->each == NULL ? "" : want->each);
    assert_case_int(label, rule->form, want->form);
    assert_case_text(label, pairs_text(run, rule, pairs, sizeof pairs), want->pairs);
    assert_case_int(label, rule->asked, want->bound);
    assert_false(rule->has_lower || rule->has_upper || rule->of_total);
    if (want->form == FORM_OR_NOTHING) {
        assert_case_int(label, rule->lower, want->bound);
        assert_case_int(label, rule->measure, want->measure);
        assert_case_text(label, rule->unit.name, want->unit);
        assert_case_int(label, rule->item_count, 0);
        return;
    }
    int most = 0;
    for (size_t k = 0; k < rule->count && k < PAIRS_AT_MOST; k++) {
        items[k] = (char)('0' + rule->item[k]);
        most = rule->item[k] > most ? rule->item[k] : most;
    }
    assert_case_text(label, items, want->items);
    assert_case_int(label, rule->item_count, most + 1);
    assert_case_int(label, rule->upper, want->bound);
}

static void assert_wholes(const WholesCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Pipeline *run = case_formulate(cases[i].files);
        size_t found = 0, wanted = 0;
        while (wanted < RULES_AT_MOST && cases[i].want[wanted].id != NULL)
            wanted++;
        if (run->status != STATUS_OK)
            pipeline_print(run);
        assert_case_int(cases[i].label, run->status, STATUS_OK);
        for (size_t r = 0; r < run->rules.count; r++)
            if (run->rules.rules[r].family == cases[i].family) {
                if (found < wanted)
                    assert_rule(cases[i].label, run, &run->rules.rules[r], &cases[i].want[found]);
                found++;
            }
        assert_case_int(cases[i].label, (int64_t)found, (int64_t)wanted);
        pipeline_free(run);
    }
}

/* ---- C6 ------------------------------------------------------------------------------------- */

#define MINIMUM(id, column, unit, bound, pairs)                                                    \
    {                                                                                              \
        id, column, NULL, FORM_OR_NOTHING, unit, COUNT_NEED_UNITS, bound, pairs, NULL              \
    }

static const WholesCase MINIMA[] = {
    {"none asks for one", FAMILY_MINIMUM, {RATES, PLAIN_NEEDS, PLAIN_OFFERS}, {{.id = NULL}}},
    {"of every kind",
     FAMILY_MINIMUM,
     {PRICED_NEEDS(",min_quantity,min_share,indivisible,bundle",
                   "N1,HW,100,EUR,,,30.5,,,\nN2,HW,5,seat,20,,,0.5,,\nN3,HW,7,EUR,,,,,yes,\n"
                   "N4,HW,8,EUR,,,,,,B\n"),
      OFFERS_BELOW("", "O1,DE,100,EUR,\nO2,FR,5,seat,\n")},
     {MINIMUM("N1", "min_quantity", "EUR", 3050, "N1 O1"),
      MINIMUM("N2", "min_share", "seat", 3 * SEATS, "N2 O1, N2 O2"),
      MINIMUM("N3", "indivisible", "EUR", 700, "N3 O1"),
      MINIMUM("N4", "bundle", "EUR", 800, "N4 O1")}},
    {"a step, a seat, nothing wanted, nobody to give",
     FAMILY_MINIMUM,
     {PRICED_NEEDS(",min_quantity,indivisible,covered",
                   "N1,HW,100,EUR,,,0.01,,\nN2,HW,1,seat,20,,,yes,\nN3,HW,100,EUR,,,,yes,100\n"
                   "N4,XX,100,kit,,,,yes,\nN5,HW,unknown,EUR,,,5,,\nN6,HW,100,EUR,,,50,,50\n"),
      OFFERS_BELOW("", "O1,DE,100,EUR,\nO2,FR,5,seat,\n")},
     {{.id = NULL}}},
};

static void a_least_amount_is_a_rule_where_it_is_more_than_a_step(void **state)
{
    (void)state;
    assert_wholes(MINIMA, COUNT_OF(MINIMA));
}

/* ---- C7 ------------------------------------------------------------------------------------- */

#define TICKET(id, column, each, unit, measure, bound, pairs)                                      \
    {                                                                                              \
        id, column, each, FORM_OR_NOTHING, unit, measure, bound, pairs, NULL                       \
    }

static const WholesCase TICKETS[] = {
    {"an offer's own lines, one by one",
     FAMILY_TICKET,
     {RATES, PLAIN_NEEDS,
      OFFERS_BELOW(",min_ticket", "O1,DE,100,EUR,,20\nO2,FR,5,seat,,2\nO3,FR,80,USD,O1,\n")},
     {TICKET("O1", "min_ticket", "N1", "EUR", COUNT_OFFER_UNITS, 2000, "N1 O1"),
      TICKET("O1", "min_ticket", "N2", "EUR", COUNT_OFFER_UNITS, 2000, "N2 O1"),
      TICKET("O2", "min_ticket", "N2", "seat", COUNT_OFFER_UNITS, 2 * SEATS, "N2 O2"),
      TICKET("O1", "min_ticket", "N3", "EUR", COUNT_OFFER_UNITS, 2000, "N3 O1"),
      TICKET("O1", "min_ticket", "N4", "EUR", COUNT_OFFER_UNITS, 2000, "N4 O1")}},
    /* DE's money is O1 and O3; FR's O4, not what it channels; its seats are no money */
    {"a donor's money for each need, what it is the root of",
     FAMILY_TICKET,
     {RATES,
      PRICED_NEEDS("", "N1,HW,100,EUR,,MOH\nN2,HW,5,seat,20,ZHY\n"),
      PLAIN_OFFERS,
      {"donors.csv", "id,min_ticket,currency\nDE,25,USD\nFR,7,EUR\n"}},
     {TICKET("DE", "min_ticket", "N1", "USD", COUNT_OFFER_UNITS, 2500, "N1 O1, N1 O3"),
      TICKET("FR", "min_ticket", "N1", "EUR", COUNT_OFFER_UNITS, 700, "N1 O4"),
      TICKET("DE", "min_ticket", "N2", "USD", COUNT_OFFER_UNITS, 2500, "N2 O1, N2 O3"),
      TICKET("FR", "min_ticket", "N2", "EUR", COUNT_OFFER_UNITS, 700, "N2 O4")}},
    {"a row: all pairs together",
     FAMILY_TICKET,
     {RATES, PLAIN_NEEDS, PLAIN_OFFERS,
      RULES(",need,value,currency", "R1,ticket,N3;N4,50.01,USD\n")},
     {TICKET("R1", "value", NULL, "EUR", COUNT_VALUE, 4001, /* 40.008, up */
             "N3 O1, N3 O3, N3 O4, N4 O1, N4 O3, N4 O4")}},
    {"a row for each donor of a line, its own and not its root",
     FAMILY_TICKET,
     {RATES, PLAIN_NEEDS, PLAIN_OFFERS,
      RULES(",need,each,quantity,unit", "R1,ticket,N2,donor,2.5,seat\n")},
     {TICKET("R1", "quantity", "donor DE", "seat", COUNT_NEED_UNITS, 2500000, "N2 O1"),
      TICKET("R1", "quantity", "donor FR", "seat", COUNT_NEED_UNITS, 2500000,
             "N2 O2, N2 O3, N2 O4")}},
    {"a row in the offers' unit",
     FAMILY_TICKET,
     {RATES, PLAIN_NEEDS, PLAIN_OFFERS,
      RULES(",need,offer,quantity,unit", "R1,ticket,N1;N2,O3,10,USD\n")},
     {TICKET("R1", "quantity", NULL, "USD", COUNT_OFFER_UNITS, 1000, "N1 O3, N2 O3")}},
};

static void a_ticket_holds_for_its_lines_or_for_none(void **state)
{
    (void)state;
    assert_wholes(TICKETS, COUNT_OF(TICKETS));
}

/* Each line is rounded up by itself, in the offer's currency and then in the donor's. */
static void a_donors_ticket_counts_gross_rounded_up_and_converted(void **state)
{
    const CaseFile files[] = {RATES,
                              PRICED_NEEDS("", "N1,HW,100,EUR,,\n"),
                              OFFERS_BELOW(",overhead", "O1,DE,100,EUR,,0.1\n"),
                              {"donors.csv", "id,min_ticket,currency\nDE,25,USD\n"},
                              {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    const Rule *rule = case_rule_of(run, FAMILY_TICKET, "DE");
    int64_t amount;
    (void)state;
    /* 10.00 EUR net: 11.111 gross, up 11.12 EUR; at 0.8 13.90 USD */
    assert_true(rule_amount(&run->round, &run->pairs, rule, 0, 1000, &amount));
    assert_int_equal(amount, 1390);
    /* 0.01: 0.0111, up 0.02 EUR, 0.025 USD, up 0.03 */
    assert_true(rule_amount(&run->round, &run->pairs, rule, 0, 1, &amount));
    assert_int_equal(amount, 3);
    pipeline_free(run);
}

/* ---- C8 ------------------------------------------------------------------------------------- */

#define NUMBER(id, column, each, bound, pairs, items)                                              \
    {                                                                                              \
        id, column, each, FORM_AT_MOST, NULL, COUNT_NEED_UNITS, bound, pairs, items                \
    }

static const WholesCase NUMBERS[] = {
    /* the donors of a need are those at the root: O1 and O3 are one */
    {"donors of a need",
     FAMILY_NUMBER,
     {RATES,
      PRICED_NEEDS(",max_donors",
                   "N1,HW,100,EUR,,MOH,1\nN2,HW,5,seat,20,ZHY,2\nN3,HW,40,USD,,MOH,1\n"),
      PLAIN_OFFERS},
     {NUMBER("N1", "max_donors", NULL, 1, "N1 O1, N1 O3, N1 O4", "001"),
      NUMBER("N3", "max_donors", NULL, 1, "N3 O1, N3 O3, N3 O4", "001")}},
    {"needs of an offer: its own lines, not those of its child",
     FAMILY_NUMBER,
     {RATES, PLAIN_NEEDS,
      OFFERS_BELOW(",max_needs", "O1,DE,100,EUR,,2\nO2,FR,5,seat,,1\nO3,FR,80,USD,O1,4\n")},
     {NUMBER("O1", "max_needs", NULL, 2, "N1 O1, N2 O1, N3 O1, N4 O1", "0123")}},
    {"needs of a donor: all its money and things, at the root",
     FAMILY_NUMBER,
     {RATES, PLAIN_NEEDS, PLAIN_OFFERS, {"donors.csv", "id,max_needs\nDE,4\nFR,3\n"}},
     {NUMBER("FR", "max_needs", NULL, 3, "N1 O4, N2 O2, N2 O4, N3 O4, N4 O4", "01123")}},
    {"needs of a beneficiary",
     FAMILY_NUMBER,
     {RATES,
      PLAIN_NEEDS,
      OFFERS_BELOW("", "O1,DE,100,EUR,\n"),
      {"beneficiaries.csv", "id,max_needs\nMOH,1\nZHY,1\n"}},
     {NUMBER("MOH", "max_needs", NULL, 1, "N1 O1, N3 O1", "01")}},
    {"a row that counts donors",
     FAMILY_NUMBER,
     {RATES, PLAIN_NEEDS, PLAIN_OFFERS, RULES(",need,count,of", "R1,count,N1;N4,1,donors\n")},
     {NUMBER("R1", "count", NULL, 1, "N1 O1, N1 O3, N1 O4, N4 O1, N4 O3, N4 O4", "001001")}},
    {"a row that counts offers, each by itself",
     FAMILY_NUMBER,
     {RATES, PLAIN_NEEDS, PLAIN_OFFERS, RULES(",need,count,of", "R1,count,N1;N4,2,offers\n")},
     {NUMBER("R1", "count", NULL, 2, "N1 O1, N1 O3, N1 O4, N4 O1, N4 O3, N4 O4", "012012")}},
    {"a row that counts beneficiaries leaves out who is nobody's",
     FAMILY_NUMBER,
     {RATES, PLAIN_NEEDS, OFFERS_BELOW("", "O1,DE,100,EUR,\n"),
      RULES(",count,of", "R1,count,1,beneficiaries\n")},
     {NUMBER("R1", "count", NULL, 1, "N1 O1, N2 O1, N3 O1", "010")}},
    {"a row for each donor, the line's own; none where it cannot bind",
     FAMILY_NUMBER,
     {RATES, PLAIN_NEEDS, OFFERS_BELOW("", "O1,DE,100,EUR,\nO2,FR,5,seat,\nO3,FR,80,USD,O1\n"),
      RULES(",each,count,of", "R1,count,donor,1,offers\n")},
     {NUMBER("R1", "count", "donor FR", 1, "N1 O3, N2 O2, N2 O3, N3 O3, N4 O3", "01000")}},
    {"none at all",
     FAMILY_NUMBER,
     {RATES, PLAIN_NEEDS, OFFERS_BELOW("", "O1,DE,100,EUR,\n"),
      RULES(",need,count,of", "R1,count,N4,0,needs\n")},
     {NUMBER("R1", "count", NULL, 0, "N4 O1", "0")}},
    {"as many as there are",
     FAMILY_NUMBER,
     {RATES, PLAIN_NEEDS, OFFERS_BELOW("", "O1,DE,100,EUR,\n"),
      RULES(",count,of", "R1,count,4,needs\nR2,count,2,beneficiaries\nR3,count,1,donors\n")},
     {{.id = NULL}}},
    {"nothing to count",
     FAMILY_NUMBER,
     {RATES, PRICED_NEEDS("", "N1,XX,5,kit,,\nN2,HW,5,EUR,,\n"),
      OFFERS_BELOW("", "O1,DE,100,EUR,\n"), RULES(",need,count,of", "R1,count,N1,0,needs\n")},
     {{.id = NULL}}},
};

static void what_is_counted_is_numbered_in_order_of_its_first_pair(void **state)
{
    (void)state;
    assert_wholes(NUMBERS, COUNT_OF(NUMBERS));
}

/* ---- fees ----------------------------------------------------------------------------------- */

static void a_fee_is_its_value_at_the_rate_once_for_each_combination(void **state)
{
    const CaseFile files[] = {RATES,
                              PLAIN_NEEDS,
                              OFFERS_BELOW("", "O1,DE,100,EUR,\nO2,FR,5,seat,\n"),
                              RULES(",each,value,currency", "R1,fee,donor,0.333,USD\n"
                                                            "R2,fee,,5,EUR\n"),
                              {NULL, NULL}};
    static const struct {
        const char *id, *each, *pairs;
        int64_t num, den;
    } want[] = {{"R1", "donor DE", "N1 O1, N2 O1, N3 O1, N4 O1", 2664, 100}, /* cents: 26.64 */
                {"R1", "donor FR", "N2 O2", 2664, 100},
                {"R2", "", "N1 O1, N2 O1, N2 O2, N3 O1, N4 O1", 500, 1}};
    Pipeline *run = case_formulate(files);
    size_t found = 0;
    (void)state;
    assert_int_equal(run->status, STATUS_OK);
    for (size_t r = 0; r < run->rules.count; r++) {
        const Rule *rule = &run->rules.rules[r];
        char pairs[256];
        if (rule->family != FAMILY_FEE)
            continue;
        assert_true(found < COUNT_OF(want));
        assert_int_equal(rule->form, FORM_FEE);
        assert_string_equal(rule->id, want[found].id);
        assert_string_equal(rule->each, want[found].each);
        assert_string_equal(pairs_text(run, rule, pairs, sizeof pairs), want[found].pairs);
        assert_int_equal(ratio_compare(rule->fee, ratio_of(want[found].num, want[found].den)), 0);
        assert_false(rule->has_lower || rule->has_upper);
        found++;
    }
    assert_int_equal(found, COUNT_OF(want));
    pipeline_free(run);
}

static void each_family_has_its_label(void **state)
{
    (void)state;
    assert_string_equal(rule_family_label(FAMILY_MINIMUM), "C6");
    assert_string_equal(rule_family_label(FAMILY_TICKET), "C7");
    assert_string_equal(rule_family_label(FAMILY_NUMBER), "C8");
    assert_string_equal(rule_family_label(FAMILY_FEE), "fee");
}

/* ---- what has no rate ------------------------------------------------------------------------ */

static void a_ticket_in_a_currency_without_a_rate_is_an_error(void **state)
{
    static const WrongRound wrong[] = {
        {"a donor's ticket, and no budget",
         {{"donors.csv", "id,min_ticket,currency\nDE,5,USD\nFR,,\n"}},
         DIAG_RATE_MISSING,
         "donors.csv",
         2,
         "currency",
         "there is no rate for USD"},
    };
    (void)state;
    assert_wrong_rounds(wrong, COUNT_OF(wrong));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_least_amount_is_a_rule_where_it_is_more_than_a_step),
        cmocka_unit_test(a_ticket_holds_for_its_lines_or_for_none),
        cmocka_unit_test(a_donors_ticket_counts_gross_rounded_up_and_converted),
        cmocka_unit_test(what_is_counted_is_numbered_in_order_of_its_first_pair),
        cmocka_unit_test(a_fee_is_its_value_at_the_rate_once_for_each_combination),
        cmocka_unit_test(each_family_has_its_label),
        cmocka_unit_test(a_ticket_in_a_currency_without_a_rate_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
