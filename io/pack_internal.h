/* room: io
 *
 * The parts of a pack: one file makes the workbook of a donor, of a beneficiary, of the
 * coordination group; one makes the letters. They see a Release and never the round it was made of.
 */
#ifndef ALLOT_IO_PACK_INTERNAL_H
#define ALLOT_IO_PACK_INTERNAL_H

#include "allot/language.h"
#include "allot/pack.h"
#include "allot/release.h"
#include "io/explain_internal.h"
#include "io/report_internal.h"

/** Whom a workbook and a letter are for, and what they are made of. */
typedef struct PackParty {
    const Release *release;
    const RunInfo *info;
    const char *plan_mark;
    const char *book; /* file name of its workbook */
    Arena *arena;     /* of its files alone */
} PackParty;

/** A party's workbook being built. */
typedef struct PackBook {
    const PackParty *party;
    Report *report;
    Page *pages; /* [page_count] */
    size_t page_count, page_room;
    Explanation explain; /* for sentences */
} PackBook;

/** Each builds a workbook. @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status pack_donor_build(const PackParty *party, Report **report);
Status pack_beneficiary_build(const PackParty *party, Report **report);
Status pack_coordination_build(const PackParty *party, Report **report);

/** What all rounds of the ledger come to, a section of the group's paper @p page. */
void pack_annex(Report *report, Page *page);

/** The same steps as the one table of a sheet; nothing without a ledger. */
void pack_annex_sheet(Report *report, Page *page);

/** Is the need unmet, in full or in part, and so on the paper's section 4 and the sheet Reasons? Of alternatives the one
 *  that stands for their mark: section 5 has the others. */
bool pack_is_excluded(const Report *report, size_t need);

/** The group's sheet Reasons, of these needs. */
void pack_exclusions(Explanation *explain, Report *report, Page *page);

/** The sheet Capacity of a donor: its offers, what of them is used, and why the rest is not. */
void pack_capacity(PackBook *book);

/** The sheet Changes of a donor: its answers, and what else became of its lines since the plan before.
 *  Nothing of a plan that keeps no answers and knows none before it. */
void pack_changes(PackBook *book);

/** The sheet Earlier rounds; nothing where the ledger holds nothing of the reader's. */
void pack_before(PackBook *book);

/** Is something of a need of the copy committed by earlier rounds? */
bool pack_holds_before(const Release *release);

/** What became of a donor's line since the plan before, as a sentence; "" of one that stands as it was. */
const char *pack_change_text(Prose *prose, const Release *release, const ReleaseLine *line);

/** The letter of a donor or a beneficiary. @return as explain_text(). */
Status pack_letter(const PackParty *party, const char **text);

/* ---- what they share ------------------------------------------------------------------------- */

enum { PACK_PAGES_MOST = 16 };

/** A workbook without pages. @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status pack_book_begin(const PackParty *party, PackBook *book);

/** The next page. */
Page *pack_book_page(PackBook *book, const char *name);

Status pack_book_end(PackBook *book, Report **report);

/** The page About: what identifies the file, as keys and values; then the notes. */
void pack_about(PackBook *book, const char *const *notes, size_t note_count);

/** The title of a need, marked for its reader when it is restricted. */
const char *pack_need_title(PackBook *book, const Need *need);

/** "in full", "in part", "not". */
const char *pack_met_text(const NeedResult *result, bool has_line);

/** Writes into the copy's plan why needs stay unmet that what is agreed holds back, where the reader may
 *  not read the reason in full. Before anything tells of them. */
void pack_say_settled(Release *release);

/** Why something of a donor's offer is unused, and which needs that is about. */
const char *pack_unused_text(Prose *prose, const Release *release, size_t offer);

/** Why a need is not met in full, as a sentence without codes. */
const char *pack_reason_text(Explanation *explain, int need);

/** The first columns of a sheet of needs, the same in every workbook of a pack. */
typedef enum PackNeedColumn {
    PACK_NEED_ID,
    PACK_NEED_TITLE,
    PACK_NEED_BENEFICIARY,
    PACK_NEED_CATEGORY,
    PACK_NEED_TIER,
    PACK_NEED_UNIT,
    PACK_NEED_DEADLINE,
    PACK_NEED_COLUMNS
} PackNeedColumn;

/** Their entries in a sheet's columns; the title is as wide as the others leave it. */
#define PACK_NEED_ENTRIES(title_width)                                                             \
    [PACK_NEED_ID] = {N_("Need"), 9, LOOK_BODY, false, false},                                     \
    [PACK_NEED_TITLE] = {N_("Title"), (title_width), LOOK_WRAP, false, false},                     \
    [PACK_NEED_BENEFICIARY] = {N_("Beneficiary"), 30, LOOK_WRAP, false, false},                    \
    [PACK_NEED_CATEGORY] = {N_("Category"), 9, LOOK_BODY, false, false},                           \
    [PACK_NEED_TIER] = {N_("Tier"), 5, LOOK_CENTER, false, false},                                 \
    [PACK_NEED_UNIT] = {N_("Unit"), 9, LOOK_BODY, false, false},                                   \
    [PACK_NEED_DEADLINE] = {N_("Deadline"), 11, LOOK_RIGHT, false, false}

/** Begins the row of a need and puts these columns. */
void pack_put_need(PackBook *book, Grid *grid, int index);

/** The bit of PACK_NEED_DEADLINE where no need of the release has a deadline, for GridSpec.without. */
uint64_t pack_needs_left_out(const Release *release);

/** What a column that a donor's terms stand in says, to somebody who has never seen the tables: "earmark for
 *  regions"; "" of any other. */
const char *pack_term_words(const char *column);

/** "Could offer O-1 do without its only_regions? More of the round's needs would then be met." */
const char *pack_term_text(Prose *prose, const ReleaseTerm *term);

#endif
