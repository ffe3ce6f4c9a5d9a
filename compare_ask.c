/* The questions of a comparison: what would the second plan be, had this not changed? Each is the second
 * round decided anew, in a process of its own, as if the changes had never been typed; no question is
 * put twice. Called by compare_search.c.
 */
#include "compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allot/language.h"
#include "allot/solve.h"
#include "jobs.h"

enum { FIRST_ASKS = 64, LABEL_SIZE = 64, ANSWER_SIZE = 32 };

/* ---- putting questions ---------------------------------------------------------------------- */

/* Do the flags say the same? NULL: none is set. */
static bool same_flags(const bool *flags, const bool *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (flags[i] != (wanted != NULL && wanted[i]))
            return false;
    return true;
}

static Status copy_flags(const bool *flags, size_t count, Arena *arena, bool **copy)
{
    *copy = ARENA_NEW(arena, count, bool);
    TRY_NEW(*copy);
    for (size_t i = 0; flags != NULL && i < count; i++)
        (*copy)[i] = flags[i];
    return STATUS_OK;
}

static Status make_room(Asker *asker)
{
    if (asker->count < asker->room)
        return STATUS_OK;
    size_t room = asker->room == 0 ? FIRST_ASKS : 2 * asker->room;
    Ask *grown = arena_grow(asker->s->arena, asker->asks, asker->count, room, sizeof *grown);
    TRY_NEW(grown);
    asker->asks = grown;
    asker->room = room;
    return STATUS_OK;
}

static bool is_late(const Asker *asker)
{
    const SolveSettings settings = {.deadline = asker->deadline};
    return solve_is_late(&settings);
}

/* May one more be put? */
static bool has_room(const Asker *asker, double share)
{
    size_t waiting = asker->count - asker->answered;
    if (asker->answered == 0)
        return true;
    return asker->count < ASKS_MOST && !is_late(asker) &&
           asker->work + (double)(waiting + 1) * asker->asks[0].work <= share * asker->most;
}

const char *asker_limit_text(const Asker *asker)
{
    if (is_late(asker))
        return _("longer than the time limit");
    return asker->count >= ASKS_MOST ? _("more rounds than one comparison decides")
                                     : _("more work than one comparison takes");
}

Status asker_put(Asker *asker, const bool *undone, const bool *held, double share, size_t *index)
{
    size_t inputs = asker->comparison->input_count, lines = asker->comparison->line_count;
    Arena *arena = asker->s->arena;
    for (*index = 0; *index < asker->count; ++*index)
        if (same_flags(asker->asks[*index].undone, undone, inputs) &&
            same_flags(asker->asks[*index].held, held, lines))
            return STATUS_OK;
    if (!has_room(asker, share))
        return STATUS_LIMIT;
    TRY(make_room(asker));
    Ask ask = {.answer = "",
               .restored = ARENA_NEW(arena, lines, bool),
               .kept = ARENA_NEW(arena, lines, bool)};
    TRY_NEW(ask.restored);
    TRY_NEW(ask.kept);
    TRY(copy_flags(undone, inputs, arena, &ask.undone));
    TRY(copy_flags(held, lines, arena, &ask.held));
    ask.holds = !same_flags(ask.held, NULL, lines);
    asker->asks[asker->count++] = ask;
    return STATUS_OK;
}

/* ---- one question, in its own process ------------------------------------------------------- */

/* A commitment that holds a line: its cells. */
enum { HELD_CELLS = 4 };

/* What is as much work as a node of a search, in iterations; as a pivot, in columns. */
enum { NODE_ITERATIONS = 100, NETWORK_COLUMNS = 1000 };

static const double LEAST_TIME = 1e-3; /* seconds: 0 would be no limit */

static size_t count_changes(const Asker *asker, const Ask *ask)
{
    size_t count = 0;
    for (size_t i = 0; i < asker->comparison->input_count; i++)
        count += ask->undone[i] ? asker->comparison->inputs[i].change.undo_count : 0;
    for (size_t l = 0; l < asker->comparison->line_count; l++)
        count += ask->held[l] ? HELD_CELLS : 0;
    return count;
}

static Status hold(const ChangedLine *line, Arena *arena, CellChange *cells, size_t *count)
{
    const char *kind = line->before > 0 ? "fixed" : "forbidden";
    const char *id = arena_printf(arena, "%s/%s/%s", line->need, line->offer, kind);
    char amount[32];
    unit_format(line->unit, line->before, amount);
    const char *quantity = arena_text(arena, amount, strlen(amount));
    TRY_NEW(id);
    TRY_NEW(quantity);
    const CellChange row = {
        .table = "commitments", .id = id, .exact = true, .place = {.file = "held"}, .adds = true};
    const char *const columns[] = {"need", "offer", "kind", "quantity"};
    const char *const values[] = {line->need, line->offer, kind, quantity};
    *count = line->before > 0 ? HELD_CELLS : HELD_CELLS - 1;
    for (size_t c = 0; c < *count; c++) {
        cells[c] = row;
        cells[c].column = columns[c];
        cells[c].value = values[c];
    }
    return STATUS_OK;
}

/* The changed cells of this question. */
static Status make_changes(const Asker *asker, const Ask *ask, Session *s)
{
    CellChange *changes = ARENA_NEW(s->arena, count_changes(asker, ask), CellChange);
    size_t count = 0, held = 0;
    TRY_NEW(changes);
    for (size_t i = 0; i < asker->comparison->input_count; i++) {
        const InputChange *change = &asker->comparison->inputs[i].change;
        for (size_t u = 0; ask->undone[i] && u < change->undo_count; u++)
            changes[count++] = change->undo[u];
    }
    for (size_t l = 0; l < asker->comparison->line_count; l++, count += held) {
        held = 0;
        if (ask->held[l])
            TRY(hold(&asker->comparison->lines[l], s->arena, &changes[count], &held));
    }
    s->changes = changes;
    s->change_count = count;
    return STATUS_OK;
}

static bool undoes(const Asker *asker, const Ask *ask, InputChangeKind kind)
{
    for (size_t i = 0; i < asker->comparison->input_count; i++)
        if (ask->undone[i] && asker->comparison->inputs[i].change.kind == kind)
            return true;
    return false;
}

static int by_pair(const void *a, const void *b)
{
    const Assignment *one = a, *other = b;
    if (one->need != other->need)
        return one->need < other->need ? -1 : 1;
    return (one->offer > other->offer) - (one->offer < other->offer);
}

/* The plan's quantity of a pair, and the need's unit; 0 where the round has not got both. */
static int64_t quantity_of(const Session *s, const ChangedLine *line, const char **unit)
{
    const Assignment key = {.need = round_find_need(&s->round, line->need),
                            .offer = round_find_offer(&s->round, line->offer)};
    const Assignment *found = NULL;
    *unit = key.need >= 0 ? s->round.needs[key.need].unit.name : "";
    if (s->plan.assignment_count > 0)
        found = bsearch(&key, s->plan.assignments, s->plan.assignment_count, sizeof key, by_pair);
    return found != NULL ? found->quantity : 0;
}

/* Without a line there is nothing that a unit could count. */
static bool is_quantity(int64_t found, const char *unit, int64_t wanted, Unit wanted_unit)
{
    return found == wanted && (wanted == 0 || strcmp(unit, wanted_unit.name) == 0);
}

static void put_lines(const Asker *asker, const Session *s, FILE *out)
{
    for (size_t i = 0; i < asker->comparison->line_count; i++) {
        const ChangedLine *line = &asker->comparison->lines[i];
        const char *unit;
        int64_t quantity = quantity_of(s, line, &unit);
        fputc(is_quantity(quantity, unit, line->before, line->unit_before), out);
        fputc(is_quantity(quantity, unit, line->after, line->unit), out);
    }
}

/* Fixed in length, written and read by one and the same program. */
static void put_label(FILE *out, const char *text, size_t size)
{
    char label[LABEL_SIZE] = "";
    (void)snprintf(label, sizeof label, "%s", text);
    (void)fwrite(label, 1, size, out);
}

static void put_stages(const Session *s, FILE *out)
{
    for (size_t i = 0; i < s->plan.stage_count; i++) {
        const StageResult *stage = &s->plan.stages[i];
        put_label(out, stage->label, LABEL_SIZE);
        fputc(stage->maximise, out);
        fputc((int)stage->status, out);
        (void)fwrite(&stage->value, sizeof stage->value, 1, out);
        (void)fwrite(&stage->bound, sizeof stage->bound, 1, out);
    }
}

/* What deciding the round was, told by no clock: iterations, a node as many as a search counts for it,
 * times columns. A pivot of a class network, which has no columns, is as quick in any round. */
static double work_of(const Session *s)
{
    double iterations = (double)s->result.iterations + NODE_ITERATIONS * (double)s->result.nodes;
    double columns = s->why_plain == NULL ? NETWORK_COLUMNS : (double)s->form.lp.column_count;
    return fmax(1, iterations) * fmax(1, columns);
}

static Status decide(Session *s)
{
    TRY(open_round(s));
    TRY(make_plan(s));
    return check_plan(s);
}

/* The answers that a question is decided with. */
typedef struct Answering {
    const Asker *asker;
    const Ask *ask;
} Answering;

static Status take_answers(const void *context, Session *s)
{
    const Answering *answering = context;
    return compare_answers_take(answering->asker, answering->ask, s);
}

/* The questions that a run answers: task t is the t-th of them. */
typedef struct Run {
    Asker *asker;
    size_t *open; /* indices of asks */
} Run;

static Status run_ask(void *context, size_t task, FILE *out)
{
    const Run *run = context;
    const Asker *asker = run->asker;
    const Ask *ask = &asker->asks[run->open[task]];
    Options options = asker->after->options;
    Arena *arena = arena_new(); /* given back with the process */
    TRY_NEW(arena);
    bool other_previous = undoes(asker, ask, INPUT_PREVIOUS);
    if (other_previous)
        options.previous = asker->before->options.previous;
    if (undoes(asker, ask, INPUT_URGENT))
        options.urgent = asker->before->options.urgent;
    const CompareSide *order = other_previous ? asker->before : asker->after;
    const Answering answering = {asker, ask};
    const KeptAnswers kept = {take_answers, &answering, order->kept.change_first};
    const CompareSide *ledger = undoes(asker, ask, INPUT_LEDGER) ? asker->before : asker->after;
    options.ledger = ledger->options.ledger;
    if (asker->deadline > 0)
        options.time_limit_s = fmax(asker->deadline - solve_deadline_in(0), LEAST_TIME);
    Session s = {.options = &options,
                 .arena = arena,
                 .diag = diag_new(arena),
                 .kept = &kept,
                 .ledger_up_to = ledger->record.ledger.sha256};
    TRY_NEW(s.diag);
    TRY(make_changes(asker, ask, &s));
    Status status = decide(&s);
    if (status == STATUS_NO_MEMORY)
        return status;
    if (status == STATUS_OK && is_late(asker))
        status = STATUS_LIMIT; /* with more time it might be another plan */
    double work = work_of(&s);
    fputc(status == STATUS_OK, out);
    put_label(out, outcome_text(&s, status), ANSWER_SIZE);
    (void)fwrite(&work, sizeof work, 1, out);
    if (status != STATUS_OK)
        return STATUS_OK;
    put_lines(asker, &s, out);
    put_stages(&s, out);
    return STATUS_OK;
}

/* ---- answers -------------------------------------------------------------------------------- */

static Status take_stages(Ask *ask, const char *bytes, size_t length, Arena *arena)
{
    const size_t size = LABEL_SIZE + 2 + 2 * sizeof(double);
    ask->stage_count = length / size;
    ask->stages = ARENA_NEW(arena, ask->stage_count, StageResult);
    TRY_NEW(ask->stages);
    for (size_t i = 0; i < ask->stage_count; i++, bytes += size) {
        StageResult *stage = &ask->stages[i];
        stage->label = arena_text(arena, bytes, strlen(bytes));
        TRY_NEW(stage->label);
        stage->maximise = bytes[LABEL_SIZE] != 0;
        stage->status = (StageStatus)bytes[LABEL_SIZE + 1];
        memcpy(&stage->value, bytes + LABEL_SIZE + 2, sizeof stage->value);
        memcpy(&stage->bound, bytes + LABEL_SIZE + 2 + sizeof stage->value, sizeof stage->bound);
    }
    return STATUS_OK;
}

static Status take_ask(void *context, size_t task, const char *bytes, size_t length)
{
    const Run *run = context;
    const Comparison *comparison = run->asker->comparison;
    Ask *ask = &run->asker->asks[run->open[task]];
    const size_t head = 1 + ANSWER_SIZE + sizeof(double), lines = 2 * comparison->line_count;
    if (length < head)
        return STATUS_INTERNAL;
    ask->has_plan = bytes[0] != 0;
    ask->answer = arena_text(run->asker->s->arena, bytes + 1, strlen(bytes + 1));
    TRY_NEW(ask->answer);
    memcpy(&ask->work, bytes + 1 + ANSWER_SIZE, sizeof ask->work);
    if (!ask->has_plan)
        return STATUS_OK;
    if (length < head + lines)
        return STATUS_INTERNAL;
    for (size_t i = 0; i < comparison->line_count; i++) {
        ask->restored[i] = bytes[head + 2 * i] != 0;
        ask->kept[i] = bytes[head + 2 * i + 1] != 0;
    }
    return take_stages(ask, bytes + head + lines, length - head - lines, run->asker->s->arena);
}

static const char *name_of(void *context, size_t task)
{
    const Run *run = context;
    return run->asker->asks[run->open[task]].holds ? _("the second round with a line held")
                                                   : _("the second round with changes taken back");
}

Status asker_run(Asker *asker)
{
    Run run = {.asker = asker, .open = ARENA_NEW(asker->s->arena, asker->count, size_t)};
    size_t count = 0;
    TRY_NEW(run.open);
    for (size_t i = 0; i < asker->count; i++)
        if (!asker->asks[i].is_answered)
            run.open[count++] = i;
    Jobs jobs = {.count = count,
                 .workers = asker->s->options->jobs,
                 .run = run_ask,
                 .take = take_ask,
                 .name = name_of,
                 .context = &run};
    Status status = count > 0 ? jobs_run(&jobs, asker->s->diag) : STATUS_OK;
    for (size_t i = 0; i < count; i++) {
        Ask *ask = &asker->asks[run.open[i]];
        ask->is_answered = true;
        if (*ask->answer == '\0')
            ask->answer = "failed"; /* its finding stands */
    }
    for (; asker->answered < asker->count; asker->answered++)
        asker->work += asker->asks[asker->answered].work;
    asker->comparison->solves += count;
    return status == STATUS_FINDINGS ? STATUS_OK : status;
}
