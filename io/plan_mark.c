/* What a plan is called in the files of its parties. */
#include "io/plan_mark.h"

#include <string.h>

#include "io/hash.h"

static void add_line(Hash *hash, const char *text)
{
    if (text != NULL)
        hash_add(hash, text, strlen(text));
    hash_add(hash, "\n", 1);
}

const char *plan_mark(const char *hash, const PlanRecord *record, Arena *arena)
{
    Hash *mark = hash_new(arena);
    if (mark == NULL)
        return NULL;
    add_line(mark, hash);
    for (int t = 0; t < TABLE_COUNT; t++)
        add_line(mark, record->tables[t].sha256);
    add_line(mark, record->previous.sha256);
    add_line(mark, record->ledger.sha256);
    return hash_text(mark, arena);
}

static bool has_hashes(const PlanRecord *record)
{
    for (int t = 0; t < TABLE_COUNT; t++)
        if (record->tables[t].sha256 != NULL)
            return true;
    return false;
}

Status plan_mark_record(const char *path, const Round *round, Arena *arena, PlanRecord *record)
{
    Diag *unheard = diag_new(arena); /* whoever reads the plan itself says it */
    TRY_NEW(unheard);
    *record = (PlanRecord){.path = path};
    Status status = plan_record_read(path, arena, unheard, record);
    if (!has_hashes(record))
        for (int t = 0; t < TABLE_COUNT; t++)
            record->tables[t].sha256 = round->tables[t].sha256;
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}
