/* The pack as a folder: who its readers are, what their files are called, all files or none. Names and
 * places are given at the beginning, in one order, so that whoever writes a reader's files, and when, makes
 * no difference.
 */
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

/* Whom files are for, and where they are written before they have their names. */
typedef struct PackReader {
    Reader reader;
    bool is_planners;   /* of nobody's copy: the round as it is */
    const char *book;   /* file name of the workbook */
    const char *path;   /* of the workbook */
    const char *place;  /* where it is written */
    const char *letter; /* path of the letter; NULL: there is none */
    const char *letter_place;
} PackReader;

struct Pack {
    const char *dir;
    const Round *round;
    const Plan *plan;
    const RunInfo *info;
    const char *plan_mark;
    const Unused *unused;
    PackReader *readers; /* [reader_count] */
    size_t reader_count, reader_room;
    PackCount count;
    Arena *arena;
    Diag *diag;
    AtomicSet *set;
    FileNames *names;
    bool made; /* the folder was not there before */
};

/* ---- names and places ------------------------------------------------------------------------ */

/** The path of a file of the pack and the place where it is written. */
static Status add_file(Pack *pack, const char *name, const char **path, const char **place)
{
    *path = arena_printf(pack->arena, "%s/%s", pack->dir, name);
    TRY_NEW(*path);
    return atomic_set_add(pack->set, *path, *path, pack->diag, place);
}

/** A reader whose files are called "donor-Š-1.xlsx" for the stem "donor-Š-1"; NULL: without memory. */
static Status add_reader(Pack *pack, Reader reader, const char *stem, bool is_planners)
{
    TRY_NEW(stem);
    if (pack->reader_count == pack->reader_room) {
        size_t room = 2 * pack->reader_room + 16;
        PackReader *readers =
            arena_grow(pack->arena, pack->readers, pack->reader_count, room, sizeof *readers);
        TRY_NEW(readers);
        pack->readers = readers;
        pack->reader_room = room;
    }
    PackReader *added = &pack->readers[pack->reader_count++];
    *added = (PackReader){.reader = reader,
                          .is_planners = is_planners,
                          .book = arena_printf(pack->arena, "%s.xlsx", stem)};
    TRY_NEW(added->book);
    TRY(add_file(pack, added->book, &added->path, &added->place));
    if (reader.kind == READER_COORDINATION)
        return STATUS_OK;
    const char *letter = arena_printf(pack->arena, "%s.txt", stem);
    TRY_NEW(letter);
    return add_file(pack, letter, &added->letter, &added->letter_place);
}

/** A donor or a beneficiary, once. */
static Status add_party(Pack *pack, NameMap *met, Reader reader, size_t *count)
{
    static const char *const kinds[] = {
        [READER_DONOR] = "donor", [READER_BENEFICIARY] = "beneficiary"};
    bool added;
    if (*reader.id == '\0')
        return STATUS_OK;
    if (!name_map_add(met, reader.id, 0, &added))
        return STATUS_NO_MEMORY;
    if (!added)
        return STATUS_OK;
    ++*count;
    return add_reader(pack, reader, file_names_add(pack->names, kinds[reader.kind], reader.id, 0),
                      false);
}

/** Those with most to write come first: others are written beside them. */
static Status add_readers(Pack *pack)
{
    NameMap *donors = name_map_new(pack->arena), *beneficiaries = name_map_new(pack->arena);
    TRY_NEW(donors);
    TRY_NEW(beneficiaries);
    TRY(add_reader(pack, (Reader){READER_COORDINATION, ""}, "internal", true));
    TRY(add_reader(pack, (Reader){READER_COORDINATION, ""}, "coordination", false));
    for (size_t o = 0; o < pack->round->offer_count; o++)
        TRY(add_party(pack, donors, (Reader){READER_DONOR, pack->round->offers[o].donor},
                      &pack->count.donors));
    for (size_t n = 0; n < pack->round->need_count; n++)
        TRY(add_party(pack, beneficiaries,
                      (Reader){READER_BENEFICIARY, pack->round->needs[n].beneficiary},
                      &pack->count.beneficiaries));
    return STATUS_OK;
}

PackCount pack_count(const Pack *pack)
{
    return pack->count;
}

size_t pack_readers(const Pack *pack)
{
    return pack->reader_count;
}

/* ---- the files of a reader ------------------------------------------------------------------- */

static Status put_letter(FILE *file, void *context)
{
    const char *const *text = context;
    (void)fputs(*text, file);
    return STATUS_OK;
}

static Status build_book(const PackParty *party, ReaderKind kind, Report **report)
{
    switch (kind) {
    case READER_DONOR: return pack_donor_build(party, report);
    case READER_BENEFICIARY: return pack_beneficiary_build(party, report);
    case READER_COORDINATION: break;
    }
    return pack_coordination_build(party, report);
}

static Status write_party(const Pack *pack, const PackReader *to, Arena *scratch, Diag *diag)
{
    Release *release = ARENA_NEW(scratch, 1, Release);
    Report *report;
    TRY_NEW(release);
    TRY(release_build(pack->round, pack->plan, pack->unused, to->reader, scratch, release));
    pack_say_settled(release);
    RunInfo info = *pack->info;
    if (to->reader.kind ==
        READER_COORDINATION) /* its paper and the sheet Settings have both names */
        info.plan_mark = pack->plan_mark;
    PackParty party = {.release = release,
                       .info = &info,
                       .plan_mark = pack->plan_mark,
                       .book = to->book,
                       .arena = scratch};
    TRY(build_book(&party, to->reader.kind, &report));
    TRY(book_write_to(report, to->place, to->path, scratch, diag));
    if (to->letter == NULL)
        return STATUS_OK;
    const char *text;
    TRY(pack_letter(&party, &text));
    return atomic_file_fill(to->letter_place, to->letter, put_letter, &text, diag);
}

static Status write_planners(const Pack *pack, const PackReader *to, Arena *scratch, Diag *diag)
{
    Report *report;
    RunInfo info = *pack->info;
    info.plan_mark = pack->plan_mark; /* letters and the other workbooks name the plan by it */
    TRY(report_build(pack->round, pack->plan, &info, pack->diag, scratch, &report));
    return book_write_to(report, to->place, to->path, scratch, diag);
}

Status pack_write(const Pack *pack, size_t reader, Diag *diag)
{
    const PackReader *to = &pack->readers[reader];
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    Status status = to->is_planners ? write_planners(pack, to, scratch, diag)
                                    : write_party(pack, to, scratch, diag);
    arena_free(scratch);
    return status;
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

/** What a process left beside a workbook that it did not live to finish: the pack's own, as the folder was
 *  empty. */
static void remove_unfinished(const Pack *pack)
{
    DIR *dir = opendir(pack->dir);
    if (dir == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (*entry->d_name == '.' && strstr(entry->d_name, ".xlsx.new") != NULL)
            (void)unlinkat(dirfd(dir), entry->d_name, 0);
    (void)closedir(dir);
}

Status pack_close(Pack *pack, Status written)
{
    Status status = written;
    if (status == STATUS_OK)
        status = atomic_set_commit(pack->set, pack->diag);
    else
        atomic_set_abandon(pack->set);
    if (status == STATUS_OK)
        return STATUS_OK;
    remove_unfinished(pack);
    if (pack->made)
        (void)rmdir(pack->dir);
    return status;
}

/** The folder, which is made or empty. */
static Status open_folder(Pack *pack)
{
    pack->made = mkdir(pack->dir, 0777) == 0;
    if (pack->made)
        return STATUS_OK;
    return errno == EEXIST ? check_empty(pack->dir, pack->diag)
                           : atomic_file_failed(pack->diag, pack->dir, errno);
}

Status pack_open(const char *dir, const Round *round, const Plan *plan, const RunInfo *info,
                 Arena *arena, Diag *diag, Pack **opened)
{
    Pack *pack = ARENA_NEW(arena, 1, Pack);
    TRY_NEW(pack);
    *pack = (Pack){.dir = dir,
                   .round = round,
                   .plan = plan,
                   .info = info,
                   .arena = arena,
                   .diag = diag,
                   .set = atomic_set_new(arena),
                   .names = file_names_new(arena)};
    TRY_NEW(pack->set);
    TRY_NEW(pack->names);
    TRY(name_plan(pack, info->plan_path));
    TRY(release_unused(round, plan, arena, &pack->unused));
    TRY(open_folder(pack));
    *opened = pack;
    Status status = add_readers(pack);
    return status == STATUS_OK ? STATUS_OK : pack_close(pack, status);
}
