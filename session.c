/* What the commands share: a round opened, decided, checked and described. */
#include "session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "allot/conflict.h"
#include "allot/language.h"
#include "allot/ledger_file.h"
#include "allot/replies_read.h"
#include "allot/round_read.h"
#include "allot/solve.h"
#include "allot/tables.h"
#include "allot/verify.h"
#include "allot/version.h"
#include "io/atomic_file.h"
#include "io/misfit_words.h"
#include "io/plan_ledger.h"
#include "io/plan_round.h"
#include "outputs.h"
#include "reopen.h"
#include "steps_concession.h"
#include "urgent.h"
#include "urgent_told.h"

Status list_pairs(Session *s)
{
    if (s->pairs.first != NULL)
        return STATUS_OK;
    TRY(pair_set_build(&s->round, s->arena, s->diag, &s->pairs));
    return rule_set_build(&s->round, &s->pairs, s->arena, s->diag, &s->rules);
}

/** Counts what earlier rounds left into this one. A ledger that is not there is begun by a close alone;
 *  a round that is closed already is decided again on what was there before it. */
static Status open_ledger(Session *s)
{
    bool closes = s->options->command == COMMAND_CLOSE;
    LedgerSource source = {.path = s->options->ledger,
                           .before_round = s->round.settings.round,
                           .up_to = s->ledger_up_to,
                           .may_be_missing = closes};
    Ledger *ledger = ARENA_NEW(s->arena, 1, Ledger);
    TRY_NEW(ledger);
    TRY(ledger_read(&source, s->round.names, s->arena, s->diag, ledger));
    s->round.ledger_input = (InputTable){
        .present = true, .file = ledger->path, .sha256 = ledger->head, .rows = ledger->count};
    return ledger_apply(ledger, &s->round, s->arena, s->diag);
}

/** Is the command about a plan that stands, and decides nothing? */
static bool checks_plan(const Options *options)
{
    return options->command == COMMAND_VERIFY || options->command == COMMAND_PACK ||
           options->command == COMMAND_CLOSE || options->command == COMMAND_PUBLISH;
}

/** Those of @p keeper that @p replies do not answer anew; then all of them become commitments, but those that give
 *  way to an urgent need. */
static Status keep_answers(Session *s, const char *keeper, Replies *replies)
{
    Replies *opened = ARENA_NEW(s->arena, 1, Replies);
    TRY_NEW(opened);
    TRY(replies_carry(keeper, &s->round, s->arena, s->diag, replies, opened));
    replies_leave_settled(&s->round, replies, opened);
    s->round.reopened = opened->count > 0 ? opened : NULL;
    if (!checks_plan(s->options))
        TRY(reopen_agreed(s, replies));
    else if (s->options->answers != NULL)
        TRY(reopen_as_marked(s, s->options->operand, replies));
    if (replies->count > 0 || s->options->answers != NULL || s->round.reopened != NULL)
        TRY(replies_commit(replies, &s->round, s->diag));
    return STATUS_OK;
}

/** A plan that is checked, packed, closed, published or explained keeps the answers that it was made with, unless
 *  these come from elsewhere: they are commitments that it has to meet. */
static Status take_own_answers(Session *s)
{
    const Options *options = s->options;
    const char *plan = checks_plan(options) ? options->operand : options->previous;
    Replies *replies = ARENA_NEW(s->arena, 1, Replies);
    TRY_NEW(replies);
    if (checks_plan(options))
        TRY(plan_round_check(options->operand, PLAN_ROUND_OWN, &s->round, s->arena, s->diag));
    else if (options->command != COMMAND_EXPLAIN || plan == NULL)
        return STATUS_OK;
    return options->answers == NULL ? keep_answers(s, plan, replies) : STATUS_OK;
}

/** How many answers the plan before keeps. */
static Status count_answers_before(Session *s, size_t *count)
{
    Replies kept, opened;
    TRY(replies_recall(s->options->previous, &s->round, s->arena, &kept, &opened));
    *count = kept.count + opened.count;
    return STATUS_OK;
}

/** A plan before whose answers nobody asked for: that they bind nobody is said. */
static Status tell_answers_left(Session *s)
{
    size_t count;
    const char *previous = s->options->previous;
    bool decides = s->options->command == COMMAND_SOLVE || s->options->command == COMMAND_EXPORT;
    if (previous == NULL || !decides)
        return STATUS_OK;
    TRY(count_answers_before(s, &count));
    if (count > 0)
        diag_add(s->diag, DIAG_ANSWERS_LEFT, (DiagPlace){.file = previous},
                 N_("this plan keeps %zu answer%s of donors, which bind nobody now; name a folder "
                    "with --answers, be it an empty one, and agreed lines stay"),
                 count, count == 1 ? "" : "s");
    return STATUS_OK;
}

/** Donors' answers to the plan before, and those that this one keeps: also where a need is urgent beside it. */
static Status take_new_answers(Session *s)
{
    const Options *options = s->options;
    ReplySource source = {.dir = options->answers,
                          .previous = options->previous,
                          .encoding = options->encoding,
                          .decimal = options->decimal};
    Replies *replies = ARENA_NEW(s->arena, 1, Replies);
    TRY_NEW(replies);
    if (options->answers == NULL && (options->urgent == NULL || options->previous == NULL))
        return tell_answers_left(s);
    if (options->answers != NULL)
        TRY(replies_read(&source, &s->round, s->arena, s->diag, replies));
    TRY(keep_answers(s, options->previous, replies));
    replies_tell_proposals(&s->round, s->diag);
    return STATUS_OK;
}

/** What the plan of --previous says of itself, where a round is decided again from it; nothing where it cannot
 *  be read, which others say. */
static Status read_record_before(Session *s, PlanRecord *before)
{
    const Options *options = s->options;
    Diag *unheard = diag_new(s->arena);
    TRY_NEW(unheard);
    *before = (PlanRecord){.path = options->previous};
    if (options->previous == NULL || s->kept != NULL || checks_plan(options))
        return STATUS_OK;
    Status status = plan_record_read(options->previous, s->arena, unheard, before);
    if (status != STATUS_OK)
        *before = (PlanRecord){.path = options->previous};
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

/** Does what is decided go on from the plan before: with answers to it, beside it for an urgent need, or, explained,
 *  as that plan, which answers or an urgent need made? */
static Status goes_on_from(Session *s, const PlanRecord *before, bool *goes_on)
{
    const Options *options = s->options;
    bool explains = options->command == COMMAND_EXPLAIN && options->previous != NULL;
    size_t kept = 0;
    if (explains)
        TRY(count_answers_before(s, &kept));
    *goes_on = options->answers != NULL || options->urgent != NULL || kept > 0 ||
               (explains && urgent_of_stages(before->stages, before->stage_count) != NULL);
    return STATUS_OK;
}

/** What goes on from the plan before: its round, the ledger that it rests on, and what it serves first. */
static Status take_before(Session *s)
{
    PlanRecord before;
    const char *previous = s->options->previous;
    bool goes_on;
    TRY(read_record_before(s, &before));
    TRY(goes_on_from(s, &before, &goes_on));
    if (previous != NULL && s->kept == NULL && !checks_plan(s->options))
        TRY(plan_round_check(previous, goes_on ? PLAN_ROUND_ON : PLAN_ROUND_BEFORE, &s->round,
                             s->arena, s->diag));
    TRY(plan_ledger_check_before(&before, &s->round, goes_on, s->diag));
    return take_urgent(s, &before);
}

Status open_round_to_check(Session *s)
{
    const Options *options = s->options;
    RoundSource source = {.path = options->round,
                          .encoding = options->encoding,
                          .decimal = options->decimal,
                          .overrides = options->settings,
                          .override_count = options->setting_count,
                          .scenario = s->scenario,
                          .changes = s->changes,
                          .change_count = s->change_count,
                          .texts = s->texts};
    TRY(round_read(&source, s->arena, s->diag, &s->round));
    if (options->ledger != NULL)
        TRY(open_ledger(s));
    TRY(round_check(&s->round, s->diag));
    if (options->command == COMMAND_SOLVE || options->command == COMMAND_CHECK)
        TRY(ledger_tell_rules(&s->round, s->arena, s->diag));
    TRY(take_before(s));
    TRY(s->kept != NULL ? s->kept->take(s->kept->context, s) : take_own_answers(s));
    s->round.settings.change_first = s->kept != NULL
                                         ? s->kept->change_first
                                         : options->answers != NULL || s->round.replies != NULL;
    if (options->previous != NULL)
        TRY(previous_read(options->previous, &s->round, s->arena, s->diag));
    if (s->kept == NULL)
        TRY(take_new_answers(s));
    (void)class_network_fits(&s->round, &s->why_plain, s->arena);
    TRY(eligible_sets_build(&s->round, s->arena, &s->sets));
    urgent_tell(s);
    return round_review_pairs(&s->round, s->sets, s->diag);
}

Status open_round_to_review(Session *s)
{
    bool doubt = false;
    TRY(open_round_to_check(s));
    if (s->why_plain != NULL)
        TRY(rules_in_doubt(&s->round, s->sets, s->arena, &doubt));
    return doubt ? list_pairs(s) : STATUS_OK;
}

/** Where a class network decides, no pair has to be looked at by itself, and no rule can be wrong. */
Status open_round(Session *s)
{
    TRY(open_round_to_check(s));
    return s->why_plain == NULL ? STATUS_OK : list_pairs(s);
}

Status formulate(Session *s)
{
    TRY(list_pairs(s));
    reopen_bound(s);
    TRY(formulation_build(&s->round, &s->pairs, &s->rules, s->arena, &s->form));
    const char *wrong = lp_check(&s->form.lp, s->arena);
    if (wrong == NULL)
        return STATUS_OK;
    if (wrong == LP_CHECK_NO_MEMORY)
        return STATUS_NO_MEMORY;
    diag_add(s->diag, DIAG_SOLVER, (DiagPlace){0}, N_("the program is not sound: %s"), wrong);
    return STATUS_INTERNAL;
}

/** Without the bounds that it was decided with. */
static Status formulate_anew(Session *s)
{
    s->pairs = (PairSet){.first = NULL};
    return formulate(s);
}

SolveSettings solve_settings(Session *s)
{
    SolveSettings settings = solve_settings_of(&s->round);
    settings.progress = s->line.stream != NULL ? &s->line.progress : NULL;
    if (s->options->time_limit_s > 0)
        settings.deadline = solve_deadline_in(s->options->time_limit_s);
    return settings;
}

/** What cannot be kept together, and what would have to give way. *holds: with that there is a plan. */
static Status find_conflicts(Session *s, Conflicts *conflicts, bool *holds)
{
    Formulation *loose = ARENA_NEW(s->arena, 1, Formulation);
    SolveSettings settings = solve_settings(s);
    TRY_NEW(loose);
    Status built = formulation_build_agreed(&s->round, s->arena, loose);
    if (built == STATUS_FINDINGS) /* figures of a pair that is ruled out fit no arithmetic */
        built = formulation_build_loose(&s->round, &s->pairs, &s->rules, s->arena, loose);
    TRY(built);
    TRY(solve_conflicts(loose, &settings, s->arena, conflicts));
    return try_concessions(s, conflicts, holds);
}

/** No plan can exist: names the rows in conflict, and by how much they would have to give way. */
static Status report_conflict(Session *s)
{
    Conflicts conflicts;
    bool holds;
    TRY(find_conflicts(s, &conflicts, &holds));
    return conflict_report(&conflicts, s->arena, s->diag);
}

/** No plan was found within the limits: a conflict may be there all the same, or be known to end when less
 *  is demanded. */
static Status report_none_yet(Session *s)
{
    Conflicts conflicts = {0};
    bool holds = false;
    if (s->options->time_limit_s <= 0 && solve_demands(&s->form))
        TRY(find_conflicts(s, &conflicts, &holds));
    if (conflicts.count > 0)
        return conflict_report(&conflicts, s->arena, s->diag);
    if (s->options->time_limit_s > 0)
        diag_add(s->diag, DIAG_SOLVER, (DiagPlace){.file = s->round.source},
                 N_("no plan was found within the time limit and nodes=%ld; allow more with "
                    "--time-limit S or --set nodes=N"),
                 s->round.settings.nodes);
    else
        diag_add(s->diag, DIAG_SOLVER, (DiagPlace){.file = s->round.source},
                 N_("no plan was found within nodes=%ld; allow more with --set nodes=N"),
                 s->round.settings.nodes);
    if (holds)
        TRY(conflict_report_concessions(&conflicts, s->arena, s->diag));
    return STATUS_LIMIT;
}

/** A plan that gives nothing although offers fit is a rule's doing more often than anybody's wish; not so
 *  where earlier rounds have taken all of them. */
static Status finish_plan(Session *s)
{
    size_t pairs = 0;
    if (s->plan.assignment_count == 0)
        TRY(eligible_open_count(s->sets, &s->round, s->arena, &pairs));
    if (pairs > 0)
        diag_add(s->diag, DIAG_NOTHING_GIVEN, (DiagPlace){.file = s->round.source},
                 N_("%zu pairs are eligible and nothing is given; do the rules leave nothing?"),
                 pairs);
    return plan_reasons(&s->round, s->sets, s->arena, &s->plan);
}

/** Is there a plan in the plain engine's answer? If not, says why. */
static Status judge_answer(Session *s, Status status)
{
    if (status == STATUS_SOLVER_FAULT)
        diag_add(s->diag, DIAG_SOLVER, (DiagPlace){0}, N_("the solver failed: %s"),
                 s->result.fault == NULL ? _("it gave no answer") : s->result.fault);
    if (status == STATUS_NO_PLAN) {
        bool conceded;
        TRY(concede_steps(s, &conceded));
        return conflict_report_steps(&s->form, &s->result, conceded, s->arena, s->diag);
    }
    TRY(status);
    if (s->result.outcome == SOLVE_INFEASIBLE)
        return report_conflict(s);
    if (solve_outcome_has_plan(s->result.outcome))
        return STATUS_OK;
    return report_none_yet(s);
}

/** Decides the round, or says why there is no plan. */
Status make_plan(Session *s)
{
    if (s->why_plain == NULL)
        TRY(solve_fast(&s->round, s->sets, s->arena, &s->result, &s->plan, &s->why_plain));
    if (s->why_plain == NULL)
        return finish_plan(s);
    TRY(formulate(s));
    SolveSettings settings = solve_settings(s);
    TRY(judge_answer(s, solve_plan(&s->form, &settings, s->arena, &s->result, &s->plan)));
    s->is_decided = true;
    reopen_doubt(s);
    if (s->round.reopened != NULL)
        TRY(formulate_anew(s));
    return finish_plan(s);
}

/** The plan has to pass the independent check; if it does not, the program is at fault. */
Status check_plan(Session *s)
{
    VerifyReport report;
    Status status = plan_verify(&s->round, &s->plan, true, "plan", s->arena, s->diag, &report);
    if (status != STATUS_FINDINGS)
        return status;
    diag_add(s->diag, DIAG_SOLVER, (DiagPlace){0},
             N_("the plan did not pass its own check and was not written; please report this"));
    return STATUS_INTERNAL;
}

Status read_plan(Session *s, VerifyReport *report)
{
    const char *lines;
    *report = (VerifyReport){0};
    Status read = tables_read(s->options->operand, &s->round, s->arena, s->diag, &s->plan, &lines);
    if (read != STATUS_OK && (read != STATUS_FINDINGS || s->plan.needs == NULL))
        return read;
    Status checked = plan_verify(&s->round, &s->plan, false, lines, s->arena, s->diag, report);
    return checked == STATUS_OK ? read : checked;
}

Status try_outputs(Session *s, const char *book)
{
    const char *folder = s->options->tables, *write_to;
    struct stat there;
    TRY(check_output_folder(s, folder));
    TRY(check_output(s, book));
    if (folder != NULL && stat(folder, &there) == 0 && !S_ISDIR(there.st_mode))
        return atomic_file_failed(s->diag, folder, ENOTDIR);
    if (book == NULL)
        return STATUS_OK;
    AtomicSet *set = atomic_set_new(s->arena);
    TRY_NEW(set);
    Status status = atomic_set_add(set, book, book, s->diag, &write_to);
    atomic_set_abandon(set);
    return status;
}

RunInfo versions(void)
{
    RunInfo info = {.allot_version = ALLOT_VERSION,
                    .glpk_version = solve_library_version(),
                    .csv_version = round_read_library_version(),
                    .reader_version = round_read_workbook_version(),
                    .xlsx_version = book_library_version(),
                    .gmp_version = verify_library_version()};
    return info;
}

/** SOURCE_DATE_EPOCH is believed up to the year 9999. */
enum { EPOCH_DAYS_MOST = 2932897 };

/** Where the round is, as a plan records it: without slashes at its end. An absolute path is one machine's
 *  own: its last name says as much, so that equal rounds give equal plans. */
static const char *recorded_path(const char *path, Arena *arena)
{
    size_t end = strlen(path), first = 0;
    while (end > 1 && path[end - 1] == '/')
        end--;
    if (*path == '/' && end > 1)
        for (first = end; path[first - 1] != '/';)
            first--;
    const char *kept = arena_text(arena, path + first, end - first);
    return kept != NULL ? kept : path;
}

/** "GLPK alone (an urgent need)" in the reader's language; NULL without memory. */
static const char *alone_spoken(const char *why, Arena *arena)
{
    const char *spoken = misfit_spoken(arena, why);
    return spoken != NULL ? arena_printf(arena, _("GLPK alone (%s)"), spoken) : NULL;
}

void describe_run(Session *s)
{
    char day[16];
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    s->info = versions();
    s->info.round_path = recorded_path(s->options->round, s->arena);
    s->info.outcome = solve_outcome_text(s->result.outcome);
    s->info.engine = N_("class network, confirmed by GLPK");
    s->info.engine_spoken = _(s->info.engine);
    if (s->why_plain != NULL) {
        s->info.engine = arena_printf(s->arena, "GLPK alone (%s)", s->why_plain);
        s->info.engine_spoken = alone_spoken(s->why_plain, s->arena);
    }
    Date date = s->round.settings.start;
    Decimal seconds;
    if (epoch != NULL && decimal_parse(epoch, &seconds) && seconds.places == 0 &&
        seconds.digits >= 0 && seconds.digits / 86400 < EPOCH_DAYS_MOST)
        date = (Date)(seconds.digits / 86400);
    date_format(date == DATE_NONE ? 0 : date, day);
    s->info.created = arena_text(s->arena, day, strlen(day));
}

/** "GLPK alone (an urgent need)" as it is read back from a plan, in the reader's language. */
static const char *engine_spoken(const char *engine, Arena *arena)
{
    static const char ALONE[] = "GLPK alone (";
    size_t length = strlen(engine), head = sizeof ALONE - 1;
    if (strncmp(engine, ALONE, head) != 0 || engine[length - 1] != ')')
        return _(engine);
    const char *why = arena_text(arena, engine + head, length - head - 1);
    return why != NULL ? alone_spoken(why, arena) : NULL;
}

void describe_read_plan(Session *s)
{
    const char *engine = s->plan.decided_by;
    s->info.outcome = N_("read from its file");
    s->info.plan_path = s->options->operand;
    s->info.engine = engine;
    s->info.engine_spoken = engine != NULL ? engine_spoken(engine, s->arena) : NULL;
}

const char *outcome_text(const Session *s, Status status)
{
    switch (status) {
    case STATUS_OK: return solve_outcome_text(s->result.outcome);
    case STATUS_FINDINGS: return N_("errors in the input");
    case STATUS_NO_PLAN: return N_("no plan");
    case STATUS_LIMIT: return N_("limit");
    default: return N_("failed");
    }
}
