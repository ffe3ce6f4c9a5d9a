/* Each check of eligibility, with the row and the column that bar; what `pairs` overrides; what a
 * child inherits.
 */
#include "tests/support/round_case.h"

#include <string.h>

typedef struct BarCase {
    const char *label;
    CaseFile files[CASE_FILES];
    BarCheck check;
    TableKind table;
    int line;
    const char *column;
} BarCase;

#define NEED(heading, cells)                                                                       \
    {                                                                                              \
        "needs.csv", "id,category,quantity,unit" heading "\nN1,HW," cells "\n"                     \
    }
#define OFFER(heading, cells)                                                                      \
    {                                                                                              \
        "offers.csv", "id,donor,quantity,unit" heading "\nO1,DE," cells "\n"                       \
    }
#define CHILD(heading, parent, child)                                                              \
    {                                                                                              \
        "offers.csv", "id,donor,quantity,unit,parent" heading "\nO0,DE,100,EUR,," parent           \
                      "\nO1,DE,100,EUR,O0," child "\n"                                             \
    }
#define START                                                                                      \
    {                                                                                              \
        "settings.csv", "key,value\nstart,2026-01-15\n"                                            \
    }

/** Asks of N1 and O1. */
static void assert_bars(const BarCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const BarCase *c = &cases[i];
        Pipeline *run = case_formulate(c->files);
        if (run->status != STATUS_OK)
            pipeline_print(run);
        assert_case_int(c->label, run->status, STATUS_OK);
        Bar bar = eligibility_bar(&run->round, round_find_need(&run->round, "N1"),
                                  round_find_offer(&run->round, "O1"));
        assert_case_text(c->label, bar_text(bar.check), bar_text(c->check));
        if (c->check != BAR_NOTHING) {
            assert_case_int(c->label, bar.origin.table, c->table);
            assert_case_int(c->label, bar.origin.line, c->line);
            assert_case_text(c->label, bar.column, c->column);
        }
        bool pair = pair_set_find(&run->pairs, 0, round_find_offer(&run->round, "O1")) >= 0;
        assert_case_int(c->label, pair, c->check == BAR_NOTHING);
        pipeline_free(run);
    }
}

static const BarCase CHECKS[] = {
    {"nothing", {NEED("", "10,EUR"), OFFER("", "10,EUR")}, BAR_NOTHING, 0, 0, ""},
    {"a pair ruled out",
     {{"pairs.csv", "need,offer,eligible\nN1,O1,no\n"}},
     BAR_PAIR_NO,
     TABLE_PAIRS,
     2,
     "eligible"},
    {"a pair not listed",
     {{"settings.csv", "key,value\neligibility,pairs\n"}},
     BAR_UNLISTED,
     TABLE_OFFERS,
     2,
     ""},
    {"another category",
     {OFFER(",category", "10,EUR,SW;TRN")},
     BAR_CATEGORY,
     TABLE_OFFERS,
     2,
     "category"},
    {"another thing",
     {NEED("", "10,seat"), OFFER("", "10,kit")},
     BAR_UNIT,
     TABLE_OFFERS,
     2,
     "unit"},
    {"money for what has no price", {NEED("", "10,seat")}, BAR_UNIT, TABLE_OFFERS, 2, "unit"},
    {"things for money", {OFFER("", "10,seat")}, BAR_UNIT, TABLE_OFFERS, 2, "unit"},
    {"an unknown amount", {OFFER("", "tbd,EUR")}, BAR_AMOUNT, TABLE_OFFERS, 2, "quantity"},
    {"a pledge", {OFFER(",status", "10,EUR,pledged")}, BAR_STATUS, TABLE_OFFERS, 2, "status"},
    {"another need",
     {OFFER(",only_needs", "10,EUR,N2"), {"needs.csv", "id,category,quantity\nN1,HW,1\nN2,HW,1\n"}},
     BAR_EARMARK,
     TABLE_OFFERS,
     2,
     "only_needs"},
    {"a tag that is excluded",
     {NEED(",tags", "10,EUR,linux;scada"), OFFER(",not_tags", "10,EUR,scada")},
     BAR_EXCLUSION,
     TABLE_OFFERS,
     2,
     "not_tags"},
    {"too late, lead included",
     {NEED(",deadline", "10,EUR,2026-03-10"),
      OFFER(",valid_from,lead_days", "10,EUR,2026-03-01,10")},
     BAR_WINDOW,
     TABLE_OFFERS,
     2,
     "valid_from"},
    {"on the last day",
     {NEED(",deadline", "10,EUR,2026-03-11"),
      OFFER(",valid_from,lead_days", "10,EUR,2026-03-01,10")},
     BAR_NOTHING,
     0,
     0,
     ""},
    {"over before it is of use",
     {NEED(",earliest", "10,EUR,2026-03-02"), OFFER(",valid_to", "10,EUR,2026-03-01")},
     BAR_WINDOW,
     TABLE_OFFERS,
     2,
     "valid_to"},
    {"lapsed before the start",
     {START, OFFER(",lapses", "10,EUR,2026-01-14")},
     BAR_LAPSED,
     TABLE_OFFERS,
     2,
     "lapses"},
    {"lapsing on the first day",
     {START, OFFER(",lapses", "10,EUR,2026-01-15")},
     BAR_NOTHING,
     0,
     0,
     ""},
    {"ODA in part",
     {NEED(",oda", "10,EUR,partial"), OFFER(",oda_only", "10,EUR,yes")},
     BAR_ODA,
     TABLE_OFFERS,
     2,
     "oda_only"},
    {"ODA", {NEED(",oda", "10,EUR,yes"), OFFER(",oda_only", "10,EUR,yes")}, BAR_NOTHING, 0, 0, ""},
    {"a civil part that is covered",
     {NEED(",civil_share,covered", "10,EUR,0.4,4"), OFFER(",civil_only", "10,EUR,yes")},
     BAR_CIVIL,
     TABLE_OFFERS,
     2,
     "civil_only"},
    {"a civil part of a cent",
     {NEED(",civil_share,covered", "10,EUR,0.4,3.99"), OFFER(",civil_only", "10,EUR,yes")},
     BAR_NOTHING,
     0,
     0,
     ""},
    {"forbidden",
     {{"rules.csv", "id,kind,need,donor\nR1,forbid,N2,DE\nR2,forbid,N1,DE\n"}},
     BAR_FORBID,
     TABLE_RULES,
     3,
     ""},
    {"ruled out by what is agreed",
     {{"commitments.csv", "need,offer,kind\nN1,O1,forbidden\n"}},
     BAR_COMMITMENT,
     TABLE_COMMITMENTS,
     2,
     "kind"},
    {"a need of unknown amount",
     {NEED("", "tbd,EUR")},
     BAR_NEED_UNKNOWN,
     TABLE_NEEDS,
     2,
     "quantity"},
    {"a need that is not ready",
     {NEED(",ready", "10,EUR,no")},
     BAR_NEED_NOT_READY,
     TABLE_NEEDS,
     2,
     "ready"},
};

static void each_check_bars_with_its_row_and_column(void **state)
{
    (void)state;
    assert_bars(CHECKS, COUNT_OF(CHECKS));
}

static const BarCase EARMARKS[] = {
    {"only_beneficiaries",
     {NEED(",beneficiary", "10,EUR,MOH"), OFFER(",only_beneficiaries", "10,EUR,MOH")},
     BAR_NOTHING,
     0,
     0,
     ""},
    {"only_tags, one of several",
     {NEED(",tags", "10,EUR,linux;scada"), OFFER(",only_tags", "10,EUR,scada;cisco")},
     BAR_NOTHING,
     0,
     0,
     ""},
    {"only_regions by the beneficiary's region",
     {NEED(",beneficiary", "10,EUR,MOH"),
      OFFER(",only_regions", "10,EUR,UA-30"),
      {"beneficiaries.csv", "id,region\nMOH,UA-30\n"}},
     BAR_NOTHING,
     0,
     0,
     ""},
    {"not_regions by the need's own region",
     {NEED(",beneficiary,region", "10,EUR,MOH,UA-61"),
      OFFER(",not_regions", "10,EUR,UA-61"),
      {"beneficiaries.csv", "id,region\nMOH,UA-30\n"}},
     BAR_EXCLUSION,
     TABLE_OFFERS,
     2,
     "not_regions"},
};

static void earmarks_ask_the_need_and_its_beneficiary(void **state)
{
    (void)state;
    assert_bars(EARMARKS, COUNT_OF(EARMARKS));
}

#define YES                                                                                        \
    {                                                                                              \
        "pairs.csv", "need,offer,eligible\nN1,O1,yes\n"                                            \
    }

static const BarCase OVERRIDES[] = {
    {"a category", {OFFER(",category", "10,EUR,SW"), YES}, BAR_NOTHING, 0, 0, ""},
    {"an earmark",
     {NEED(",tags", "10,EUR,linux"), OFFER(",only_tags", "10,EUR,cisco-ios"), YES},
     BAR_NOTHING,
     0,
     0,
     ""},
    {"units, by a use",
     {OFFER("", "10,seat"), {"pairs.csv", "need,offer,use\nN1,O1,0.01\n"}},
     BAR_NOTHING,
     0,
     0,
     ""},
    {"not an exclusion",
     {NEED(",tags", "10,EUR,scada"), OFFER(",not_tags", "10,EUR,scada"), YES},
     BAR_EXCLUSION,
     TABLE_OFFERS,
     2,
     "not_tags"},
    {"not ODA",
     {NEED(",oda", "10,EUR,no"), OFFER(",oda_only", "10,EUR,yes"), YES},
     BAR_ODA,
     TABLE_OFFERS,
     2,
     "oda_only"},
    {"not ready", {NEED(",ready", "10,EUR,no"), YES}, BAR_NEED_NOT_READY, TABLE_NEEDS, 2, "ready"},
    {"not forbid",
     {YES, {"rules.csv", "id,kind,need\nR1,forbid,N1\n"}},
     BAR_FORBID,
     TABLE_RULES,
     2,
     ""},
};

static void a_pair_that_says_yes_overrides_category_and_earmarks_alone(void **state)
{
    (void)state;
    assert_bars(OVERRIDES, COUNT_OF(OVERRIDES));
}

static const BarCase CHAINS[] = {
    {"a status", {CHILD(",status", "pledged", "paid")}, BAR_STATUS, TABLE_OFFERS, 2, "status"},
    {"a flag", {CHILD(",oda_only", "yes", "")}, BAR_ODA, TABLE_OFFERS, 2, "oda_only"},
    {"an exclusion", {CHILD(",not_needs", "N1", "")}, BAR_EXCLUSION, TABLE_OFFERS, 2, "not_needs"},
    {"a window",
     {NEED(",earliest", "1,EUR,2026-02-01"), CHILD(",valid_to", "2026-01-31", "")},
     BAR_WINDOW,
     TABLE_OFFERS,
     2,
     "valid_to"},
    {"a category is its own", {CHILD(",category", "SW", "HW")}, BAR_NOTHING, 0, 0, ""},
};

static void a_child_inherits_what_bars_its_parent(void **state)
{
    (void)state;
    assert_bars(CHAINS, COUNT_OF(CHAINS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_check_bars_with_its_row_and_column),
        cmocka_unit_test(earmarks_ask_the_need_and_its_beneficiary),
        cmocka_unit_test(a_pair_that_says_yes_overrides_category_and_earmarks_alone),
        cmocka_unit_test(a_child_inherits_what_bars_its_parent),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
