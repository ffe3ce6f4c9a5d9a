/* A donor's workbook: the lines it is asked to agree to, with cells for its answer; what is asked of it; the
 * needs behind its lines as far as it may know them.
 */
#include "io/pack_internal.h"

#include "allot/language.h"

/* ---- lines ----------------------------------------------------------------------------------- */

typedef enum LinesColumn { /* the order that `allot solve --answers` and people's eyes know */
                           LINES_NEED,
                           LINES_OFFER, /* with the need on both of two sheets of paper */
                           LINES_TITLE,
                           LINES_BENEFICIARY,
                           LINES_CATEGORY,
                           LINES_TIER,
                           LINES_QUANTITY,
                           LINES_UNIT,
                           LINES_TAKES, /* these two only where they say more than the two before */
                           LINES_OFFER_UNIT,
                           LINES_VALUE,
                           LINES_CURRENCY,
                           LINES_STANDING, /* only where answers are kept */
                           LINES_DECISION,
                           LINES_AGREED,
                           LINES_OTHER_NEED,
                           LINES_COMMENT,
                           LINES_COLUMNS
} LinesColumn;

enum { LINES_NOTE = 110 }; /* characters beside each other on the first of two sheets of paper */

static const GridColumn line_columns[LINES_COLUMNS] = {
    [LINES_NEED] = {N_("need"), 8, LOOK_BODY, false, false},
    [LINES_OFFER] = {N_("offer"), 9, LOOK_BODY, false, false},
    [LINES_TITLE] = {N_("title"), 33, LOOK_WRAP, false, false},
    [LINES_BENEFICIARY] = {N_("beneficiary"), 14, LOOK_BODY, false, false},
    [LINES_CATEGORY] = {N_("category"), 9, LOOK_BODY, false, false},
    [LINES_TIER] = {N_("tier"), 5, LOOK_CENTER, false, false},
    [LINES_QUANTITY] = {N_("quantity"), 12, LOOK_RIGHT, false, false},
    [LINES_UNIT] = {N_("unit"), 13, LOOK_CENTER, false, false},
    [LINES_TAKES] = {N_("takes of the offer"), 12, LOOK_RIGHT, false, false},
    [LINES_OFFER_UNIT] = {N_("unit of the offer"), 11, LOOK_CENTER, false, false},
    [LINES_VALUE] = {N_("value of the line"), 12, LOOK_RIGHT, false, false},
    [LINES_CURRENCY] = {N_("currency"), 8, LOOK_CENTER, false, false},
    [LINES_STANDING] = {N_("standing"), 15, LOOK_CENTER, false, false},
    [LINES_DECISION] = {N_("decision"), 18, LOOK_ANSWER, false, false},
    [LINES_AGREED] = {N_("agreed"), 11, LOOK_ANSWER, false, false},
    [LINES_OTHER_NEED] = {N_("other_need"), 11, LOOK_ANSWER, false, false},
    [LINES_COMMENT] = {N_("comment"), 22, LOOK_ANSWER, false, false},
};

static void put_line(PackBook *book, Grid *grid, const Assignment *line, bool agreed)
{
    const Round *round = &book->party->release->round;
    const Need *need = &round->needs[line->need];
    const Offer *offer = &round->offers[line->offer];
    grid_row(grid);
    grid_text(grid, LINES_NEED, need->id);
    grid_text(grid, LINES_OFFER, offer->id);
    grid_text(grid, LINES_TITLE, pack_need_title(book, need));
    grid_text(grid, LINES_BENEFICIARY, need->beneficiary);
    grid_text(grid, LINES_CATEGORY, need->category);
    grid_number(grid, LINES_TIER, need->tier, FORM_PLACES);
    grid_amount(grid, LINES_QUANTITY, need->unit, line->quantity);
    grid_text(grid, LINES_UNIT, need->unit.name);
    grid_amount(grid, LINES_TAKES, offer->unit, line->offer_quantity);
    grid_text(grid, LINES_OFFER_UNIT, offer->unit.name);
    grid_text(grid, LINES_STANDING, agreed ? _("agreed") : _("to answer"));
    if (!line->has_value)
        return;
    grid_amount(grid, LINES_VALUE, round->currency, line->value);
    grid_text(grid, LINES_CURRENCY, round->currency.name);
}

static Area answers_in(const Grid *grid, LinesColumn column)
{
    return (Area){grid->head_row + 1, grid->head_row + (uint32_t)grid->rows,
                  (uint16_t)grid->place[column], (uint16_t)grid->place[column]};
}

static void put_answers(Page *page, const Grid *grid)
{
    static const char *const decisions[] = {N_("agree"), N_("agree less"), N_("decline"),
                                            N_("propose another need"), NULL};
    char quantity[4];
    if (page->report->no_memory)
        return;
    column_letters(grid->place[LINES_QUANTITY], quantity);
    const char *most = report_printf(page->report, "=%s%u", quantity, (unsigned)grid->head_row + 2);
    AnswerArea answers[] = {
        {.area = answers_in(grid, LINES_DECISION),
         .words = decisions,
         .prompt = _("Choose one. Left empty, the line is not answered; a line that is agreed "
                     "stays agreed.")},
        {.area = answers_in(grid, LINES_AGREED),
         .most = most,
         .prompt = _("With 'agree less': how much, in the unit of the line.")},
        {.area = answers_in(grid, LINES_OTHER_NEED),
         .prompt = _("With 'propose another need': its id.")},
        {.area = answers_in(grid, LINES_COMMENT),
         .prompt = _("Anything the planners should know.")},
    };
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        put_answer(page, &answers[i]);
}

/** How to answer, for those who open the workbook here. */
static const char *lines_note(const Release *release)
{
    size_t waiting, own = release_own_count(release, &waiting);
    if (own == 0)
        return _("The plan has no line from your offers: there is nothing to answer. The sheet "
                 "Capacity says why.");
    if (waiting == 0)
        return _("You have agreed to every line: there is nothing to answer. Should one have to "
                 "change all the same, choose another answer for it in the column decision, save "
                 "the workbook and send it back.");
    if (waiting < own)
        return _("Choose an answer in the column decision for every line that is to answer, save "
                 "the workbook and send it back. Agree: as the line says. Agree less: at most the "
                 "amount that you write into the column agreed. Decline: this offer does not serve "
                 "this need. Propose another need: write its id into the column other_need. What "
                 "is agreed stands; leave it empty, unless you have to change your answer.");
    return _("Choose an answer in the column decision for every line, save the workbook and send "
             "it back. Agree: as the line says. Agree less: at most the amount that you write into "
             "the column agreed. Decline: this offer does not serve this need. Propose another "
             "need: write its id into the column other_need.");
}

/** Those that wait for an answer, or those that are agreed. */
static void put_lines(PackBook *book, Grid *grid, bool agreed)
{
    const Release *release = book->party->release;
    for (size_t i = 0; i < release->plan.assignment_count; i++)
        if (release->own[i] != NULL && release_line_agreed(release->own[i]) == agreed)
            put_line(book, grid, &release->plan.assignments[i], agreed);
}

/** Does a line take another amount of its offer than it gives, or in another unit? */
static bool takes_otherwise(const Release *release)
{
    for (size_t i = 0; i < release->plan.assignment_count; i++) {
        const Assignment *line = &release->plan.assignments[i];
        Unit unit = release->round.needs[line->need].unit;
        if (release->own[i] != NULL && (unit.name != release->round.offers[line->offer].unit.name ||
                                        line->quantity != line->offer_quantity))
            return true;
    }
    return false;
}

static void build_lines(PackBook *book)
{
    const Release *release = book->party->release;
    bool takes = takes_otherwise(release);
    Page *page = pack_book_page(book, _("Lines"));
    GridSpec spec = {.name = "lines",
                     .columns = line_columns,
                     .column_count = LINES_COLUMNS,
                     .without = grid_without(release->answers_kept, LINES_STANDING) |
                                grid_without(takes, LINES_TAKES) |
                                grid_without(takes, LINES_OFFER_UNIT),
                     .rows = release->plan.assignment_count,
                     .block = true};
    Grid grid;
    page->note_characters = LINES_NOTE;
    page_head(page, _("What you are asked to give"));
    page_note(page, lines_note(release));
    page->next_row++;
    grid_begin(&grid, page, &spec);
    put_lines(book, &grid, false);
    put_lines(book, &grid, true);
    if (grid.rows == 0)
        return; /* the headings alone: whatever stood below them would be read as a line */
    grid_end(&grid, 0);
    put_answers(page, &grid);
    page->frozen_rows = grid.head_row + 1;
    page->frozen_columns = LINES_OFFER + 1;
    page->repeated_row = grid.head_row + 1;
    if (page_is_wide(page))
        page_move_head(page, grid.head_row);
}

/* ---- what is asked --------------------------------------------------------------------------- */

static const GridColumn asked_columns[] = {
    {N_("Of"), 14, LOOK_BODY, false, false},
    {N_("Term"), 30, LOOK_WRAP, false, false},
    {N_("What is asked"), 70, LOOK_WRAP, false, false},
    {N_("Would be met in addition"), 18, LOOK_RIGHT, true, false},
};

static const char *answers_note(const Release *release)
{
    size_t waiting, own = release_own_count(release, &waiting);
    if (waiting == 0)
        return _("No line of the sheet Lines waits for your answer.");
    return waiting < own ? _("Please answer every line of the sheet Lines that is to answer.")
                         : _("Please answer every line of the sheet Lines.");
}

/** What was answered may hold needs back as a term does, and the reasons then say so. */
static bool has_answered(const Release *release)
{
    for (size_t i = 0; i < release->line_count; i++)
        if (release->lines[i].answered)
            return true;
    return false;
}

static const char *terms_note(const Release *release)
{
    if (!release->terms_known)
        return _("Whether your terms stand in the way of needs was not looked into.");
    if (release->term_count == 0 && release->more_open)
        return _("Nothing is asked beyond that.");
    if (release->term_count == 0 && has_answered(release))
        return _("Nothing is asked beyond that. Your answers stand as you gave them; of your other "
                 "terms none, taken back alone, would let more be met.");
    if (release->term_count == 0)
        return _("Nothing is asked beyond that: none of your terms, taken back alone, would let "
                 "more be met.");
    return _("And please consider what stands below: it would let more of the "
             "round's needs be met.");
}

static void build_asked(PackBook *book)
{
    const Release *release = book->party->release;
    Page *page = pack_book_page(book, _("Asked"));
    GridSpec spec = {.name = "asked",
                     .columns = asked_columns,
                     .column_count = sizeof asked_columns / sizeof *asked_columns,
                     .without = release->totals ? 0 : 1u << 3,
                     .rows = release->term_count};
    Grid grid;
    page_head(page, _("What is asked of you"));
    page_note(page,
              report_printf(book->report, "%s %s", answers_note(release), terms_note(release)));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < release->term_count; i++) {
        const ReleaseTerm *term = &release->terms[i];
        const char *words = pack_term_words(term->column);
        grid_row(&grid);
        grid_text(&grid, 0, term->id);
        grid_text(&grid, 1, *words == '\0' ? term->column : words);
        grid_text(&grid, 2, pack_term_text(&book->explain.prose, term));
        if (term->value > 0)
            grid_amount(&grid, 3, release->round.currency, term->value);
    }
    grid_end(&grid, 1);
}

/* ---- needs ----------------------------------------------------------------------------------- */

typedef enum NeedColumn {
    NEED_YOURS = PACK_NEED_COLUMNS,
    NEED_ASKED,
    NEED_HELD, /* only where a ledger holds something */
    NEED_COVERED,
    NEED_ASSIGNED,
    NEED_SHORT,
    NEED_MET_HOW,
    NEED_WHY,
    NEED_COLUMNS
} NeedColumn;

static const GridColumn need_columns[NEED_COLUMNS] = {
    PACK_NEED_ENTRIES(40),
    [NEED_YOURS] = {N_("From you"), 14, LOOK_RIGHT, false, false},
    [NEED_ASKED] = {N_("Asked for"), 14, LOOK_RIGHT, false, false},
    [NEED_HELD] = {N_("Committed in earlier rounds"), 14, LOOK_RIGHT, false, false},
    [NEED_COVERED] = {N_("Covered elsewhere"), 14, LOOK_RIGHT, false, false},
    [NEED_ASSIGNED] = {N_("In this plan"), 14, LOOK_RIGHT, false, false},
    [NEED_SHORT] = {N_("Unmet"), 14, LOOK_RIGHT, false, false},
    [NEED_MET_HOW] = {N_("Met"), 8, LOOK_CENTER, false, false},
    [NEED_WHY] = {N_("Why some is unmet"), 46, LOOK_WRAP, false, false},
};

/** The columns that the release keeps from the reader. */
static const uint64_t amount_columns = 1u << NEED_ASKED | 1u << NEED_HELD | 1u << NEED_COVERED |
                                       1u << NEED_ASSIGNED | 1u << NEED_SHORT | 1u << NEED_WHY;

/** What the reader gives to a need. */
static int64_t own_part(const Release *release, int need)
{
    int64_t part = 0;
    for (size_t i = 0; i < release->plan.assignment_count; i++) {
        const Assignment *line = &release->plan.assignments[i];
        if (line->need == need && release_is_own(release, line))
            part += line->quantity;
    }
    return part;
}

static void put_need_amounts(PackBook *book, Grid *grid, int index)
{
    const Need *need = &book->party->release->round.needs[index];
    const NeedResult *result = &book->party->release->plan.needs[index];
    grid_amount(grid, NEED_ASKED, need->unit, need->quantity);
    grid_amount_or_dash(grid, NEED_HELD, need->unit, need->held);
    grid_amount_or_dash(grid, NEED_COVERED, need->unit, need->covered - need->held);
    grid_amount(grid, NEED_ASSIGNED, need->unit, result->assigned);
    grid_amount_or_dash(grid, NEED_SHORT, need->unit, result->unmet);
    if (result->reason != REASON_NONE)
        grid_text(grid, NEED_WHY, pack_reason_text(&book->explain, index));
}

static void put_need(PackBook *book, Grid *grid, int index)
{
    const Release *release = book->party->release;
    const Unit unit = release->round.needs[index].unit;
    pack_put_need(book, grid, index);
    grid_amount(grid, NEED_YOURS, unit, own_part(release, index));
    grid_text(grid, NEED_MET_HOW, pack_met_text(&release->plan.needs[index], true));
    if (release->totals)
        put_need_amounts(book, grid, index);
}

static void build_needs(PackBook *book)
{
    const Release *release = book->party->release;
    Page *page = pack_book_page(book, _("Needs"));
    GridSpec spec = {.name = "needs",
                     .columns = need_columns,
                     .column_count = NEED_COLUMNS,
                     .without = pack_needs_left_out(release) |
                                (release->totals ? 0 : amount_columns) |
                                (pack_holds_before(release) ? 0 : 1u << NEED_HELD),
                     .rows = release->round.need_count};
    Grid grid;
    page_head(page, _("The needs that you are asked to serve"));
    grid_begin(&grid, page, &spec);
    for (int n = 0; n < (int)release->round.need_count; n++)
        put_need(book, &grid, n);
    grid_end(&grid, 1);
}

/* ---- others ---------------------------------------------------------------------------------- */

static const GridColumn other_columns[] = {
    {N_("Need"), 12, LOOK_BODY, false, false},  {N_("Donor"), 34, LOOK_WRAP, false, false},
    {N_("Offer"), 14, LOOK_BODY, false, false}, {N_("Quantity"), 16, LOOK_RIGHT, false, false},
    {N_("Unit"), 12, LOOK_BODY, false, false},  {N_("Resting on"), 14, LOOK_BODY, false, false},
};

/** Who else gives to these needs: where the release lets everybody know. */
static void build_others(PackBook *book)
{
    const Release *release = book->party->release;
    const Round *round = &release->round;
    Page *page = pack_book_page(book, _("Other donors"));
    GridSpec spec = {.name = "others",
                     .columns = other_columns,
                     .column_count = sizeof other_columns / sizeof *other_columns,
                     .rows = release->plan.assignment_count};
    Grid grid;
    page_head(page, _("Who else gives to these needs"));
    grid_begin(&grid, page, &spec);
    for (size_t i = 0; i < release->plan.assignment_count; i++) {
        const Assignment *line = &release->plan.assignments[i];
        const Offer *offer = &round->offers[line->offer];
        Unit unit = round->needs[line->need].unit;
        if (release_is_own(release, line))
            continue;
        grid_row(&grid);
        grid_text(&grid, 0, round->needs[line->need].id);
        grid_text(&grid, 1, explain_donor_name(&book->explain, offer->donor));
        grid_text(&grid, 2, offer->id);
        grid_amount(&grid, 3, unit, line->quantity);
        grid_text(&grid, 4, unit.name);
        grid_text(&grid, 5, _(basis_text(line->basis)));
    }
    grid_end(&grid, 1);
}

Status pack_donor_build(const PackParty *party, Report **report)
{
    static const char *const notes[] = {
        N_("A proposal, which nothing is decided by. A line of the sheet Lines that is not agreed "
           "yet waits for your answer: choose it in the column decision, save the workbook and "
           "send it back."),
        N_("agree: as the line says. agree less: at most the amount in the column agreed. decline: "
           "this offer does not serve this need. propose another need: its id in the column "
           "other_need."),
        N_("What you have agreed to stands, but for what an urgent need takes; answer anew to "
           "change it."),
        N_("Only the answers can be changed. This file holds what is yours, and of others what the "
           "round has agreed to release."),
    };
    PackBook book;
    TRY(pack_book_begin(party, &book));
    build_lines(&book);
    pack_changes(&book);
    pack_capacity(&book);
    pack_before(&book);
    build_asked(&book);
    build_needs(&book);
    if (party->release->givers)
        build_others(&book);
    pack_about(&book, notes, sizeof notes / sizeof *notes);
    return pack_book_end(&book, report);
}
