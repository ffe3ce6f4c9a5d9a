/* allot export: the program of one stage for another solver. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "allot/export_data.h"
#include "allot/extract.h"
#include "allot/language.h"
#include "io/atomic_file.h"
#include "outputs.h"

/** The levels of all stages; none means anything before one is asked for. */
typedef struct Levels {
    StageLevel *of; /* [count] */
    size_t count;
} Levels;

/** Is there a stage of this name? If not, says which there are. */
static Status check_stage(Session *s, const Levels *levels)
{
    const char *names = "";
    for (size_t i = 0; i < levels->count; i++) {
        if (strcmp(levels->of[i].label, s->options->stage) == 0)
            return STATUS_OK;
        names = arena_printf(s->arena, "%s%s'%s'", names, i == 0 ? "" : ", ", levels->of[i].label);
        TRY_NEW(names);
    }
    diag_add(s->diag, DIAG_SETTING, (DiagPlace){.file = "--stage"},
             N_("this round has no stage '%s'; it has %s"), s->options->stage, names);
    return STATUS_USAGE;
}

/** Decides the round; the stage named is exported with what the plan has of those before it. */
static Status reach_stage(Session *s, Levels *levels)
{
    double *x;
    TRY(solve_levels(&s->form, NULL, s->arena, &levels->of, &levels->count));
    if (s->options->stage == NULL)
        return STATUS_OK;
    TRY(check_stage(s, levels));
    TRY(make_plan(s));
    if (!s->form.wide) /* without what rounding made tighter */
        TRY(formulate(s));
    TRY(plan_point(&s->form, &s->plan, s->arena, &x));
    return solve_plan_levels(&s->form, x, s->result.x, s->arena, &levels->of, &levels->count);
}

static bool has_ending(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length >= tail && strcmp(path + length - tail, ending) == 0;
}

static Status write_format(Session *s, const Levels *levels, const char *write_to)
{
    const char *target = s->options->operand, *stage = s->options->stage;
    if (!has_ending(target, ".dat"))
        return solve_export(&s->form, stage, levels->of, write_to, has_ending(target, ".lp"),
                            s->arena);
    Status status = export_data_write(write_to, &s->round, &s->pairs, &s->rules,
                                      &(ExportStage){stage, levels->of, levels->count}, s->arena);
    return status == STATUS_USAGE ? STATUS_INTERNAL : status; /* the formulation knows the stage */
}

/** Writes the program beside its target and renames it: whole or absent. */
static Status write_program(Session *s, const Levels *levels)
{
    const char *target = s->options->operand, *write_to;
    AtomicSet *set = atomic_set_new(s->arena);
    TRY_NEW(set);
    Status status = atomic_set_add(set, target, target, s->diag, &write_to);
    if (status == STATUS_OK)
        status = write_format(s, levels, write_to);
    if (status == STATUS_OK)
        return atomic_set_commit(set, s->diag);
    atomic_set_abandon(set);
    if (status == STATUS_IO && diag_count(s->diag, DIAG_ERROR) == 0)
        diag_add(s->diag, DIAG_WRITE, (DiagPlace){.file = target},
                 N_("the program cannot be written in full; is the disk full?"));
    return status;
}

Status command_export(Session *s)
{
    Levels levels;
    TRY(open_round(s));
    TRY(check_output(s, s->options->operand));
    TRY(formulate(s));
    TRY(reach_stage(s, &levels));
    TRY(write_program(s, &levels));
    if (!s->options->quiet)
        printf(_("%d rows, %d columns: %s\n"), s->form.lp.row_count, s->form.lp.column_count,
               s->options->operand);
    return STATUS_OK;
}
