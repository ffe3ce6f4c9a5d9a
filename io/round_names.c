/* Which file of a folder, or sheet of a workbook, is which table of a round. */
#include "allot/language.h"
#include "allot/quote.h"
#include "allot/synonyms.h"
#include "io/round_source.h"

bool table_name_match(TableNames *names, const SourcePart *part, const SourceWords *words,
                      Diag *diag, TableKind *kind)
{
    const TableSpec *table = dictionary_find(part->name);
    DiagPlace place = {.file = part->shown, .text = part->found};

    if (table != NULL && names->of[table->kind] == NULL) {
        names->of[table->kind] = part->shown;
        *kind = table->kind;
        return true;
    }
    /* A table of a plan is known for what it is. */
    const char *near = synonym_table(part->name) == NULL ? synonym_near_table(part->name) : NULL;
    if (table != NULL)
        diag_add(diag, DIAG_TABLE_UNKNOWN, place,
                 "the %s is the table %s, and so is %s; keep one of them", _(words->part),
                 table->name, names->of[table->kind]);
    else if (near != NULL)
        diag_add(diag, DIAG_TABLE_UNKNOWN, place,
                 "'%s' is no table; did you mean %s%s? rename the %s, or take it out of the %s",
                 quote(part->found).text, near, words->end, _(words->part), _(words->whole));
    else
        diag_add(diag, DIAG_FILE_IGNORED, place,
                 "'%s' is no table of a round and is not read; take it out, or give it a table's "
                 "name if it is one",
                 quote(part->found).text);
    return false;
}

void table_names_check(const TableNames *names, const char *source, const SourceWords *words,
                       Diag *diag)
{
    for (int t = 0; t < TABLE_COUNT; t++) {
        const TableSpec *table = dictionary_table((TableKind)t);
        if (table->required && names->of[t] == NULL)
            diag_add(diag, DIAG_TABLE_MISSING, (DiagPlace){.file = source, .table = table->name},
                     N_("the %s holds no %s%s%s; every round needs that table"), _(words->whole),
                     words->before, table->name, words->end);
    }
}

Status source_refuse_plan(const char *source, Diag *diag)
{
    diag_add(diag, DIAG_TABLE_MISSING, (DiagPlace){.file = source},
             N_("this is a plan, not a round; give the round that it was made of, and the plan "
                "behind it: allot verify ROUND PLAN, allot solve ROUND --previous PLAN"));
    return STATUS_FINDINGS;
}

Status source_fail(const char *path, const char *why, Diag *diag)
{
    diag_add(diag, DIAG_FILE, (DiagPlace){.file = path, .text = path},
             N_("the round cannot be read: %s; name a folder of CSV tables, or a workbook"), why);
    return STATUS_IO;
}
