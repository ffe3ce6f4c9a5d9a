/* The round that a plan is of, by its id: of the sheet Settings, or of summary.csv. */
#include "io/plan_round.h"

#include <string.h>
#include <sys/stat.h>

#include "allot/language.h"
#include "allot/ledger.h"
#include "allot/quote.h"
#include "io/named_sheets.h"
#include "io/plan_sheets.h"

/** What a plan says of itself, read as its files stand; NULL where nothing can be read. */
static Status read_facts(const char *path, Arena *arena, Sheet **out)
{
    struct stat about;
    NamedSheet wanted = {N_("Settings"), &plan_facts_table, NULL};
    Diag *unheard = diag_new(arena);
    Status status = STATUS_OK;
    *out = NULL;
    TRY_NEW(unheard);
    if (stat(path, &about) != 0 || plan_is_table_file(path))
        return STATUS_OK;
    if (!S_ISDIR(about.st_mode)) {
        status = named_sheets_read(path, path, &wanted, 1, arena, unheard);
        *out = status == STATUS_OK ? wanted.sheet : NULL;
    } else {
        status = plan_summary_read(path, arena, unheard, out);
        *out = status == STATUS_OK ? *out : NULL;
    }
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

/** The value beside the key round; "" where the plan gives none. */
static const char *id_of(const Sheet *facts)
{
    for (size_t row = 0; facts != NULL && row < facts->row_count; row++)
        for (size_t column = 0; column + 1 < facts->column_count; column++)
            if (strcmp(sheet_cell(facts, row, column)->text, "round") == 0) {
                const char *id = sheet_cell(facts, row, column + 1)->text;
                return language_is(id, N_("(not set)")) ? "" : id;
            }
    return "";
}

/** The plan before is of a round that is closed: what it agreed stands in the ledger. */
static Status say_closed(const char *path, const Round *round, const char *its, Diag *diag)
{
    diag_add(diag, DIAG_PLAN_ROUND_ID, (DiagPlace){.file = path},
             N_("this is a plan of round '%s', which is closed in %s, and ROUND is round '%s': "
                "what it agreed counts with the ledger. Leave --previous out; what is to give way "
                "is cancelled with allot record first, as are answers that came after the close"),
             quote(its).text, round->ledger->path, quote(round->settings.round).text);
    return STATUS_FINDINGS;
}

static Status say_other(const char *path, PlanRoundUse use, const char *its, const char *own,
                        Diag *diag)
{
    DiagPlace place = {.file = path};
    if (use == PLAN_ROUND_BEFORE) {
        diag_add(diag, DIAG_PREVIOUS_ROUND, place,
                 N_("the plan before is of round '%s', and this is round '%s': its lines count in "
                    "the stage change as if they were this round's; what was agreed then counts "
                    "with --ledger"),
                 quote(its).text, quote(own).text);
        return STATUS_OK;
    }
    diag_add(diag, DIAG_PLAN_ROUND_ID, place,
             use == PLAN_ROUND_OWN
                 ? N_("this is a plan of round '%s', and ROUND is round '%s'; name the plan of "
                      "this round, or the round of this plan")
                 : N_("this is a plan of round '%s', and ROUND is round '%s': answers, and urgent "
                      "needs beside what is agreed, are of one round; name the plan of this round, "
                      "or the round of this plan"),
             quote(its).text, quote(own).text);
    return STATUS_FINDINGS;
}

Status plan_round_check(const char *path, PlanRoundUse use, const Round *round, Arena *arena,
                        Diag *diag)
{
    Sheet *facts;
    const char *own = round->settings.round;
    if (own == NULL || *own == '\0')
        return STATUS_OK;
    TRY(read_facts(path, arena, &facts));
    const char *its = id_of(facts);
    if (*its == '\0' || strcmp(its, own) == 0)
        return STATUS_OK;
    if (use == PLAN_ROUND_ON && round->ledger != NULL && ledger_has_round(round->ledger, its))
        return say_closed(path, round, its, diag);
    return say_other(path, use, its, own, diag);
}
