/* What the workbooks of a pack share: their beginning and end, and the page that says what they are. */
#include "io/pack_internal.h"
#include "io/unused_text.h"

#include <string.h>

#include "allot/language.h"

/* "Estonia (EE)": the reader's name. */
static const char *reader_name(PackBook *book)
{
    const Reader *reader = &book->party->release->reader;
    switch (reader->kind) {
    case READER_DONOR: return explain_donor_name(&book->explain, reader->id);
    case READER_BENEFICIARY: return explain_beneficiary_name(&book->explain, reader->id);
    case READER_COORDINATION: break;
    }
    return _("the coordination group");
}

/** Does the reader see the title of a restricted need? */
static bool holds_restricted(const Release *release)
{
    for (size_t n = 0; n < release->round.need_count; n++)
        if (need_is_restricted(&release->round.needs[n]))
            return true;
    return false;
}

Status pack_book_begin(const PackParty *party, PackBook *book)
{
    const Release *release = party->release;
    *book = (PackBook){.party = party, .page_room = PACK_PAGES_MOST};
    book->report = ARENA_NEW(party->arena, 1, Report);
    book->pages = ARENA_NEW(party->arena, PACK_PAGES_MOST, Page);
    TRY_NEW(book->report);
    TRY_NEW(book->pages);
    report_begin(book->report, &release->round, party->info, party->arena);
    book->explain = (Explanation){.round = &release->round,
                                  .plan = &release->plan,
                                  .prose = {.arena = party->arena},
                                  .choices = release->choices};
    TRY(totals_build(&release->round, &release->plan, party->arena, &book->explain.totals));
    book->report->plan = &release->plan;
    book->report->rates_line = "";
    const char *reader = report_clean(book->report, reader_name(book));
    book->report->marking =
        holds_restricted(release)
            ? report_printf(book->report, "For %s; holds restricted titles", reader)
            : report_printf(book->report, "For %s", reader);
    return STATUS_OK;
}

Page *pack_book_page(PackBook *book, const char *name)
{
    Page *page = &book->pages[book->page_count++];
    *page = (Page){.report = book->report,
                   .name = name,
                   .locked = book->party->release->reader.kind == READER_DONOR};
    return page;
}

Status pack_book_end(PackBook *book, Report **report)
{
    book->report->sheets = book->pages;
    book->report->sheet_count = book->page_count;
    if (book->report->no_memory || book->explain.prose.failed)
        return STATUS_NO_MEMORY;
    *report = book->report;
    return STATUS_OK;
}

const char *pack_need_title(PackBook *book, const Need *need)
{
    bool donor = book->party->release->reader.kind == READER_DONOR;
    if (!need_is_restricted(need) || *need->title == '\0')
        return need->title;
    return donor ? report_printf(book->report, "[restricted: do not pass on] %s", need->title)
                 : report_need_title(book->report, need);
}

const char *pack_met_text(const NeedResult *result, bool has_line)
{
    if (result->full)
        return _("in full");
    return has_line ? _("in part") : _("not");
}

const char *pack_reason_text(Explanation *explain, int need)
{
    return explain_reason(explain, need);
}

const char *pack_unused_text(Prose *prose, const Release *release, size_t offer)
{
    const char *text = unused_text(release->unused[offer]);
    const char *needs = release->unused_needs[offer];
    return needs == NULL || *needs == '\0' ? text
                                           : prose_piece(prose, "%s It is about %s.", text, needs);
}

static const char *settled_text(Settled settled)
{
    switch (settled) {
    case SETTLED_NOT: break;
    case SETTLED_LESS:
        return _("A donor has answered with less than was proposed for it, and nothing else "
                 "makes up for all of that.");
    case SETTLED_LESS_TOO:
        return _("A donor has answered with less than was proposed for it, and other things "
                 "besides hold it back.");
    case SETTLED_AGREED:
        return _("A donor has agreed to the amount that was proposed for it, and gives it that and "
                 "no more.");
    case SETTLED_OPEN:
        return _("A donor had agreed to an amount for it before an urgent need took some of that; "
                 "the donor is asked again, for no more than it had agreed to.");
    case SETTLED_DECLINED:
        return _("What was proposed for it has been declined, and no other offer may serve it.");
    case SETTLED_DECLINED_PART:
        return _("What was proposed for it has been declined, and nothing else makes up for all of "
                 "that.");
    case SETTLED_DECLINED_TOO:
        return _("What was proposed for it has been declined, and other things besides hold it "
                 "back.");
    case SETTLED_ELSEWHERE:
        return _("What donors have answered about other needs leaves less for it.");
    case SETTLED_BEFORE:
        return _("An amount for it was agreed before this plan was made, and it gets no more.");
    case SETTLED_BEFORE_ELSEWHERE:
        return _("What was agreed for other needs before this plan was made leaves less for it.");
    }
    return "";
}

void pack_say_settled(Release *release)
{
    for (size_t n = 0; n < release->round.need_count && release->settled != NULL; n++)
        if (!release->givers && release->settled[n] != SETTLED_NOT)
            release->plan.needs[n].brief = settled_text(release->settled[n]);
}

void pack_put_need(PackBook *book, Grid *grid, int index)
{
    const Need *need = &book->party->release->round.needs[index];
    grid_row(grid);
    grid_text(grid, PACK_NEED_ID, need->id);
    grid_text(grid, PACK_NEED_TITLE, pack_need_title(book, need));
    grid_text(grid, PACK_NEED_BENEFICIARY,
              explain_beneficiary_name(&book->explain, need->beneficiary));
    grid_text(grid, PACK_NEED_CATEGORY, need->category);
    grid_number(grid, PACK_NEED_TIER, need->tier, FORM_PLACES);
    grid_text(grid, PACK_NEED_UNIT, need->unit.name);
    if (need->deadline != DATE_NONE)
        grid_date(grid, PACK_NEED_DEADLINE, need->deadline);
}

uint64_t pack_needs_left_out(const Release *release)
{
    for (size_t n = 0; n < release->round.need_count; n++)
        if (release->round.needs[n].deadline != DATE_NONE)
            return 0;
    return UINT64_C(1) << PACK_NEED_DEADLINE;
}

const char *pack_term_words(const char *column)
{
    static const struct {
        const char *column, *words;
    } terms[] = {
        {"only_beneficiaries", N_("earmark for beneficiaries")},
        {"only_regions", N_("earmark for regions")},
        {"only_needs", N_("earmark for needs")},
        {"only_tags", N_("earmark for tags")},
        {"not_beneficiaries", N_("exclusion of beneficiaries")},
        {"not_regions", N_("exclusion of regions")},
        {"not_needs", N_("exclusion of needs")},
        {"not_tags", N_("exclusion of tags")},
        {"valid_from", N_("first day")},
        {"valid_to", N_("last day")},
        {"lead_days", N_("lead time")},
        {"lapses", N_("day on which it lapses")},
        {"min_ticket", N_("least amount for one need")},
        {"max_share", N_("limit on the share of one need")},
        {"max_needs", N_("limit on the number of needs")},
        {"oda_only", N_("ODA alone")},
        {"civil_only", N_("civil use alone")},
        {"budget", N_("budget over the money offers")},
        {"quantity", N_("amount of the offer")},
    };
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        if (strcmp(terms[i].column, column) == 0)
            return _(terms[i].words);
    return "";
}

/** A date is moved, not done without; NULL: no date. */
static const char *date_asked(Prose *prose, const ReleaseTerm *term)
{
    if (strcmp(term->column, "lapses") == 0)
        return prose_piece(
            prose, "Could offer %s lapse later? More of the round's needs would then be met.",
            term->id);
    if (strcmp(term->column, "valid_from") == 0)
        return prose_piece(
            prose, "Could offer %s be there earlier? More of the round's needs would then be met.",
            term->id);
    if (strcmp(term->column, "valid_to") == 0)
        return prose_piece(
            prose, "Could offer %s be there longer? More of the round's needs would then be met.",
            term->id);
    return NULL;
}

const char *pack_term_text(Prose *prose, const ReleaseTerm *term)
{
    const char *words = pack_term_words(term->column), *name = term->column;
    if (strcmp(term->column, "quantity") == 0)
        return prose_piece(
            prose, "Could there be more of offer %s? More of the round's needs would then be met.",
            term->id);
    if (term->table == TABLE_DONORS && strcmp(term->column, "budget") == 0)
        return prose_piece(prose,
                           "Could the budget of %s over its money offers be higher? More of the "
                           "round's needs would then be met.",
                           term->id);
    const char *date = date_asked(prose, term);
    if (date != NULL)
        return date;
    if (*words != '\0')
        name = prose_piece(prose, "%s (%s)", term->column, words);
    if (term->table == TABLE_DONORS)
        return prose_piece(
            prose, "Could %s do without its %s? More of the round's needs would then be met.",
            term->id, name);
    return prose_piece(
        prose, "Could offer %s do without its %s? More of the round's needs would then be met.",
        term->id, name);
}

/* ---- the page About -------------------------------------------------------------------------- */

static const GridColumn about_columns[] = {
    {N_("key"), 20, LOOK_BODY, false, false},
    {N_("value"), 96, LOOK_WRAP, false, false},
};

static void put_pair(Grid *grid, const char *key, const char *value)
{
    if (*value == '\0')
        return;
    grid_row(grid);
    grid_text(grid, 0, key);
    grid_text(grid, 1, value);
}

/** The key of the reader: what `allot solve --answers` looks for in a donor's file. */
static const char *reader_key(ReaderKind kind)
{
    switch (kind) {
    case READER_DONOR: return _("donor");
    case READER_BENEFICIARY: return _("beneficiary");
    case READER_COORDINATION: break;
    }
    return _("reader");
}

void pack_about(PackBook *book, const char *const *notes, size_t note_count)
{
    const Settings *settings = &book->party->release->round.settings;
    const Reader *reader = &book->party->release->reader;
    Report *report = book->report;
    Page *page = pack_book_page(book, _("About"));
    GridSpec spec = {.name = "about",
                     .columns = about_columns,
                     .column_count = sizeof about_columns / sizeof *about_columns,
                     .rows = note_count,
                     .block = true};
    Grid grid;
    grid_begin(&grid, page, &spec);
    put_pair(&grid, _("round"), settings->round);
    put_pair(&grid, _("plan"), book->party->plan_mark);
    put_pair(&grid, reader_key(reader->kind), reader->id);
    put_pair(&grid, _("name"), reader_name(book));
    put_pair(&grid, _("title"), settings->title);
    put_pair(&grid, _("dates"), report->dates);
    put_pair(&grid, _("currency"), report->round->currency.name);
    put_pair(&grid, _("made by"), report_printf(report, "allot %s", report->info->allot_version));
    for (size_t i = 0; i < note_count; i++)
        put_pair(&grid, _("note"), _(notes[i]));
    grid_end(&grid, 0);
}
