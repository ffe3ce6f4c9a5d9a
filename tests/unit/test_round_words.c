/* Words that lists point at: what matches, what a table only lists, what looks like a slip; and cells of
 * rules that are wrong, each told once.
 */
#include "tests/support/round_case.h"

#define OFFERS(heading, rows)                                                                      \
    {                                                                                              \
        "offers.csv", "id,donor,quantity,unit" heading "\n" rows                                   \
    }
#define RULES(heading, rows)                                                                       \
    {                                                                                              \
        "rules.csv", "id,kind" heading "\n" rows                                                   \
    }
#define NEEDS                                                                                      \
    {                                                                                              \
        "needs.csv", "id,category,quantity,beneficiary,region,tags\n"                              \
                     "N1,HW,10,MOH1,UA-30,health\n"                                                \
    }
#define BENEFICIARIES                                                                              \
    {                                                                                              \
        "beneficiaries.csv", "id,region\nMOH1,UA-30\nMOH2,UA-32\n"                                 \
    }

static const WrongRound WORDS[] = {
    {"an earmark for a beneficiary that asks for nothing",
     {NEEDS, BENEFICIARIES, OFFERS(",only_beneficiaries", "O1,DE,1,EUR,MOH2\n")},
     DIAG_MATCHES_NOTHING,
     "offers.csv",
     2,
     "only_beneficiaries",
     "beneficiary 'MOH2' is listed, but matches nothing in this round"},
    {"the same beneficiary where no table lists it",
     {NEEDS, OFFERS(",only_beneficiaries", "O1,DE,1,EUR,MOH2\n")},
     DIAG_ID_UNKNOWN,
     "offers.csv",
     2,
     "only_beneficiaries",
     "did you mean 'MOH1'"},
    {"a slip of a beneficiary that asks for nothing",
     {NEEDS,
      {"beneficiaries.csv", "id\nMOH1\nTERNOPIL\n"},
      OFFERS(",not_beneficiaries", "O1,DE,1,EUR,TERNOPOL\n")},
     DIAG_ID_UNKNOWN,
     "offers.csv",
     2,
     "not_beneficiaries",
     "did you mean 'TERNOPIL'"},
    {"an earmark for a region where nobody asks",
     {NEEDS, BENEFICIARIES, OFFERS(",only_regions", "O1,DE,1,EUR,UA-32\n")},
     DIAG_MATCHES_NOTHING,
     "offers.csv",
     2,
     "only_regions",
     "region 'UA-32' is listed"},
    {"a region that no table lists",
     {NEEDS, BENEFICIARIES, OFFERS(",only_regions", "O1,DE,1,EUR,UA-33\n")},
     DIAG_ID_UNKNOWN,
     "offers.csv",
     2,
     "only_regions",
     "region 'UA-33' is not known"},
    {"a region of Ukraine that differs from others by its number",
     {NEEDS, OFFERS(",not_regions", "O1,DE,1,EUR,UA-40\n")},
     DIAG_MATCHES_NOTHING,
     "offers.csv",
     2,
     "not_regions",
     "region 'UA-40' matches nothing"},
    {"the same in a rule",
     {NEEDS, OFFERS("", "O1,DE,1,EUR\n"), RULES(",region,value", "R1,limit,UA-32,5\n")},
     DIAG_MATCHES_NOTHING,
     "rules.csv",
     2,
     "region",
     "region 'UA-32' matches nothing"},
    {"a region of Ukraine with a slip",
     {NEEDS, OFFERS(",only_regions", "O1,DE,1,EUR,UA-3\n")},
     DIAG_ID_UNKNOWN,
     "offers.csv",
     2,
     "only_regions",
     "did you mean 'UA-30'"},
    {"a tag like one that needs have",
     {NEEDS, OFFERS(",only_tags", "O1,DE,1,EUR,heath\n")},
     DIAG_ID_UNKNOWN,
     "offers.csv",
     2,
     "only_tags",
     "did you mean 'health'"},
    {"a tag like none",
     {NEEDS, OFFERS(",only_tags", "O1,DE,1,EUR,ports\n")},
     DIAG_MATCHES_NOTHING,
     "offers.csv",
     2,
     "only_tags",
     "tag 'ports' matches nothing"},
    {"a need that is not there",
     {NEEDS, OFFERS(",only_needs", "O1,DE,1,EUR,SOMETHING\n")},
     DIAG_ID_UNKNOWN,
     "offers.csv",
     2,
     "only_needs",
     "need 'SOMETHING' is not known"},
    {"a rule on a donor that offers nothing",
     {{"donors.csv", "id\nDE1\nDE2\n"},
      OFFERS("", "O1,DE1,1,EUR\n"),
      RULES(",donor,value", "R1,limit,DE2,5\n")},
     DIAG_MATCHES_NOTHING,
     "rules.csv",
     2,
     "donor",
     "donor 'DE2' is listed"},
    {"a rule on a category that is offered and not asked for",
     {NEEDS,
      {"offers.csv", "id,donor,quantity,category\nO1,DE,1,HW;HW2\n"},
      RULES(",category,value", "R1,limit,HW2,5\n")},
     DIAG_MATCHES_NOTHING,
     "rules.csv",
     2,
     "category",
     "category 'HW2' is listed"},
};

static void a_word_that_a_table_lists_is_no_slip_of_another(void **state)
{
    (void)state;
    assert_wrong_rounds(WORDS, COUNT_OF(WORDS));
}

static const WrongRound CELLS[] = {
    {"a count below 0",
     {RULES(",count,of", "R1,count,-1,donors\n")},
     DIAG_NUMBER_RANGE,
     "rules.csv",
     2,
     "count",
     "'-1' is negative"},
    {"a count in words",
     {RULES(",count,of", "R1,count,two,donors\n")},
     DIAG_NUMBER,
     "rules.csv",
     2,
     "count",
     "'two' is not a number"},
    {"a count of something else",
     {RULES(",count,of", "R1,count,2,regions\n")},
     DIAG_WORD,
     "rules.csv",
     2,
     "of",
     "'regions' is not a word for this column"},
    {"a fee below 0",
     {RULES(",value", "R1,fee,-5\n")},
     DIAG_NUMBER_RANGE,
     "rules.csv",
     2,
     "value",
     "'-5' is negative"},
    {"a ticket below 0",
     {RULES(",quantity,unit", "R1,ticket,-5,seat\n")},
     DIAG_NUMBER_RANGE,
     "rules.csv",
     2,
     "quantity",
     "'-5' is negative"},
    {"a share above 1",
     {RULES(",share", "R1,limit,1.5\n")},
     DIAG_NUMBER_RANGE,
     "rules.csv",
     2,
     "share",
     "1.5"},
    {"no kind of rule",
     {RULES(",value", "R1,limits,5\n")},
     DIAG_WORD,
     "rules.csv",
     2,
     "kind",
     "'limits'"},
};

/* The row lacks its bound then, which is no second fault. */
static void a_wrong_cell_of_a_rule_is_one_finding(void **state)
{
    (void)state;
    assert_wrong_rounds(CELLS, COUNT_OF(CELLS));
}

/* A unit that a pair relates to a need's by `use` serves that need. */
static void a_unit_that_a_pair_relates_is_not_doubted(void **state)
{
    const CaseFile files[] = {{"needs.csv", "id,category,quantity,unit\nN1,HW,10,site\n"},
                              OFFERS("", "O1,DE,100,expert-day\n"),
                              {"pairs.csv", "need,offer,use\nN1,O1,5\n"},
                              {NULL, NULL}};
    Pipeline *run = case_formulate(files);
    size_t count;
    (void)state;
    (void)diag_findings(run->diag, &count);
    if (count > 0)
        pipeline_print(run);
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(count, 0);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_that_a_table_lists_is_no_slip_of_another),
        cmocka_unit_test(a_wrong_cell_of_a_rule_is_one_finding),
        cmocka_unit_test(a_unit_that_a_pair_relates_is_not_doubted),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
