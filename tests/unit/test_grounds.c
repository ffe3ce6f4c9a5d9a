/* What stands behind an unmet need, in tables and on sheets, on one round worked out by hand: N1 of the
 * first tier takes all 60 EUR of O1; N2 of the second asks for 30 and could have had them from O1, but
 * not from O2, which is for N3 alone; N3 is not ready.
 */
#include "tests/support/case_tables.h"

#include <stdlib.h>
#include <string.h>

#include "allot/cause_text.h"
#include "allot/report.h"
#include "io/grounds.h"
#include "tests/support/any_run_info.h"
#include "tests/support/report_text.h"

static Pipeline *answered_round(void)
{
    Pipeline *run = case_plan((CaseFile[]){
        NEEDS(",priority,ready", "N1,HW,60,EUR,1,\nN2,HW,30,EUR,2,\nN3,HW,10,EUR,2,no\n"),
        OFFERS(",only_needs", "O1,DE,60,EUR,\nO2,FR,50,EUR,N3\n"),
        SETTINGS("fairness,none\n"),
        {NULL, NULL}});
    SolveSettings settings = solve_settings_of(&run->round);
    pipeline_causes(run);
    run->plan.answers.causes = run->causes;
    assert_int_equal(
        solve_ranges(&run->form, &run->plan, &settings, run->arena, &run->plan.answers.ranges),
        STATUS_OK);
    return run;
}

static void assert_holds(const char *label, const char *text, const char *piece)
{
    if (text == NULL || strstr(text, piece) == NULL)
        fail_msg("%s lacks '%s':\n%s", label, piece, text == NULL ? "" : text);
}

static char *read_named(const char *dir, const char *name)
{
    char *path = test_path(dir, name);
    char *text = read_file(path, NULL);
    free(path);
    return text;
}

/** The file is @p head and then rows that begin like this. */
static void assert_table(const char *dir, const char *name, const char *head, const char *row)
{
    char *text = read_named(dir, name);
    assert_int_equal(strncmp(text, head, strlen(head)), 0);
    assert_holds(name, text + strlen(head), row);
    free(text);
}

static void tables_name_the_row_the_refused_and_the_rivals(void **state)
{
    (void)state;
    Pipeline *run = answered_round();
    char *dir = test_dir_make();
    const char *reasons =
        "need,tier,unmet,unit,code,table,row,id,column,part,freed,proof,sentence\n";
    pipeline_write(run, dir);
    assert_table(dir, "reasons.csv", reasons, "N2,2,30.00,EUR,HIGHER_TIERS,,,,,,30.00,proven,");
    assert_table(dir, "reasons.csv", reasons,
                 "N3,2,10.00,EUR,NOT_READY,needs,4,N3,ready,,,in the tables,");
    char *refused = read_named(dir, "refused.csv"), *rivals = read_named(dir, "rivals.csv");
    char *ranges = read_named(dir, "ranges.csv");
    assert_string_equal(refused, "need,offer,check,table,row,id,column,phrase\n"
                                 "N2,O2,earmark,offers,3,O2,only_needs,is earmarked for others\n");
    assert_string_equal(rivals, "need,tier,offer,rival,through,rival_tier,quantity,unit\n"
                                "N2,2,O1,N1,O1,1,60.00,EUR\n");
    assert_string_equal(ranges, "need,offer,quantity,unit,least,most,proof,others,short_by\n"
                                "N1,O1,60.00,EUR,60.00,60.00,forced,,0.00\n");
    free(refused);
    free(rivals);
    free(ranges);
    test_dir_remove(dir);
    pipeline_free(run);
}

static void what_helps_is_not_called_proven_where_a_search_before_it_ended(void **state)
{
    (void)state;
    Pipeline *run = answered_round();
    char *dir = test_dir_make();
    run->causes[1].proof = CAUSE_HELPS;
    assert_int_equal(
        cause_details(&run->round, run->pairs.sets, run->causes, run->arena, &run->plan),
        STATUS_OK);
    pipeline_write(run, dir);
    char *reasons = read_named(dir, "reasons.csv");
    assert_holds("reasons.csv", reasons, "N2,2,30.00,EUR,HIGHER_TIERS,,,,,,30.00,helps,");
    assert_holds("reasons.csv", reasons, "A search for something simpler ended at its limits");
    free(reasons);
    test_dir_remove(dir);
    pipeline_free(run);
}

static void sheets_say_who_has_it_and_who_comes_next(void **state)
{
    (void)state;
    Pipeline *run = answered_round();
    RunInfo info = any_run_info("optimal", NULL);
    Report *report;
    assert_int_equal(report_build(&run->round, &run->plan, &info, run->diag, run->arena, &report),
                     STATUS_OK);
    const char *text = report_text(report, run->arena);
    const char *reasons = strstr(text, "\nReasons!"), *ranges = strstr(text, "\nForced or free!");
    const char *refused = strstr(text, "\nRefused!");
    assert_holds("Needs", strstr(text, "\nNeeds!"),
                 "\"Needs of higher tiers use what could serve it. If they gave way, it would have "
                 "all of the "
                 "EUR 30.00 that it lacks. "
                 "More: sheet Reasons.\"");
    assert_holds("Reasons", reasons, "O1 of DE (EUR 60.00) is used by N1 (EUR 60.00, tier 1).");
    const char *most = strstr(strstr(text, "\nCauses!"),
                              "Needs of higher tiers use what could serve them. Needs: N2.");
    assert_non_null(most); /* lacks 30 EUR, and N3 lacks 10 */
    assert_holds("Causes", most, "They are not ready. Needs: N3.");
    assert_holds("Forced or free", ranges, "\"forced\"");
    assert_holds("Forced or free", ranges, "\"N2 (tier 2)\"");
    assert_holds("Refused", refused, "\"offers row 3, O2, only_needs\"");
    pipeline_free(run);
}

/** A limit before two needs that lack much and would have 5 and 3 of it frees less than the tier above, which
 *  keeps 9 from one that lacks little; of N3, which two things hold back, neither frees anything alone. */
static void what_frees_most_stands_before_what_stands_before_most(void **state)
{
    (void)state;
    Pipeline *run = answered_round();
    const GroundCause causes[] = {
        {.need = 0, .code = REASON_RULE_LIMIT, .freed = 500, .proof = "proven"},
        {.need = 1, .code = REASON_HIGHER_TIERS, .freed = 900, .proof = "proven"},
        {.need = 2, .code = REASON_RULE_LIMIT, .freed = 700, .proof = "proven"},
        {.need = 2, .code = REASON_MINIMUM, .freed = 800, .proof = "proven"}};
    Grounds grounds = {.causes = causes, .cause_count = COUNT_OF(causes)};
    GroundGroup *groups;
    size_t count;
    run->plan.needs[0].value_unmet = 6000;
    run->plan.needs[1].value_unmet = 1000;
    run->plan.needs[2].value_unmet = 2000;
    assert_int_equal(grounds_gather(&run->round, &run->plan, &grounds, run->arena, &groups, &count),
                     STATUS_OK);
    assert_int_equal(count, 3);
    assert_int_equal(groups[0].first->code, REASON_HIGHER_TIERS);
    assert_int_equal(groups[0].freed, 900);
    assert_int_equal(groups[1].first->code, REASON_RULE_LIMIT);
    assert_int_equal(groups[1].freed, 500);
    assert_int_equal(groups[1].needs, 2);
    assert_int_equal(groups[1].unmet, 8000);
    assert_int_equal(groups[2].first->code, REASON_MINIMUM);
    assert_int_equal(groups[2].freed, 0);
    assert_int_equal(grounds_most_freed(&run->round, &grounds, REASON_RULE_LIMIT), 500);
    assert_int_equal(grounds_most_freed(&run->round, &grounds, REASON_MINIMUM), 0);
    pipeline_free(run);
}

/** N2 has its 45 and N3 55 of 80: N1, of which N2 is the alternative, lacks nothing, and of the 125 that the
 *  mark and N3 ask for 25 are unmet. (N1 in its place would leave O1 30 for N3.) O2 may serve nothing that lacks
 *  anything. */
static void alternatives_that_are_not_chosen_stand_in_no_list(void **state)
{
    (void)state;
    Pipeline *run = case_plan(
        (CaseFile[]){NEEDS(",priority,indivisible,alternative",
                           "N1,HW,80,EUR,1,yes,M\nN2,HW,45,EUR,1,yes,M\nN3,HW,80,EUR,2,,\n"),
                     OFFERS(",only_needs", "O1,DE,100,EUR,\nO2,FR,10,EUR,N1\n"),
                     SETTINGS("fairness,none\n"),
                     {NULL, NULL}});
    RunInfo info = any_run_info("optimal", NULL);
    Grounds grounds;
    GroundGroup *groups;
    Report *report;
    size_t count;
    pipeline_causes(run);
    run->plan.answers.causes = run->causes;
    assert_int_equal(run->plan.needs[0].assigned, 0);
    assert_int_not_equal(run->plan.needs[0].reason, REASON_NONE);
    assert_int_equal(grounds_build(&run->round, &run->plan, run->arena, &grounds), STATUS_OK);
    assert_int_equal(grounds.cause_count, 1);
    assert_int_equal(grounds.causes[0].need, 2);
    for (size_t i = 0; i < grounds.pair_count; i++)
        assert_int_equal(grounds.pairs[i].need, 2);
    assert_int_equal(grounds_gather(&run->round, &run->plan, &grounds, run->arena, &groups, &count),
                     STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(groups[0].unmet, 2500);
    assert_int_equal(groups[0].needs, 1);
    assert_int_equal(report_build(&run->round, &run->plan, &info, run->diag, run->arena, &report),
                     STATUS_OK);
    assert_holds("Needs", strstr(report_text(report, run->arena), "\nNeeds!"),
                 "\"Its alternative N2 is served in its place: nothing is missing.\"");
    pipeline_free(run);
}

/** 40 of the 100 asked for stay unmet; O2's 50 are left. */
static void what_needs_lack_stands_beside_what_is_left(void **state)
{
    (void)state;
    Pipeline *run = answered_round();
    RunInfo info = any_run_info("optimal", NULL);
    Report *report;
    assert_int_equal(report_build(&run->round, &run->plan, &info, run->diag, run->arena, &report),
                     STATUS_OK);
    assert_holds("Causes", report_text(report, run->arena),
                 "Together the needs lack EUR 40.00; of what is planned on, EUR 50.00 in cash and "
                 "EUR 0.00 in kind are left.");
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_name_the_row_the_refused_and_the_rivals),
        cmocka_unit_test(what_helps_is_not_called_proven_where_a_search_before_it_ended),
        cmocka_unit_test(sheets_say_who_has_it_and_who_comes_next),
        cmocka_unit_test(what_frees_most_stands_before_what_stands_before_most),
        cmocka_unit_test(alternatives_that_are_not_chosen_stand_in_no_list),
        cmocka_unit_test(what_needs_lack_stands_beside_what_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
