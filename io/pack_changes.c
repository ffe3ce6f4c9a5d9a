/* What became of a party's lines since the plan before: sentences for its letter, and a donor's sheet
 * Changes, which also lists what it has answered. Whose answers moved a line is told to nobody.
 */
#include "io/pack_internal.h"

#include "allot/language.h"

/** What the donor's answer has made of the line. */
static const char *answered_text(Prose *p, const ReleaseLine *line)
{
    switch (line->decision) {
    case REPLY_AGREE: return prose_piece(p, "Agreed in turn %d; it stands.", line->turn);
    case REPLY_LESS:
        if (line->now == line->before)
            return prose_piece(p, "Agreed in turn %d; it stands.", line->turn);
        return prose_piece(p, "Agreed to less in turn %d: %s in place of %s.", line->turn,
                           prose_amount(p, line->unit, line->now),
                           prose_amount(p, line->unit, line->before));
    case REPLY_DECLINE:
        if (line->before == 0)
            return prose_piece(p, "Declined in turn %d; it is not asked again.", line->turn);
        return prose_piece(p, "Declined in turn %d: %s is not asked of you any more.", line->turn,
                           prose_amount(p, line->unit, line->before));
    case REPLY_PROPOSE:
        return prose_piece(p,
                           "Not agreed to in turn %d; the planners decide on the need that you "
                           "proposed instead.",
                           line->turn);
    case REPLY_DECISION_COUNT: break;
    }
    return "";
}

/** Of a line that had been agreed to and gave way to an urgent need. */
static const char *opened_text(Prose *p, const ReleaseLine *line)
{
    const char *agreed = prose_amount(p, line->unit, line->agreed);
    if (line->now == 0)
        return prose_piece(p,
                           "Not asked any more: %s, to which you had agreed in turn %d, before an "
                           "urgent need took some of it.",
                           agreed, line->turn);
    if (line->now == line->agreed)
        return prose_piece(
            p,
            "%s, to which you had agreed in turn %d, before an urgent need took some "
            "of it. We have to ask you again.",
            agreed, line->turn);
    return prose_piece(p,
                       "%s in place of %s, to which you had agreed in turn %d, before an urgent "
                       "need took some of it. We have to ask you again.",
                       prose_amount(p, line->unit, line->now), agreed, line->turn);
}

const char *pack_change_text(Prose *p, const Release *release, const ReleaseLine *line)
{
    const char *before = prose_amount(p, line->unit, line->before);
    const char *now = prose_amount(p, line->unit, line->now);
    if (line->answered && (line->now == 0 || release_line_agreed(line)))
        return answered_text(p, line);
    if (line->reopened && release->before_known && line->now == 0 && line->before == 0)
        return ""; /* told before */
    if (line->reopened)
        return opened_text(p, line);
    if (!release->before_known || line->now == line->before)
        return "";
    if (line->before == 0)
        return prose_piece(p, "New: %s.", now);
    if (line->now == 0)
        return prose_piece(p, "Not asked any more: %s in the plan before.", before);
    return prose_piece(p, "%s; in the plan before it was %s.", now, before);
}

/* ---- the sheet Changes ----------------------------------------------------------------------- */

typedef enum ChangesColumn {
    CHANGES_NEED,
    CHANGES_OFFER,
    CHANGES_UNIT,
    CHANGES_BEFORE,
    CHANGES_NOW,
    CHANGES_ANSWER,
    CHANGES_TURN,
    CHANGES_TEXT,
    CHANGES_COLUMNS
} ChangesColumn;

static const GridColumn change_columns[CHANGES_COLUMNS] = {
    [CHANGES_NEED] = {N_("Need"), 12, LOOK_BODY, false, false},
    [CHANGES_OFFER] = {N_("Offer"), 12, LOOK_BODY, false, false},
    [CHANGES_UNIT] = {N_("Unit"), 10, LOOK_BODY, false, false},
    [CHANGES_BEFORE] = {N_("In the plan before"), 15, LOOK_RIGHT, false, false},
    [CHANGES_NOW] = {N_("In this plan"), 15, LOOK_RIGHT, false, false},
    [CHANGES_ANSWER] = {N_("Your answer"), 20, LOOK_WRAP, false, false},
    [CHANGES_TURN] = {N_("Turn"), 6, LOOK_CENTER, false, false},
    [CHANGES_TEXT] = {N_("What became of it"), 60, LOOK_WRAP, false, false},
};

static void put_change(Grid *grid, const ReleaseLine *line, const char *text)
{
    grid_row(grid);
    grid_text(grid, CHANGES_NEED, line->need);
    grid_text(grid, CHANGES_OFFER, line->offer);
    grid_text(grid, CHANGES_UNIT, line->unit.name);
    grid_amount_or_dash(grid, CHANGES_BEFORE, line->unit, line->before);
    grid_amount_or_dash(grid, CHANGES_NOW, line->unit, line->now);
    grid_text(grid, CHANGES_TEXT, text);
    if (!line->answered)
        return;
    grid_text(grid, CHANGES_ANSWER, _(reply_decision_text(line->decision)));
    grid_number(grid, CHANGES_TURN, line->turn, FORM_PLACES);
}

void pack_changes(PackBook *book)
{
    const Release *release = book->party->release;
    if (!release->answers_kept && !release->before_known)
        return;
    Page *page = pack_book_page(book, _("Changes"));
    GridSpec spec = {.name = "changes",
                     .columns = change_columns,
                     .column_count = CHANGES_COLUMNS,
                     .rows = release->line_count};
    Grid grid;
    page_head(page, _("What you have answered, and what has changed since the plan before"));
    if (!release->before_known)
        page_note(page, _("What has changed beyond your own answers was not looked into."));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < release->line_count; i++) {
        const char *text = pack_change_text(&book->explain.prose, release, &release->lines[i]);
        if (*text != '\0')
            put_change(&grid, &release->lines[i], text);
    }
    grid_end(&grid, 2);
}
