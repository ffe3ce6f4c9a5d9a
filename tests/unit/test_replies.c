/* Answers as commitments, and the lines that differ from the plan before, each by hand. */
#include "allot/replies.h"

#include <string.h>

#include "allot/effects.h"
#include "tests/support/round_case.h"

static const CaseFile FILES[CASE_FILES] = {
    {"needs.csv", "id,category,quantity,unit,priority\nN1,HW,100,EUR,1\nN2,HW,60,EUR,1\n"},
    {"offers.csv", "id,donor,quantity,unit,category\nO1,DE,100,EUR,HW\nO2,FR,60,EUR,HW\n"}};

enum { N1, N2 };
enum { O1, O2 };

static void decisions_are_read_whatever_their_case_and_blanks(void **state)
{
    static const struct {
        const char *text;
        bool known;
        ReplyDecision decision;
    } cases[] = {{"agree", true, REPLY_AGREE},     {"Agree  Less", true, REPLY_LESS},
                 {"DECLINE", true, REPLY_DECLINE}, {"propose another-need", true, REPLY_PROPOSE},
                 {"agreed", false, REPLY_AGREE},   {"", false, REPLY_AGREE}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        ReplyDecision decision = REPLY_AGREE;
        assert_case(cases[i].text, reply_decision_read(cases[i].text, &decision) == cases[i].known);
        assert_case_int(cases[i].text, decision, cases[i].decision);
    }
}

static Reply answer(int need, int offer, ReplyDecision decision, int64_t agreed)
{
    return (Reply){.need = need,
                   .offer = offer,
                   .decision = decision,
                   .agreed = agreed,
                   .other_need = -1,
                   .comment = "",
                   .source = "donor-DE.xlsx!Lines!K7",
                   .turn = 2,
                   .author = "DE",
                   .place = {.file = "donor-DE.xlsx!Lines", .line = 7, .column = 11}};
}

static void answers_become_commitments_that_know_their_cells(void **state)
{
    (void)state;
    Pipeline *run = case_formulate(FILES);
    Reply rows[] = {answer(N1, O1, REPLY_LESS, 4050), answer(N2, O1, REPLY_DECLINE, 0)};
    Replies replies = {rows, COUNT_OF(rows)};
    assert_int_equal(replies_commit(&replies, &run->round, run->diag), STATUS_OK);
    const Commitment *fixed = &run->round.commitments[0], *forbidden = &run->round.commitments[1];
    assert_int_equal(run->round.commitment_count, 2);
    assert_int_equal(fixed->kind, COMMITMENT_FIXED);
    assert_int_equal(fixed->quantity, 4050);
    assert_string_equal(fixed->author, "DE");
    assert_string_equal(fixed->source, "turn 2: donor-DE.xlsx!Lines!K7");
    assert_int_equal(forbidden->kind, COMMITMENT_FORBIDDEN);
    assert_string_equal(round_row_text(&run->round, fixed->origin, run->arena),
                        "donor-DE.xlsx!Lines row 7");
    assert_int_equal(round_place(&run->round, fixed->origin, "quantity").column, 11);
    pipeline_free(run);
}

/* N1 wants 100: an agreement to 101 is a finding at the answer's cell. */
static void more_than_a_need_asks_for_is_a_finding_at_the_answer(void **state)
{
    size_t count;
    (void)state;
    Pipeline *run = case_formulate(FILES);
    Reply row = answer(N1, O1, REPLY_AGREE, 10100);
    Replies replies = {&row, 1};
    assert_int_equal(replies_commit(&replies, &run->round, run->diag), STATUS_FINDINGS);
    const Finding *findings = diag_findings(run->diag, &count);
    assert_string_equal(findings[count - 1].place.file, "donor-DE.xlsx!Lines");
    assert_int_equal(findings[count - 1].place.line, 7);
    pipeline_free(run);
}

/* Before: N1 100 from O1, N2 60 from O2. Now: N1 40 from O1 and 60 from O2, N2 60 from O1. O1's line to
 * N1 was answered, so that only three lines are what the answer did to others. */
static void lines_that_differ_are_listed_with_both_figures(void **state)
{
    static const Effect want[] = {{.need = N1, .offer = O2, .before = 0, .now = 6000},
                                  {.need = N2, .offer = O1, .before = 0, .now = 6000},
                                  {.need = N2, .offer = O2, .before = 6000, .now = 0}};
    static const PreviousLine before[] = {{N1, O1, 10000}, {N2, O2, 6000}};
    Assignment lines[] = {{.need = N1, .offer = O1, .quantity = 4000},
                          {.need = N1, .offer = O2, .quantity = 6000},
                          {.need = N2, .offer = O1, .quantity = 6000}};
    Plan plan = {.assignments = lines, .assignment_count = COUNT_OF(lines)};
    Reply row = answer(N1, O1, REPLY_LESS, 4000);
    Replies replies = {&row, 1};
    Effects effects;
    (void)state;
    Pipeline *run = case_formulate(FILES);
    run->round.previous = before;
    run->round.previous_count = COUNT_OF(before);
    run->round.replies = &replies;
    assert_int_equal(effects_list(&run->round, &plan, false, run->arena, &effects), STATUS_OK);
    assert_int_equal(effects.count, COUNT_OF(want));
    for (size_t i = 0; i < effects.count; i++) {
        assert_int_equal(effects.rows[i].need, want[i].need);
        assert_int_equal(effects.rows[i].offer, want[i].offer);
        assert_int_equal(effects.rows[i].before, want[i].before);
        assert_int_equal(effects.rows[i].now, want[i].now);
    }
    assert_int_equal(effects_list(&run->round, &plan, true, run->arena, &effects), STATUS_OK);
    assert_int_equal(effects.count, 4);
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decisions_are_read_whatever_their_case_and_blanks),
        cmocka_unit_test(answers_become_commitments_that_know_their_cells),
        cmocka_unit_test(more_than_a_need_asks_for_is_a_finding_at_the_answer),
        cmocka_unit_test(lines_that_differ_are_listed_with_both_figures),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
