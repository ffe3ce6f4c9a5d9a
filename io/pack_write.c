/* The pack as a folder: who its parties are, what their files are called, all files or none. */
#include "allot/language.h"
#include "allot/pack.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/atomic_file.h"
#include "io/file_names.h"
#include "io/pack_internal.h"
#include "io/plan_hash.h"
#include "io/plan_mark.h"

typedef struct Pack {
    const char *dir;
    const Round *round;
    const Plan *plan;
    const RunInfo *info;
    const char *plan_mark;
    const Unused *unused;
    Arena *arena;
    Diag *diag;
    AtomicSet *set;
    FileNames *names;
} Pack;

/* ---- names ----------------------------------------------------------------------------------- */

/** "donor-Š-1", the name of a party's files without an ending; NULL without memory. */
static const char *file_stem(const Pack *pack, Reader reader)
{
    static const char *const kinds[] = {
        [READER_DONOR] = "donor", [READER_BENEFICIARY] = "beneficiary"};
    return reader.kind == READER_COORDINATION
               ? "coordination"
               : file_names_add(pack->names, kinds[reader.kind], reader.id, 0);
}

/* ---- files ----------------------------------------------------------------------------------- */

static Status write_book(const Pack *pack, const Report *report, const char *name, Arena *scratch)
{
    const char *path = arena_printf(pack->arena, "%s/%s", pack->dir, name);
    TRY_NEW(path);
    return book_write_into(report, pack->set, path, scratch, pack->diag);
}

static Status put_letter(FILE *file, void *context)
{
    const char *const *text = context;
    (void)fputs(*text, file);
    return STATUS_OK;
}

static Status write_text(const Pack *pack, const char *text, const char *name)
{
    const char *path = arena_printf(pack->arena, "%s/%s", pack->dir, name);
    TRY_NEW(path);
    return atomic_set_write(pack->set, path, path, put_letter, &text, pack->diag);
}

/* What a reader receives, made in an arena of its own. */
static Status write_files_of(const Pack *pack, Reader reader, Arena *scratch)
{
    Release *release = ARENA_NEW(scratch, 1, Release);
    Report *report;
    const char *stem = file_stem(pack, reader);
    TRY_NEW(release);
    TRY_NEW(stem);
    const char *book = arena_printf(pack->arena, "%s.xlsx", stem);
    const char *letter = arena_printf(pack->arena, "%s.txt", stem);
    TRY_NEW(book);
    TRY_NEW(letter);
    TRY(release_build(pack->round, pack->plan, pack->unused, reader, scratch, release));
    pack_say_settled(release);
    RunInfo info = *pack->info;
    if (reader.kind == READER_COORDINATION) /* its paper and the sheet Settings have both names */
        info.plan_mark = pack->plan_mark;
    PackParty party = {.release = release,
                       .info = &info,
                       .plan_mark = pack->plan_mark,
                       .book = book,
                       .arena = scratch};
    if (reader.kind == READER_DONOR)
        TRY(pack_donor_build(&party, &report));
    else if (reader.kind == READER_BENEFICIARY)
        TRY(pack_beneficiary_build(&party, &report));
    else
        TRY(pack_coordination_build(&party, &report));
    TRY(write_book(pack, report, book, scratch));
    if (reader.kind == READER_COORDINATION)
        return STATUS_OK;
    const char *text;
    TRY(pack_letter(&party, &text));
    return write_text(pack, text, letter);
}

static Status write_party(const Pack *pack, Reader reader)
{
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    Status status = write_files_of(pack, reader, scratch);
    arena_free(scratch);
    return status;
}

static Status write_internal(const Pack *pack)
{
    Report *report;
    Arena *scratch = arena_new();
    RunInfo info = *pack->info;
    TRY_NEW(scratch);
    info.plan_mark = pack->plan_mark; /* letters and the other workbooks name the plan by it */
    Status status = report_build(pack->round, pack->plan, &info, pack->diag, scratch, &report);
    if (status == STATUS_OK)
        status = write_book(pack, report, "internal.xlsx", scratch);
    arena_free(scratch);
    return status;
}

/* ---- parties --------------------------------------------------------------------------------- */

static Status write_once(const Pack *pack, NameMap *met, Reader reader, size_t *count)
{
    bool added;
    if (*reader.id == '\0')
        return STATUS_OK;
    if (!name_map_add(met, reader.id, 0, &added))
        return STATUS_NO_MEMORY;
    if (!added)
        return STATUS_OK;
    ++*count;
    return write_party(pack, reader);
}

static Status write_parties(const Pack *pack, PackCount *count)
{
    NameMap *donors = name_map_new(pack->arena), *beneficiaries = name_map_new(pack->arena);
    TRY_NEW(donors);
    TRY_NEW(beneficiaries);
    for (size_t o = 0; o < pack->round->offer_count; o++)
        TRY(write_once(pack, donors, (Reader){READER_DONOR, pack->round->offers[o].donor},
                       &count->donors));
    for (size_t n = 0; n < pack->round->need_count; n++)
        TRY(write_once(pack, beneficiaries,
                       (Reader){READER_BENEFICIARY, pack->round->needs[n].beneficiary},
                       &count->beneficiaries));
    TRY(write_party(pack, (Reader){READER_COORDINATION, ""}));
    return write_internal(pack);
}

/* ---- the folder ------------------------------------------------------------------------------ */

/** Is there anything in the folder? A pack that was sent may have come back filled in. */
static Status check_empty(const char *path, Diag *diag)
{
    DIR *dir = opendir(path);
    bool empty = true;
    if (dir == NULL)
        return atomic_file_failed(diag, path, errno);
    for (const struct dirent *entry; empty && (entry = readdir(dir)) != NULL;)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    (void)closedir(dir);
    if (empty)
        return STATUS_OK;
    diag_add(diag, DIAG_WRITE, (DiagPlace){.file = path},
             N_("the folder holds files, perhaps answers; choose another, or empty it"));
    return STATUS_IO;
}

static Status write_set(Pack *pack, PackCount *count)
{
    pack->set = atomic_set_new(pack->arena);
    TRY_NEW(pack->set);
    Status status = write_parties(pack, count);
    if (status == STATUS_OK)
        return atomic_set_commit(pack->set, pack->diag);
    atomic_set_abandon(pack->set);
    return status;
}

/** What its plan is called in all its files. */
static Status name_plan(Pack *pack, const char *plan_path)
{
    PlanRecord record;
    const char *hash = plan_hash(pack->round, pack->plan, pack->arena);
    TRY_NEW(hash);
    TRY(plan_mark_record(plan_path, pack->round, pack->arena, &record));
    pack->plan_mark = plan_mark(hash, &record, pack->arena);
    TRY_NEW(pack->plan_mark);
    return STATUS_OK;
}

Status pack_write(const char *dir, const Round *round, const Plan *plan, const RunInfo *info,
                  Arena *arena, Diag *diag, PackCount *count)
{
    Pack pack = {.dir = dir,
                 .round = round,
                 .plan = plan,
                 .info = info,
                 .arena = arena,
                 .diag = diag,
                 .names = file_names_new(arena)};
    *count = (PackCount){0};
    TRY(name_plan(&pack, info->plan_path));
    TRY_NEW(pack.names);
    TRY(release_unused(round, plan, arena, &pack.unused));
    bool made = mkdir(dir, 0777) == 0;
    if (!made && errno != EEXIST)
        return atomic_file_failed(diag, dir, errno);
    Status status = made ? STATUS_OK : check_empty(dir, diag);
    if (status == STATUS_OK)
        status = write_set(&pack, count);
    if (status != STATUS_OK && made)
        (void)rmdir(dir);
    return status;
}
