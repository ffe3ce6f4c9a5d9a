/* The lines of one file of answers: every cell that cannot be taken is a finding, all in one pass. */
#include "io/replies_internal.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/quote.h"
#include "allot/replies_read.h"
#include "io/cell.h"

static const ColumnSpec line_columns[] = {
    [LINES_NEED] = {"need", COLUMN_NAME, true, NULL, "", "id of the need"},
    [LINES_OFFER] = {"offer", COLUMN_NAME, true, NULL, "", "id of the offer"},
    [LINES_QUANTITY] = {"quantity", COLUMN_NUMBER, false, NULL, "", "of the plan; compared"},
    [LINES_DECISION] = {"decision", COLUMN_TEXT, true, NULL, "", "one of four, or empty"},
    [LINES_AGREED] = {"agreed", COLUMN_NUMBER, false, NULL, "", "with agree less: how much"},
    [LINES_OTHER_NEED] = {"other_need", COLUMN_NAME, false, NULL, "", "with propose another need"},
    [LINES_COMMENT] = {"comment", COLUMN_TEXT, false, NULL, "", "for the planners"},
};

const TableSpec replies_lines_table = {
    .name = "lines",
    .columns = line_columns,
    .column_count = sizeof line_columns / sizeof line_columns[0],
};

/** One row while it is read. */
typedef struct RowAt {
    ReplyReading *in;
    const ReplyFile *file;
    const Headings *headings;
    DecimalSign quantity_sign, agreed_sign;
    size_t row;
} RowAt;

static const char *text_at(const RowAt *at, LinesColumn column)
{
    int place = at->headings->column_of[column];
    return place < 0 ? "" : sheet_cell(at->file->lines, at->row, (size_t)place)->text;
}

static bool is_given(const RowAt *at, LinesColumn column)
{
    return *text_at(at, column) != '\0';
}

static DiagPlace place_at(const RowAt *at, LinesColumn column)
{
    int place = at->headings->column_of[column];
    return sheet_place(at->file->lines, at->row, place < 0 ? 0 : (size_t)place);
}

/** "donor-PL.xlsx!Lines!K7", its sheet as the file calls it; "donor-PL.csv!K7" */
static const char *source_of(const RowAt *at)
{
    char letters[8];
    size_t used = sizeof letters - 1;
    letters[used] = '\0';
    for (int c = at->headings->column_of[LINES_DECISION] + 1; c > 0; c = (c - 1) / 26)
        letters[--used] = (char)('A' + (c - 1) % 26);
    return arena_printf(at->in->arena, "%s!%s%d", place_at(at, LINES_DECISION).file, letters + used,
                        sheet_line(at->file->lines, at->row));
}

/** The line of the plan before of this pair, or NULL. */
static const PreviousLine *line_before(const Round *round, int need, int offer)
{
    for (size_t i = 0; i < round->previous_count; i++)
        if (round->previous[i].need == need && round->previous[i].offer == offer)
            return &round->previous[i];
    return NULL;
}

/** An amount of the line's need; STATUS_FINDINGS with one. */
static Status amount_at(const RowAt *at, LinesColumn column, DecimalSign sign, const Need *need,
                        int64_t *out)
{
    Decimal value;
    CellAt cell = {.sheet = at->file->lines,
                   .row = at->row,
                   .column = (size_t)at->headings->column_of[column],
                   .diag = at->in->diag};
    const FigureSpec spec = {.sign = sign,
                             .limit = LIMIT_NOT_NEGATIVE,
                             .unit = need->unit.name,
                             .unit_from = _("the need's unit")};
    TRY(cell_decimal(cell, &spec, &value));
    return cell_amount(cell, value, need->unit, out);
}

/** The sign by which an amount that repeats the line is read: where @p sign is open, the one that makes 1,234 that
 *  line. The plan tells what the column does not. */
static DecimalSign sign_of_line(const RowAt *at, LinesColumn column, DecimalSign sign,
                                const PreviousLine *line)
{
    static const DecimalSign both[] = {SIGN_POINT, SIGN_COMMA};
    Unit unit = at->in->round->needs[line->need].unit;
    if (sign != SIGN_OPEN)
        return sign;
    for (size_t i = 0; i < sizeof both / sizeof both[0]; i++) {
        Number number;
        int64_t amount;
        if (number_read(text_at(at, column), both[i], &number) == NUMBER_READ &&
            decimal_to_scaled(number.value, unit.places, &amount) && amount == line->quantity)
            return both[i];
    }
    return sign;
}

/** A line of a need or an offer that the round does not have: no line of the plan before could be it. */
static void say_not_in_round(const RowAt *at, LinesColumn column)
{
    diag_add(at->in->diag, DIAG_ANSWER, place_at(at, column),
             column == LINES_NEED
                 ? N_("ROUND has no need '%s'; if the plan of --previous has it, ROUND is not the "
                      "one that this plan was made from: name that, or add the row; else restore "
                      "the id")
                 : N_("ROUND has no offer '%s'; if the plan of --previous has it, ROUND is not the "
                      "one that this plan was made from: name that, or add the row; else restore "
                      "the id"),
             quote(text_at(at, column)).text);
}

/** The answer to this pair that the plan before keeps, or NULL. */
static const Reply *kept_answer(const RowAt *at, int need, int offer)
{
    ReplyReading *in = at->in;
    if (in->kept == NULL) {
        Replies *kept = ARENA_NEW(in->arena, 1, Replies);
        if (kept == NULL ||
            replies_recall(in->previous, in->round, in->arena, kept, NULL) != STATUS_OK)
            return NULL;
        in->kept = kept;
    }
    return replies_find(in->kept, need, offer);
}

/** The row answers the line as an earlier plan had it, and that is answered: what is kept of that is said. */
static void say_late(const RowAt *at, LinesColumn column, const Reply *kept, int64_t now)
{
    Unit unit = at->in->round->needs[kept->need].unit;
    diag_add(
        at->in->diag, DIAG_ANSWER, place_at(at, column),
        N_("this answers the line as an earlier plan had it, %s; its answer of turn %d is kept "
           "(%s, %s), and the line is %s now: take the row out, or answer the line of this "
           "plan"),
        amount_in_unit(unit, kept->planned).text, kept->turn,
        _(reply_decision_text(kept->decision)), amount_in_unit(unit, kept->agreed).text,
        amount_in_unit(unit, now).text);
}

/** There is no such line. */
static void say_no_line(const RowAt *at, int need, int offer)
{
    const Reply *kept = kept_answer(at, need, offer);
    if (kept != NULL)
        say_late(at, LINES_NEED, kept, 0);
    else
        diag_add(at->in->diag, DIAG_ANSWER, place_at(at, LINES_NEED),
                 "the plan has no line by which offer '%s' serves need '%s'; only its lines can be "
                 "answered: empty the answer, or restore the ids",
                 quote(text_at(at, LINES_OFFER)).text, quote(text_at(at, LINES_NEED)).text);
}

/** The line that is answered, or NULL with a finding. */
static const PreviousLine *find_line(const RowAt *at)
{
    const Round *round = at->in->round;
    int need = replies_find_need(round, text_at(at, LINES_NEED));
    int offer = replies_find_offer(round, text_at(at, LINES_OFFER));
    const PreviousLine *line = need >= 0 && offer >= 0 ? line_before(round, need, offer) : NULL;
    if (need < 0 || offer < 0)
        say_not_in_round(at, need < 0 ? LINES_NEED : LINES_OFFER);
    else if (line == NULL)
        say_no_line(at, need, offer);
    return line;
}

/** Is the line the answering donor's? A file whose donor nothing tells is its first line's donor's. */
static bool is_own(const RowAt *at, ReplyFile *file, const PreviousLine *line)
{
    const Offer *offer = &at->in->round->offers[line->offer];
    if (file->donor == NULL)
        file->donor = offer->donor;
    if (strcmp(file->donor, offer->donor) == 0)
        return true;
    diag_add(at->in->diag, DIAG_ANSWER, place_at(at, LINES_OFFER),
             "donor '%s' answers in this file, but offer '%s' is donor '%s''s; only its own donor "
             "can answer it: move the answer to that donor's file",
             quote(file->donor).text, offer->id, offer->donor);
    return false;
}

/** The line must be as the plan has it: who answers another figure answers another plan. */
static Status check_quantity(const RowAt *at, const PreviousLine *line)
{
    const Need *need = &at->in->round->needs[line->need];
    int64_t stated;
    if (!is_given(at, LINES_QUANTITY))
        return STATUS_OK;
    DecimalSign sign = sign_of_line(at, LINES_QUANTITY, at->quantity_sign, line);
    TRY(amount_at(at, LINES_QUANTITY, sign, need, &stated));
    if (stated == line->quantity)
        return STATUS_OK;
    const Reply *kept = kept_answer(at, line->need, line->offer);
    if (kept != NULL && kept->planned == stated) {
        say_late(at, LINES_QUANTITY, kept, line->quantity);
        return STATUS_FINDINGS;
    }
    diag_add(
        at->in->diag, DIAG_ANSWER, place_at(at, LINES_QUANTITY),
        "the plan's line is %s, and this says %s; restore it, and answer with 'agree less' for "
        "another amount; where this came late, to an earlier plan that had so much, take it out "
        "and ask the donor with the files of this plan (allot pack)",
        amount_in_unit(need->unit, line->quantity).text, amount_in_unit(need->unit, stated).text);
    return STATUS_FINDINGS;
}

static Status refuse(const RowAt *at, LinesColumn column, const char *why)
{
    diag_add(at->in->diag, DIAG_ANSWER, place_at(at, column), "%s", why);
    return STATUS_FINDINGS;
}

/** What the file calls a column, or would call it. */
static const char *heading_of(const RowAt *at, LinesColumn column)
{
    int place = at->headings->column_of[column];
    return place >= 0 ? at->file->lines->headings[place]
                      : _(replies_lines_table.columns[column].name);
}

/** A decision without what belongs beside it. */
static Status ask_for(const RowAt *at, LinesColumn column)
{
    diag_add(at->in->diag, DIAG_ANSWER, place_at(at, LINES_DECISION),
             column == LINES_AGREED
                 ? N_("'agree less' needs an amount in the column %s")
                 : N_("'propose another need' needs that need's id in the column %s"),
             heading_of(at, column));
    return STATUS_FINDINGS;
}

/** An amount between two steps of the need, which is counted in steps alone. */
static Status refuse_step(const RowAt *at, const Need *need, const PreviousLine *line,
                          int64_t agreed)
{
    int64_t below = agreed - agreed % need->step, above = below + need->step;
    if (below > 0 && above < line->quantity)
        diag_add(at->in->diag, DIAG_ANSWER, place_at(at, LINES_AGREED),
                 "%s is no multiple of %s, the step of need '%s'; the nearest are %s and %s",
                 amount_in_unit(need->unit, agreed).text,
                 amount_in_unit(need->unit, need->step).text, need->id,
                 amount_in_unit(need->unit, below).text, amount_in_unit(need->unit, above).text);
    else if (below > 0)
        diag_add(at->in->diag, DIAG_ANSWER, place_at(at, LINES_AGREED),
                 "%s is no multiple of %s, the step of need '%s'; the nearest below the line is %s",
                 amount_in_unit(need->unit, agreed).text,
                 amount_in_unit(need->unit, need->step).text, need->id,
                 amount_in_unit(need->unit, below).text);
    else
        diag_add(at->in->diag, DIAG_ANSWER, place_at(at, LINES_AGREED),
                 "%s is less than %s, the step of need '%s'; agree to that at least, or choose "
                 "'decline'",
                 amount_in_unit(need->unit, agreed).text,
                 amount_in_unit(need->unit, need->step).text, need->id);
    return STATUS_FINDINGS;
}

/** `agree less`: how much. */
static Status read_less(const RowAt *at, const PreviousLine *line, Reply *reply)
{
    const Need *need = &at->in->round->needs[line->need];
    if (!is_given(at, LINES_AGREED))
        return ask_for(at, LINES_AGREED);
    TRY(amount_at(at, LINES_AGREED, at->agreed_sign, need, &reply->agreed));
    if (reply->agreed == 0)
        return refuse(at, LINES_AGREED, _("'agree less' at nothing: choose 'decline'"));
    if (reply->agreed % need->step != 0)
        return refuse_step(at, need, line, reply->agreed);
    if (reply->agreed < line->quantity)
        return STATUS_OK;
    diag_add(at->in->diag, DIAG_ANSWER, place_at(at, LINES_AGREED),
             reply->agreed == line->quantity
                 ? N_("this is the whole line, %s: choose 'agree', or a smaller amount")
                 : N_("this is above the line, which is %s, by %s: agree to it, or offer more in "
                      "the table offers"),
             amount_in_unit(need->unit, line->quantity).text,
             amount_in_unit(need->unit, reply->agreed - line->quantity).text);
    return STATUS_FINDINGS;
}

/** `propose another need`: which. */
static Status read_proposal(const RowAt *at, const PreviousLine *line, Reply *reply)
{
    const char *id = text_at(at, LINES_OTHER_NEED);
    if (*id == '\0')
        return ask_for(at, LINES_OTHER_NEED);
    reply->other_need = replies_find_need(at->in->round, id);
    if (reply->other_need == line->need)
        return refuse(at, LINES_OTHER_NEED, _("this is the line's own need: choose 'agree'"));
    if (reply->other_need >= 0)
        return STATUS_OK;
    diag_add(at->in->diag, DIAG_ANSWER, place_at(at, LINES_OTHER_NEED),
             "the round has no need '%s'; give the id of one, or choose 'decline'", quote(id).text);
    return STATUS_FINDINGS;
}

/** An amount beside `agree` must be the line's own; beside a refusal there can be none. */
static Status check_agreed(const RowAt *at, const PreviousLine *line, const Reply *reply)
{
    int64_t stated;
    if (!is_given(at, LINES_AGREED))
        return STATUS_OK;
    if (reply->decision != REPLY_AGREE)
        return refuse(
            at, LINES_AGREED,
            _("an amount is agreed and the line refused: choose 'agree less', or empty this cell"));
    Unit unit = at->in->round->needs[line->need].unit;
    DecimalSign sign = sign_of_line(at, LINES_AGREED, at->agreed_sign, line);
    TRY(amount_at(at, LINES_AGREED, sign, &at->in->round->needs[line->need], &stated));
    if (stated == line->quantity)
        return STATUS_OK;
    diag_add(at->in->diag, DIAG_ANSWER, place_at(at, LINES_AGREED),
             "'agree' is to the whole line, %s, and this says %s: choose 'agree less', or empty "
             "this cell",
             amount_in_unit(unit, line->quantity).text, amount_in_unit(unit, stated).text);
    return STATUS_FINDINGS;
}

static Status read_decision(const RowAt *at, const PreviousLine *line, Reply *reply)
{
    if (!reply_decision_read(text_at(at, LINES_DECISION), &reply->decision)) {
        diag_add(at->in->diag, DIAG_ANSWER, place_at(at, LINES_DECISION),
                 "'%s' is no decision; choose agree, agree less, decline or propose another need",
                 quote(text_at(at, LINES_DECISION)).text);
        return STATUS_FINDINGS;
    }
    reply->agreed = reply->decision == REPLY_AGREE ? line->quantity : 0;
    if (reply->decision != REPLY_PROPOSE && is_given(at, LINES_OTHER_NEED))
        return refuse(at, LINES_OTHER_NEED,
                      _("another need is named without 'propose another need': choose that, or "
                        "empty this cell"));
    if (reply->decision == REPLY_LESS)
        return read_less(at, line, reply);
    TRY(check_agreed(at, line, reply));
    return reply->decision == REPLY_PROPOSE ? read_proposal(at, line, reply) : STATUS_OK;
}

/** A row without a decision answers nothing, and may say nothing that would be an answer. A comment is passed on
 *  to whoever reads the findings: no table keeps it. */
static Status read_undecided(const RowAt *at)
{
    if (is_given(at, LINES_AGREED) || is_given(at, LINES_OTHER_NEED))
        return refuse(at, LINES_DECISION,
                      _("beside this empty cell stands an answer: choose a decision, or "
                        "empty the cells beside it"));
    if (is_given(at, LINES_COMMENT))
        diag_add(at->in->diag, DIAG_COMMENT_ALONE, place_at(at, LINES_COMMENT),
                 "a comment on offer '%s' for need '%s' without a decision, which leaves the line "
                 "unanswered, and the comment in no table: \"%s\"",
                 quote(text_at(at, LINES_OFFER)).text, quote(text_at(at, LINES_NEED)).text,
                 quote(text_at(at, LINES_COMMENT)).text);
    return STATUS_OK;
}

/** One row that says anything. */
static Status read_row(const RowAt *at, ReplyFile *file)
{
    Reply reply = {.other_need = -1, .place = place_at(at, LINES_DECISION)};
    if (!is_given(at, LINES_DECISION))
        return read_undecided(at);
    const PreviousLine *line = find_line(at);
    if (line == NULL || !is_own(at, file, line))
        return STATUS_FINDINGS;
    TRY(check_quantity(at, line));
    TRY(read_decision(at, line, &reply));
    reply.need = line->need;
    reply.offer = line->offer;
    reply.planned = line->quantity;
    reply.comment = text_at(at, LINES_COMMENT);
    reply.author = at->in->round->offers[line->offer].donor;
    reply.source = source_of(at);
    TRY_NEW(reply.source);
    return replies_add(at->in, &reply);
}

/** What a donor types is read as a table of the round is. The plan's own figures warn of nothing: they are compared. */
static void find_signs(RowAt *at)
{
    const ReplyReading *in = at->in;
    int agreed = at->headings->column_of[LINES_AGREED];
    int quantity = at->headings->column_of[LINES_QUANTITY];
    DecimalSign shown =
        quantity < 0 ? SIGN_OPEN : column_decimal_sign(at->file->lines, (size_t)quantity);
    at->quantity_sign = shown == SIGN_OPEN ? in->decimal : shown;
    at->agreed_sign = agreed < 0
                          ? in->decimal
                          : column_sign_or(at->file->lines, (size_t)agreed, in->decimal, in->diag);
}

Status replies_read_lines(ReplyReading *in, ReplyFile *file)
{
    Headings headings;
    Status status = STATUS_OK;
    if (!file->lines->readable)
        return STATUS_FINDINGS;
    TRY(headings_match(file->lines, true, in->arena, in->diag, &headings));
    if (!headings.complete)
        return STATUS_FINDINGS;
    RowAt at = {.in = in, .file = file, .headings = &headings};
    find_signs(&at);
    for (at.row = 0; at.row < file->lines->row_count; at.row++) {
        Status read = read_row(&at, file);
        if (read == STATUS_NO_MEMORY)
            return read;
        status = read != STATUS_OK ? read : status;
    }
    return status;
}

static bool same_answer(const Reply *a, const Reply *b)
{
    return a->decision == b->decision && a->agreed == b->agreed && a->other_need == b->other_need;
}

Status replies_add(ReplyReading *in, const Reply *reply)
{
    for (size_t i = 0; i < in->count; i++) {
        const Reply *other = &in->rows[i];
        if (other->need != reply->need || other->offer != reply->offer)
            continue;
        if (same_answer(other, reply))
            return STATUS_OK;
        diag_add(in->diag, DIAG_ANSWERS_DIFFER, reply->place,
                 "%s answers the same line, offer '%s' for need '%s', with '%s'; one of the two "
                 "has to go: ask donor '%s'",
                 other->source, in->round->offers[reply->offer].id,
                 in->round->needs[reply->need].id, _(reply_decision_text(other->decision)),
                 reply->author);
        return STATUS_FINDINGS;
    }
    if (in->count == in->room) {
        size_t room = in->room * 2 + 64;
        in->rows = arena_grow(in->arena, in->rows, in->count, room, sizeof *in->rows);
        TRY_NEW(in->rows);
        in->room = room;
    }
    in->rows[in->count++] = *reply;
    return STATUS_OK;
}

void replies_finish(const ReplyReading *in, Replies *out)
{
    *out = (Replies){in->rows, in->count};
    replies_sort(out);
}
