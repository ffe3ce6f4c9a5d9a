/* The sheets Answers and Urgent: every answer, what became of it and what it did to others; what gave
 * way to an urgent need. The sheet Answers is read back with the plan (--previous). */
#include "io/reply_text.h"
#include "io/sheets.h"

#include "allot/language.h"

typedef enum AnswersColumn {
    ANSWERS_NUMBER,
    ANSWERS_NEED,
    ANSWERS_OFFER,
    ANSWERS_DONOR,
    ANSWERS_DECISION,
    ANSWERS_BEFORE,
    ANSWERS_AGREED,
    ANSWERS_NOW,
    ANSWERS_UNIT,
    ANSWERS_OTHER_NEED,
    ANSWERS_TURN,
    ANSWERS_STANDS,
    ANSWERS_SOURCE,
    ANSWERS_COMMENT,
    ANSWERS_DETAIL,
    ANSWERS_COLUMNS
} AnswersColumn;

static const GridColumn answers_columns[ANSWERS_COLUMNS] = {
    [ANSWERS_NUMBER] = {N_("Answer"), 8, LOOK_CENTER, false, false},
    [ANSWERS_NEED] = {N_("Need"), 9, LOOK_BODY, false, false},
    [ANSWERS_OFFER] = {N_("Offer"), 9, LOOK_BODY, false, false},
    [ANSWERS_DONOR] = {N_("Donor"), 7, LOOK_BODY, false, false},
    [ANSWERS_DECISION] = {N_("Decision"), 12, LOOK_WRAP, false, false},
    [ANSWERS_BEFORE] = {N_("Before"), 13, LOOK_RIGHT, false, false},
    [ANSWERS_AGREED] = {N_("Agreed"), 13, LOOK_RIGHT, false, false},
    [ANSWERS_NOW] = {N_("Now"), 13, LOOK_RIGHT, false, false},
    [ANSWERS_UNIT] = {N_("Unit"), 9, LOOK_CENTER, false, false},
    [ANSWERS_OTHER_NEED] = {N_("Other need"), 10, LOOK_BODY, false, false},
    [ANSWERS_TURN] = {N_("Turn"), 5, LOOK_CENTER, false, false},
    [ANSWERS_STANDS] = {N_("Stands"), 7, LOOK_CENTER, false, false},
    [ANSWERS_SOURCE] = {N_("Source"), 22, LOOK_WRAP, false, false},
    [ANSWERS_COMMENT] = {N_("Comment"), 20, LOOK_WRAP, false, false},
    [ANSWERS_DETAIL] = {N_("What became of it, and what it did"), 46, LOOK_WRAP, false, false},
};

static void put_reply(Report *report, Grid *grid, const Reply *reply, AnswerText text)
{
    const Round *round = report->round;
    Unit unit = round->needs[reply->need].unit;
    grid_row(grid);
    grid_text(grid, ANSWERS_NUMBER, text.numbers);
    grid_text(grid, ANSWERS_NEED, round->needs[reply->need].id);
    grid_text(grid, ANSWERS_OFFER, round->offers[reply->offer].id);
    grid_text(grid, ANSWERS_DONOR, reply->author);
    grid_text(grid, ANSWERS_DECISION, _(reply_decision_text(reply->decision)));
    grid_amount(grid, ANSWERS_BEFORE, unit, reply->planned);
    grid_amount(grid, ANSWERS_AGREED, unit, reply->agreed);
    grid_amount(grid, ANSWERS_NOW, unit, plan_line_now(report->plan, reply->need, reply->offer));
    grid_text(grid, ANSWERS_UNIT, unit.name);
    if (reply->other_need >= 0)
        grid_text(grid, ANSWERS_OTHER_NEED, round->needs[reply->other_need].id);
    grid_number(grid, ANSWERS_TURN, reply->turn, FORM_PLACES);
    grid_text(grid, ANSWERS_STANDS, text.stands ? _("yes") : _("no"));
    grid_text(grid, ANSWERS_SOURCE, reply->source);
    grid_text(grid, ANSWERS_COMMENT, reply->comment);
    grid_text(grid, ANSWERS_DETAIL, text.detail);
}

static void put_effect(Report *report, Grid *grid, const Effect *effect)
{
    const Round *round = report->round;
    Unit unit = round->needs[effect->need].unit;
    grid_row(grid);
    grid_text(grid, ANSWERS_NUMBER, effect_answers(effect, report->arena));
    grid_text(grid, ANSWERS_NEED, round->needs[effect->need].id);
    grid_text(grid, ANSWERS_OFFER, round->offers[effect->offer].id);
    grid_text(grid, ANSWERS_DONOR, round->offers[effect->offer].donor);
    grid_amount(grid, ANSWERS_BEFORE, unit, effect->before);
    grid_amount(grid, ANSWERS_NOW, unit, effect->now);
    grid_text(grid, ANSWERS_UNIT, unit.name);
    grid_text(grid, ANSWERS_DETAIL, effect_text(round, effect, report->arena));
}

void sheet_answers_build(Report *report)
{
    const Replies *replies = report->round->replies;
    const Effects *effects = report->plan->answers.effects;
    const Replies *open = report->round->reopened;
    size_t moved = effects != NULL ? effects->count : 0;
    if (replies == NULL)
        return;
    Page *page = report_add_page(report, _("Answers"));
    GridSpec spec = {.name = "Answers",
                     .columns = answers_columns,
                     .column_count = ANSWERS_COLUMNS,
                     .rows = replies->count + (open != NULL ? open->count : 0) + moved};
    Grid grid;
    page_head(page, _("Answers, and what they did"));
    page_note(
        page,
        _("Every answer of a donor to a line of the plan before, what became of it, and below them "
          "the lines that nobody answered and that moved all the same: with the numbers of the "
          "answers that made them move. Agreed lines are fixed; where an urgent need took "
          "something "
          "from one, its answer stands no more and the donor is asked again. This sheet is read "
          "when the plan is named as --previous: a row taken out is an answer taken back."));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < replies->count; i++)
        put_reply(report, &grid, &replies->rows[i],
                  reply_text(report->round, report->plan, i, report->arena));
    for (size_t i = 0; open != NULL && i < open->count; i++)
        put_reply(report, &grid, &open->rows[i],
                  reply_open_text(report->round, report->plan, &open->rows[i], report->arena));
    for (size_t i = 0; i < moved; i++)
        if (replies_find(open, effects->rows[i].need, effects->rows[i].offer) == NULL)
            put_effect(report, &grid, &effects->rows[i]);
    grid_end(&grid, 3);
}

/* ---- urgent ----------------------------------------------------------------------------------- */

typedef enum UrgentColumn {
    URGENT_NEED,
    URGENT_OFFER,
    URGENT_DONOR,
    URGENT_TIER,
    URGENT_BEFORE,
    URGENT_NOW,
    URGENT_UNIT,
    URGENT_DETAIL,
    URGENT_COLUMNS
} UrgentColumn;

static const GridColumn urgent_columns[URGENT_COLUMNS] = {
    [URGENT_NEED] = {N_("Need"), 9, LOOK_BODY, false, false},
    [URGENT_OFFER] = {N_("Offer"), 9, LOOK_BODY, false, false},
    [URGENT_DONOR] = {N_("Donor"), 7, LOOK_BODY, false, false},
    [URGENT_TIER] = {N_("Tier"), 5, LOOK_CENTER, false, false},
    [URGENT_BEFORE] = {N_("Before"), 14, LOOK_RIGHT, false, false},
    [URGENT_NOW] = {N_("Now"), 14, LOOK_RIGHT, false, false},
    [URGENT_UNIT] = {N_("Unit"), 9, LOOK_CENTER, false, false},
    [URGENT_DETAIL] = {N_("What moved, and why"), 70, LOOK_WRAP, false, false},
};

static void put_moved(Report *report, Grid *grid, const Effect *line)
{
    const Round *round = report->round;
    const Need *need = &round->needs[line->need];
    grid_row(grid);
    grid_text(grid, URGENT_NEED, need->id);
    grid_text(grid, URGENT_OFFER, round->offers[line->offer].id);
    grid_text(grid, URGENT_DONOR, round->offers[line->offer].donor);
    grid_number(grid, URGENT_TIER, need->tier, FORM_PLACES);
    grid_amount(grid, URGENT_BEFORE, need->unit, line->before);
    grid_amount(grid, URGENT_NOW, need->unit, line->now);
    grid_text(grid, URGENT_UNIT, need->unit.name);
    grid_text(grid, URGENT_DETAIL, urgent_text(round, report->plan, line, report->arena));
}

void sheet_urgent_build(Report *report)
{
    const Round *round = report->round;
    const Effects *moved = report->plan->answers.moved;
    if (!round->has_urgent || moved == NULL)
        return;
    Page *page = report_add_page(report, _("Urgent"));
    report->urgent = page;
    GridSpec spec = {.name = "Urgent",
                     .columns = urgent_columns,
                     .column_count = URGENT_COLUMNS,
                     .rows = moved->count};
    Grid grid;
    page_head(page, report_printf(report, "%s first: what moved", round->needs[round->urgent].id));
    page_note(
        page,
        _("The urgent need's own lines, and every line that differs from the plan before. As "
          "little value as possible was taken from that plan's lines, and from lines that donors "
          "had agreed to only what could be had nowhere else; lines of commitments stay."));
    grid_begin(&grid, page, &spec);
    for (int others = 0; others < 2; others++)
        for (size_t i = 0; i < moved->count; i++)
            if ((moved->rows[i].need != round->urgent) == (others == 1))
                put_moved(report, &grid, &moved->rows[i]);
    grid_end(&grid, 2);
}
