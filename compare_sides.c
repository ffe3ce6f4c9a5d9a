/* The two sides of a comparison: a plan, and the round that it was made from, which has to be the one
 * that the plan says, to the last byte. Called by command_compare.c.
 */
#include "compare.h"

#include <string.h>
#include <sys/stat.h>

#include "allot/language.h"
#include "allot/replies_read.h"
#include "allot/tables.h"
#include "urgent.h"

static bool is_there(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0;
}

/* "DIR/NAME", DIR being the folder that @p beside lies in; NULL without memory. */
static const char *path_beside(const char *beside, const char *name, Arena *arena)
{
    size_t length = strlen(beside);
    while (length > 1 && beside[length - 1] == '/') /* of a folder "t/" */
        length--;
    while (length > 0 && beside[length - 1] != '/')
        length--;
    const char *folder = arena_text(arena, beside, length);
    return folder != NULL ? arena_printf(arena, "%s%s", folder, name) : NULL;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

/* Where @p recorded may be today: as recorded, or under its name beside the plan. */
static Status find_path(const char *recorded, const char *plan, Arena *arena, const char **path)
{
    *path = NULL;
    if (recorded == NULL)
        return STATUS_OK;
    const char *beside = path_beside(plan, base_name(recorded), arena);
    TRY_NEW(beside);
    if (is_there(recorded))
        *path = recorded;
    else if (is_there(beside))
        *path = beside;
    return STATUS_OK;
}

/* ---- what a plan says of its round ---------------------------------------------------------- */

/* The recorded name of a plan before: of a folder that of its lines. */
static Status previous_path(const Session *s, CompareSide *side)
{
    static const char tail[] = "/assignments.csv";
    const RecordFile *previous = &side->record.previous;
    side->options.previous = NULL;
    if (previous->sha256 == NULL)
        return STATUS_OK;
    const char *name = previous->file != NULL ? previous->file : "";
    size_t length = strlen(name), end = strlen(tail);
    if (length > end && strcmp(name + length - end, tail) == 0)
        name = arena_text(s->arena, name, length - end);
    TRY_NEW(name);
    TRY(find_path(name, side->record.path, s->arena, &side->options.previous));
    if (s->options->previous != NULL)
        side->options.previous = s->options->previous;
    return STATUS_OK;
}

/* The ledger that the plan was made from, up to the line that was its last then: later ones are of
 * what happened since. */
static Status ledger_path(const Session *s, CompareSide *side)
{
    const RecordFile *ledger = &side->record.ledger;
    side->options.ledger = NULL;
    if (ledger->sha256 == NULL)
        return STATUS_OK;
    TRY(find_path(ledger->file, side->record.path, s->arena, &side->options.ledger));
    if (s->options->ledger != NULL)
        side->options.ledger = s->options->ledger;
    return STATUS_OK;
}

/* As the round was read for the plan; what this command line sets wins. */
static Status take_options(const Session *s, const char *round, CompareSide *side)
{
    const PlanRecord *record = &side->record;
    size_t given = record->given_count, more = s->options->setting_count;
    SettingRow *settings = ARENA_NEW(s->arena, given + more, SettingRow);
    TRY_NEW(settings);
    for (size_t i = 0; i < given; i++)
        settings[i] = record->given[i];
    for (size_t i = 0; i < more; i++)
        settings[given + i] = s->options->settings[i];
    side->options = *s->options;
    side->options.round = round;
    side->options.settings = settings;
    side->options.setting_count = given + more;
    TRY(ledger_path(s, side));
    return previous_path(s, side);
}

/* ---- is it the same round? ------------------------------------------------------------------ */

static bool is_recorded(const PlanRecord *record)
{
    for (int t = 0; t < TABLE_COUNT; t++)
        if (record->tables[t].sha256 != NULL)
            return true;
    return false;
}

/* Is this file, read or not, the one that the plan was made from? */
static bool is_file(const InputTable *file, const char *recorded)
{
    return file->present == (recorded != NULL) &&
           (!file->present || strcmp(file->sha256, recorded) == 0);
}

/* The name of the first file that is not what it was, NULL when all are. */
static const char *changed_file(const CompareSide *side)
{
    const Round *round = &side->session.round;
    for (int t = 0; t < TABLE_COUNT; t++) {
        const InputTable *table = &round->tables[t];
        if (!is_file(table, side->record.tables[t].sha256))
            return table->present ? table->file : dictionary_table((TableKind)t)->name;
    }
    if (!is_file(&round->previous_input, side->record.previous.sha256))
        return N_("the plan before");
    if (!is_file(&round->ledger_input, side->record.ledger.sha256))
        return N_("the ledger");
    return NULL;
}

static Status report_changed(Session *s, const char *option, const char *file, CompareSide *side)
{
    side->has_round = false;
    side->why_not = arena_printf(s->arena, _("its round is not what it was made from (%s)"), file);
    TRY_NEW(side->why_not);
    if (strcmp(file, "the ledger") == 0)
        diag_add(s->diag, DIAG_ROUND_OTHER, (DiagPlace){.file = side->options.round},
                 N_("the ledger that the plan %s was made from is not found, or its lines are not "
                    "what they were; say with --ledger FILE where it is now"),
                 side->record.path);
    else
        diag_add(s->diag, DIAG_ROUND_OTHER, (DiagPlace){.file = side->options.round},
                 N_("%s is not what the plan %s was made from: another hash; give the round as it "
                    "was with %s ROUND, or solve it again and compare that plan"),
                 file, side->record.path, option);
    return STATUS_OK;
}

/* ---- opening -------------------------------------------------------------------------------- */

static Status report_lost(Session *s, const char *option, CompareSide *side)
{
    const char *recorded = side->record.round_path;
    bool is_name = recorded != NULL && strchr(recorded, '/') == NULL;
    side->why_not = recorded == NULL
                        ? _("the plan does not say which round it was made from")
                        : arena_printf(s->arena, _("its round is not found at %s"), recorded);
    TRY_NEW(side->why_not);
    diag_add(s->diag, DIAG_ROUND_LOST, (DiagPlace){.file = side->record.path},
             is_name ? N_("%s; give it with %s ROUND, or nothing can be said about causes (of an "
                          "absolute path a plan holds the last name alone)")
                     : N_("%s; give it with %s ROUND, or nothing can be said about causes"),
             side->why_not, option);
    return STATUS_OK;
}

/* The errors of a round that cannot be read any more. */
static Status report_errors(Session *s, CompareSide *side)
{
    size_t count;
    const Finding *list = diag_findings(side->session.diag, &count);
    for (size_t i = 0; i < count; i++)
        if (list[i].severity == DIAG_ERROR)
            diag_add(s->diag, list[i].code, list[i].place, "%s", list[i].message);
    side->has_round = false;
    side->why_not = _("its round cannot be read, or its lines do not fit it");
    return STATUS_OK;
}

static Status read_round_and_plan(CompareSide *side)
{
    const char *lines;
    Session *session = &side->session;
    TRY(open_round(session));
    return tables_read(side->record.path, &session->round, session->arena, session->diag,
                       &session->plan, &lines);
}

/* The answers that the plan keeps. */
static Status take_its_answers(const void *context, Session *s)
{
    const CompareSide *side = context;
    Replies *replies = ARENA_NEW(s->arena, 1, Replies);
    Replies *opened = ARENA_NEW(s->arena, 1, Replies);
    TRY_NEW(replies);
    TRY_NEW(opened);
    TRY(replies_carry(side->record.path, &s->round, s->arena, s->diag, replies, opened));
    replies_leave_settled(&s->round, replies, opened);
    s->round.reopened = opened->count > 0 ? opened : NULL;
    return replies->count + opened->count > 0 ? replies_commit(replies, &s->round, s->diag)
                                              : STATUS_OK;
}

/* Does the stage come before change where answers are settled: of an urgent need, or of a tier? */
static bool is_before_change(const StageResult *stage)
{
    static const char *const FIRST[] = {"urgent ", "taken", "tier ", "unvalued "};
    for (size_t i = 0; i < sizeof FIRST / sizeof *FIRST; i++)
        if (strncmp(stage->label, FIRST[i], strlen(FIRST[i])) == 0)
            return true;
    return false;
}

/* Were answers settled: did change come before all stages but those? */
static bool is_settled(const PlanRecord *record)
{
    size_t first = 0;
    while (first < record->stage_count && is_before_change(&record->stages[first]))
        first++;
    return first < record->stage_count && strncmp(record->stages[first].label, "change", 6) == 0;
}

static Status open_its_round(Session *s, const char *round, const char *option, CompareSide *side)
{
    TRY(take_options(s, round, side));
    side->options.urgent = urgent_of_stages(side->record.stages, side->record.stage_count);
    side->kept = (KeptAnswers){take_its_answers, side, is_settled(&side->record)};
    side->session = (Session){.options = &side->options,
                              .kept = &side->kept,
                              .arena = s->arena,
                              .diag = diag_new(s->arena),
                              .ledger_up_to = side->record.ledger.sha256,
                              .texts = &side->texts};
    TRY_NEW(side->session.diag);
    side->has_round = true;
    Status status = read_round_and_plan(side);
    if (status == STATUS_NO_MEMORY || status == STATUS_INTERNAL)
        return status;
    if (status == STATUS_IO)
        return report_errors(s, side);
    const char *file = is_recorded(&side->record) ? changed_file(side) : NULL;
    if (file != NULL)
        return report_changed(s, option, file, side);
    return status == STATUS_OK ? STATUS_OK : report_errors(s, side);
}

Status compare_side_open(Session *s, const char *path, const char *round, const char *option,
                         CompareSide *side)
{
    *side = (CompareSide){.why_not = ""};
    TRY(plan_record_read(path, s->arena, s->diag, &side->record));
    if (round == NULL)
        TRY(find_path(side->record.round_path, path, s->arena, &round));
    if (round == NULL)
        return report_lost(s, option, side);
    return open_its_round(s, round, option, side);
}
