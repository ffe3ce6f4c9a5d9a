/* Answers that the plan before keeps: its sheet Answers, or answers.csv. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "allot/language.h"
#include "allot/quote.h"
#include "allot/replies_read.h"
#include "io/cell.h"
#include "io/csv_reader.h"
#include "io/named_sheets.h"
#include "io/plan_sheets.h"
#include "io/replies_internal.h"

typedef enum KeptColumn {
    KEPT_NEED,
    KEPT_OFFER,
    KEPT_DECISION,
    KEPT_BEFORE,
    KEPT_AGREED,
    KEPT_OTHER_NEED,
    KEPT_TURN,
    KEPT_STANDS,
    KEPT_SOURCE,
    KEPT_COMMENT
} KeptColumn;

static const ColumnSpec kept_columns[] = {
    [KEPT_NEED] = {"need", COLUMN_NAME, true, NULL, "", ""},
    [KEPT_OFFER] = {"offer", COLUMN_NAME, true, NULL, "", ""},
    [KEPT_DECISION] = {"decision", COLUMN_TEXT, true, NULL, "", "empty: what an answer did"},
    [KEPT_BEFORE] = {"before", COLUMN_NUMBER, false, NULL, "", ""},
    [KEPT_AGREED] = {"agreed", COLUMN_NUMBER, true, NULL, "", ""},
    [KEPT_OTHER_NEED] = {"other_need", COLUMN_NAME, false, NULL, "", ""},
    [KEPT_TURN] = {"turn", COLUMN_NUMBER, false, NULL, "", "of an earlier plan's without it: 1"},
    [KEPT_STANDS] = {"stands", COLUMN_FLAG, false, NULL, "", "of a plan without it: yes"},
    [KEPT_SOURCE] = {"source", COLUMN_TEXT, true, NULL, "", ""},
    [KEPT_COMMENT] = {"comment", COLUMN_TEXT, false, NULL, "", ""},
};

static const TableSpec kept_table = {.name = "answers",
                                     .columns = kept_columns,
                                     .column_count = sizeof kept_columns / sizeof *kept_columns};

/** The plan's answers; NULL: it has none. */
static Status read_sheet(const char *path, Arena *arena, Diag *diag, Sheet **out)
{
    struct stat about;
    const char *slash = strrchr(path, '/');
    NamedSheet wanted = {N_("Answers"), &kept_table, NULL};
    *out = NULL;
    if (plan_is_table_file(path))
        return STATUS_OK; /* whoever reads the plan says what is wrong with that */
    if (stat(path, &about) == 0 && !S_ISDIR(about.st_mode)) {
        const char *name = slash != NULL ? slash + 1 : path;
        TRY(named_sheets_read(path, name, &wanted, 1, arena, diag));
        *out = wanted.sheet;
        return STATUS_OK;
    }
    const char *file = arena_printf(arena, "%s/answers.csv", path);
    TRY_NEW(file);
    if (stat(file, &about) != 0 && errno == ENOENT)
        return STATUS_OK;
    SheetTarget target = {.file = file,
                          .table = &kept_table,
                          .texts = arena,
                          .grid = arena,
                          .diag = diag,
                          .of_plan = true};
    TRY(csv_read_file(file, NULL, &target, out));
    if ((*out)->heading_line == 0)
        *out = NULL;
    return STATUS_OK;
}

typedef struct Keeping {
    ReplyReading *in;
    const Sheet *sheet;
    Headings headings;
    size_t row;
    int last_turn;   /* of the answers that the sheet has */
    Replies *opened; /* what is open again; NULL: nobody asks */
} Keeping;

static const char *text_of(const Keeping *k, KeptColumn column)
{
    int place = k->headings.column_of[column];
    return place < 0 ? "" : sheet_cell(k->sheet, k->row, (size_t)place)->text;
}

static CellAt cell_of(const Keeping *k, KeptColumn column)
{
    return (CellAt){.sheet = k->sheet,
                    .row = k->row,
                    .column = (size_t)k->headings.column_of[column],
                    .diag = k->in->diag};
}

/** An amount, 0 where the cell is empty. */
static Status amount_of(const Keeping *k, KeptColumn column, Unit unit, int64_t *out)
{
    Decimal value;
    *out = 0;
    if (*text_of(k, column) == '\0')
        return STATUS_OK;
    CellAt at = cell_of(k, column);
    const FigureSpec spec = {.sign = SIGN_POINT, .limit = LIMIT_NOT_NEGATIVE, .any_sign = true};
    TRY(cell_decimal(at, &spec, &value));
    return cell_amount(at, value, unit, out);
}

/** The turn of a kept answer; every one counts for the number of the next, taken over or not. */
static Status turn_of(Keeping *k, int *turn)
{
    *turn = 1;
    if (*text_of(k, KEPT_TURN) != '\0')
        TRY(cell_integer(cell_of(k, KEPT_TURN), SIGN_POINT, LIMIT_POSITIVE, turn));
    k->last_turn = *turn > k->last_turn ? *turn : k->last_turn;
    return STATUS_OK;
}

/** Does the answer stand? Not where its line, which was agreed, gave way to an urgent need. */
static Status stands(const Keeping *k, const Reply *reply, bool *out)
{
    *out = true;
    if (*text_of(k, KEPT_STANDS) == '\0')
        return STATUS_OK;
    TRY(cell_flag(cell_of(k, KEPT_STANDS), out));
    if (*out || reply_agrees(reply))
        return STATUS_OK;
    diag_add(
        k->in->diag, DIAG_ANSWER,
        sheet_place(k->sheet, k->row, (size_t)k->headings.column_of[KEPT_STANDS]),
        N_("only a line that was agreed to can be open again; write yes, or take the row out"));
    return STATUS_FINDINGS;
}

/** Puts an answer that stands no more beside the others. */
static Status keep_opened(Keeping *k, const Reply *reply)
{
    Replies *opened = k->opened;
    if (opened == NULL)
        return STATUS_OK;
    if (opened->rows == NULL)
        opened->rows = ARENA_NEW(k->in->arena, k->sheet->row_count, Reply);
    TRY_NEW(opened->rows);
    opened->rows[opened->count++] = *reply;
    return STATUS_OK;
}

/** The new answer to the line of an earlier one, or NULL. */
static Reply *new_answer(const ReplyReading *in, const Reply *kept)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->rows[i].need == kept->need && in->rows[i].offer == kept->offer)
            return &in->rows[i];
    return NULL;
}

/** Agreed again at the same amount: the earlier answer, which says where it was given, goes on to stand. */
static void keep_repeated(Reply *answer, const Reply *kept)
{
    if (reply_agrees(kept) && answer->decision == REPLY_AGREE && answer->agreed == kept->agreed)
        *answer = *kept;
}

static Status keep_row(Keeping *k)
{
    const Round *round = k->in->round;
    int place = k->headings.column_of[KEPT_DECISION];
    Reply reply = {.carried = true,
                   .need = replies_find_need(round, text_of(k, KEPT_NEED)),
                   .offer = replies_find_offer(round, text_of(k, KEPT_OFFER)),
                   .other_need = replies_find_need(round, text_of(k, KEPT_OTHER_NEED)),
                   .comment = text_of(k, KEPT_COMMENT),
                   .source = text_of(k, KEPT_SOURCE),
                   .place = sheet_place(k->sheet, k->row, (size_t)place)};
    if (*text_of(k, KEPT_DECISION) == '\0')
        return STATUS_OK;
    if (!reply_decision_read(text_of(k, KEPT_DECISION), &reply.decision)) {
        diag_add(k->in->diag, DIAG_ANSWER, reply.place,
                 "'%s' is no decision; choose agree, agree less, decline or propose another need, "
                 "or take the row out",
                 quote(text_of(k, KEPT_DECISION)).text);
        return STATUS_FINDINGS;
    }
    TRY(turn_of(k, &reply.turn));
    if (reply.need < 0 || reply.offer < 0) {
        diag_add(k->in->diag, DIAG_ANSWER_LAPSED, reply.place,
                 "an earlier answer, about offer '%s' for need '%s', has no place in this round "
                 "any more and is left out",
                 quote(text_of(k, KEPT_OFFER)).text, quote(text_of(k, KEPT_NEED)).text);
        return STATUS_OK;
    }
    reply.author = round->offers[reply.offer].donor;
    TRY(amount_of(k, KEPT_BEFORE, round->needs[reply.need].unit, &reply.planned));
    TRY(amount_of(k, KEPT_AGREED, round->needs[reply.need].unit, &reply.agreed));
    bool standing;
    TRY(stands(k, &reply, &standing));
    Reply *answer = new_answer(k->in, &reply);
    if (!standing)
        return answer == NULL ? keep_opened(k, &reply) : STATUS_OK;
    if (answer == NULL)
        return replies_add(k->in, &reply);
    keep_repeated(answer, &reply);
    return STATUS_OK;
}

static Status keep_rows(Keeping *k)
{
    Status status = STATUS_OK;
    if (!k->sheet->readable)
        return STATUS_FINDINGS;
    TRY(headings_match(k->sheet, true, k->in->arena, k->in->diag, &k->headings));
    if (!k->headings.complete)
        return STATUS_FINDINGS;
    for (k->row = 0; k->row < k->sheet->row_count; k->row++) {
        Status kept = keep_row(k);
        if (kept == STATUS_NO_MEMORY)
            return kept;
        status = kept != STATUS_OK ? kept : status;
    }
    return status;
}

Status replies_carry(const char *previous, const Round *round, Arena *arena, Diag *diag,
                     Replies *out, Replies *opened)
{
    ReplyReading in = {.round = round, .arena = arena, .diag = diag};
    Keeping k = {.in = &in, .opened = opened};
    Sheet *sheet;
    if (opened != NULL)
        *opened = (Replies){.count = 0};
    TRY(read_sheet(previous, arena, diag, &sheet));
    for (size_t i = 0; i < out->count; i++)
        TRY(replies_add(&in, &out->rows[i]));
    k.sheet = sheet;
    Status status = sheet != NULL ? keep_rows(&k) : STATUS_OK;
    for (size_t i = 0; i < in.count; i++)
        if (!in.rows[i].carried)
            in.rows[i].turn = k.last_turn + 1;
    replies_finish(&in, out);
    return status;
}

Status replies_recall(const char *plan, const Round *round, Arena *arena, Replies *out,
                      Replies *opened)
{
    Diag *unheard = diag_new(arena);
    TRY_NEW(unheard);
    *out = (Replies){.count = 0};
    Status status = replies_carry(plan, round, arena, unheard, out, opened);
    if (status != STATUS_OK)
        out->count = 0;
    if (status != STATUS_OK && opened != NULL)
        opened->count = 0;
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}
