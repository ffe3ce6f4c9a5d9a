/* What a party may see of a round: a copy with the rows it may see, and of these the fields it may see.
 * A field is taken over by name; what nobody thought of stays out.
 */
#include "allot/release.h"

#include <string.h>

#include "allot/language.h"
#include "allot/ledger.h"
#include "models/release_internal.h"

/** The round and plan a copy is made of, and where their rows are in it. */
typedef struct Source {
    const Round *round;
    const Plan *plan;
    int *needs;  /* [need_count] index in the copy, or -1 */
    int *offers; /* [offer_count] likewise */
    Arena *arena;
} Source;

/* ---- which rows ------------------------------------------------------------------------------ */

static bool is_readers_need(const Release *release, const Need *need)
{
    return release->reader.kind == READER_BENEFICIARY &&
           strcmp(need->beneficiary, release->reader.id) == 0;
}

static bool is_readers_offer(const Release *release, const Offer *offer)
{
    return release->reader.kind == READER_DONOR && strcmp(offer->donor, release->reader.id) == 0;
}

bool release_is_own(const Release *release, const Assignment *line)
{
    return is_readers_need(release, &release->round.needs[line->need]) ||
           is_readers_offer(release, &release->round.offers[line->offer]);
}

/** The reader's own needs and offers, and the needs that its offers have lines on. */
static void mark_own(Source *from, const Release *release)
{
    for (size_t n = 0; n < from->round->need_count; n++)
        from->needs[n] = is_readers_need(release, &from->round->needs[n]) ? 0 : -1;
    for (size_t o = 0; o < from->round->offer_count; o++)
        from->offers[o] = is_readers_offer(release, &from->round->offers[o]) ? 0 : -1;
    for (size_t i = 0; i < from->plan->assignment_count; i++) {
        const Assignment *line = &from->plan->assignments[i];
        if (is_readers_offer(release, &from->round->offers[line->offer]))
            from->needs[line->need] = 0;
    }
}

/** May the reader see this line, as mark_own() left the needs? */
static bool may_see(const Source *from, const Release *release, const Assignment *line)
{
    if (from->needs[line->need] < 0)
        return false;
    return release->givers || is_readers_need(release, &from->round->needs[line->need]) ||
           is_readers_offer(release, &from->round->offers[line->offer]);
}

/** The offers behind the lines that it may see; then every kept row's index in the copy. */
static void place_rows(Source *from, Release *release)
{
    for (size_t i = 0; i < from->plan->assignment_count; i++) {
        const Assignment *line = &from->plan->assignments[i];
        if (!may_see(from, release, line))
            continue;
        from->offers[line->offer] = 0;
        release->plan.assignment_count++;
    }
    for (size_t n = 0; n < from->round->need_count; n++)
        if (from->needs[n] >= 0)
            from->needs[n] = (int)release->round.need_count++;
    for (size_t o = 0; o < from->round->offer_count; o++)
        if (from->offers[o] >= 0)
            from->offers[o] = (int)release->round.offer_count++;
}

/* ---- needs ----------------------------------------------------------------------------------- */

/** What everybody may know of a need that he sees at all. */
static Need need_of(const Round *round, const Need *need)
{
    return (Need){.id = need->id,
                  .title = need->title,
                  .beneficiary = need->beneficiary,
                  .region = need->region,
                  .category = need->category,
                  .notes = "",
                  .catalogue_ref = "",
                  .covered_by = "",
                  .bundle = "",
                  .alternative = "",
                  .sensitivity = need->sensitivity,
                  .unit = need->unit,
                  .step = need->step,
                  .currency = round->settings.currency,
                  .earliest = need->earliest,
                  .deadline = need->deadline,
                  .ready = true,
                  .tier = need->tier,
                  .weight = need->weight,
                  .beneficiary_row = -1,
                  .beneficiary_item = -1};
}

static void add_amounts(Need *copy, const Need *need)
{
    copy->quantity = need->quantity;
    copy->quantity_known = need->quantity_known;
    copy->covered = need->covered;
    copy->held = need->held;
    copy->wanted = need->wanted;
    copy->has_value = need->has_value;
    copy->value = need->value;
    copy->covered_by = need->covered_by;
}

/** Of its result: without amounts only whether it is met in full; who gives, and how firmly, is for
 *  the need's own beneficiary, else for readers who may know the givers. */
static NeedResult result_of(const Release *release, const NeedResult *result, bool own)
{
    if (!release->totals)
        return (NeedResult){.full = result->full, .detail = ""};
    if (release->givers) {
        NeedResult whole = *result;
        whole.detail = result->told != NULL ? result->told : result->detail;
        whole.told = whole.aside = NULL;
        return whole;
    }
    NeedResult copy = {.assigned = result->assigned,
                       .unmet = result->unmet,
                       .value_assigned = result->value_assigned,
                       .value_unmet = result->value_unmet,
                       .full = result->full,
                       .reason = result->reason,
                       .detail = ""};
    if (own) {
        copy.pledged = result->pledged;
        copy.donors = result->donors;
    }
    return copy;
}

static Status copy_needs(const Source *from, Release *release)
{
    size_t count = release->round.need_count;
    Settled *settled = ARENA_NEW(from->arena, count, Settled);
    TRY_NEW(settled);
    release->settled = settled;
    release->round.needs = ARENA_NEW(from->arena, count, Need);
    release->plan.needs = ARENA_NEW(from->arena, count, NeedResult);
    TRY_NEW(release->round.needs);
    TRY_NEW(release->plan.needs);
    for (size_t n = 0; n < from->round->need_count; n++) {
        const Need *need = &from->round->needs[n];
        if (from->needs[n] < 0)
            continue;
        Need *copy = &release->round.needs[from->needs[n]];
        *copy = need_of(from->round, need);
        if (release->totals)
            add_amounts(copy, need);
        bool own = is_readers_need(release, need);
        if (own) {
            copy->ready = need->ready;
            copy->least = need->least;
        }
        release->plan.needs[from->needs[n]] = result_of(release, &from->plan->needs[n], own);
        bool chosen = release->choices == NULL || !release->choices[from->needs[n]].not_chosen;
        if (release->totals && chosen)
            settled[from->needs[n]] = release_settled(from->round, from->plan, (int)n);
    }
    return STATUS_OK;
}

/* ---- offers and lines ------------------------------------------------------------------------ */

/** An offer of somebody else: whose it is, and when what comes from it is there. */
static Offer foreign_offer(const Offer *offer, int index)
{
    return (Offer){.id = offer->id,
                   .donor = offer->donor,
                   .form = offer->form,
                   .channel = offer->channel,
                   .notes = "",
                   .source = "",
                   .parent = "",
                   .unit = offer->unit,
                   .status = offer->status,
                   .basis = offer->basis,
                   .category = {.all = true},
                   .valid_from = offer->valid_from,
                   .valid_to = offer->valid_to,
                   .lead_days = offer->lead_days,
                   .lapses = DATE_NONE,
                   .donor_row = -1,
                   .parent_row = -1,
                   .root = index};
}

/** What an offer of the reader's is paid out of, as far up as it is the reader's too: nothing above an offer
 *  of somebody else is in its chain. */
static int own_root(const Source *from, const Release *release, int offer)
{
    for (int up = from->round->offers[offer].parent_row;
         up >= 0 && is_readers_offer(release, &from->round->offers[up]);
         up = from->round->offers[up].parent_row)
        offer = up;
    return offer;
}

/** The reader's own offer. What it is paid out of is named where that is its own too. */
static Offer own_offer(const Source *from, const Release *release, int offer)
{
    Offer copy = from->round->offers[offer];
    int parent = copy.parent_row;
    bool named = parent >= 0 && is_readers_offer(release, &from->round->offers[parent]);
    copy.origin = (Origin){.table = TABLE_OFFERS};
    copy.notes = copy.source = "";
    copy.extra = NULL;
    copy.donor_row = -1;
    copy.parent = named ? copy.parent : "";
    copy.parent_row = named ? from->offers[parent] : -1;
    copy.root = from->offers[own_root(from, release, offer)];
    return copy;
}

static Status copy_offers(const Source *from, const Unused *unused, Release *release)
{
    size_t count = release->round.offer_count;
    Unused *why = ARENA_NEW(from->arena, count, Unused);
    const char **needs = ARENA_NEW(from->arena, count, const char *);
    TRY_NEW(needs);
    release->round.offers = ARENA_NEW(from->arena, count, Offer);
    release->plan.offers = ARENA_NEW(from->arena, count, OfferResult);
    TRY_NEW(why);
    TRY_NEW(release->round.offers);
    TRY_NEW(release->plan.offers);
    for (size_t o = 0; o < from->round->offer_count; o++) {
        const Offer *offer = &from->round->offers[o];
        int at = from->offers[o];
        if (at < 0)
            continue;
        if (!is_readers_offer(release, offer)) {
            release->round.offers[at] = foreign_offer(offer, at);
            continue;
        }
        release->round.offers[at] = own_offer(from, release, (int)o);
        release->plan.offers[at] = from->plan->offers[o];
        why[at] = unused[o];
        TRY(release_unused_needs(from->round, from->plan, (int)o, why[at], from->arena,
                                 &needs[at]));
    }
    release->unused_needs = needs;
    release->unused = why;
    return STATUS_OK;
}

static Status copy_lines(const Source *from, Release *release)
{
    size_t count = 0;
    Assignment *lines = ARENA_NEW(from->arena, release->plan.assignment_count, Assignment);
    TRY_NEW(lines);
    for (size_t i = 0; i < from->plan->assignment_count; i++) {
        const Assignment *line = &from->plan->assignments[i];
        if (!may_see(from, release, line))
            continue;
        lines[count] = *line;
        lines[count].need = from->needs[line->need];
        lines[count].offer = from->offers[line->offer];
        lines[count++].row = 0;
    }
    release->plan.assignments = lines;
    return STATUS_OK;
}

/* ---- parties --------------------------------------------------------------------------------- */

/** Did the donor commit something in an earlier round that the reader sees? */
static bool has_given(const Release *release, const Donor *donor)
{
    const Ledger *ledger = release->round.ledger;
    for (size_t i = 0; ledger != NULL && i < ledger->holding_count; i++)
        if (strcmp(ledger->holdings[i].donor, donor->id) == 0)
            return true;
    return false;
}

/** Donors of the offers in the copy, and of what earlier rounds committed: names; the reader's own row
 *  whole. */
static Status copy_donors(const Source *from, Release *release)
{
    release->round.donors = ARENA_NEW(from->arena, from->round->donor_count, Donor);
    TRY_NEW(release->round.donors);
    for (size_t d = 0; d < from->round->donor_count; d++) {
        const Donor *donor = &from->round->donors[d];
        int at = (int)release->round.donor_count;
        bool found = false, own = release->reader.kind == READER_DONOR &&
                                  strcmp(donor->id, release->reader.id) == 0;
        for (size_t o = 0; o < release->round.offer_count; o++) {
            if (strcmp(release->round.offers[o].donor, donor->id) != 0)
                continue;
            release->round.offers[o].donor_row = at;
            found = true;
        }
        found = found || has_given(release, donor);
        if (!found && !own)
            continue;
        Donor *copy = &release->round.donors[release->round.donor_count++];
        *copy = (Donor){.id = donor->id,
                        .name = donor->name,
                        .role = donor->role,
                        .contact = "",
                        .currency = from->round->settings.currency};
        if (!own)
            continue;
        *copy = *donor;
        copy->origin = (Origin){.table = TABLE_DONORS};
        copy->extra = NULL;
        if (donor->has_budget)
            release->budget_used = plan_budget_used(from->round, from->plan, (int)d);
    }
    return STATUS_OK;
}

/** Did earlier rounds commit something of the reader's to it, or to it what the reader is told of? */
static bool has_got(const Release *release, const Beneficiary *beneficiary)
{
    const Ledger *held = release->round.ledger;
    for (size_t i = 0; held != NULL && i < held->holding_count; i++)
        if (strcmp(held->holdings[i].beneficiary, beneficiary->id) == 0)
            return true;
    return false;
}

/** Beneficiaries of the needs in the copy, and of what earlier rounds committed. */
static Status copy_beneficiaries(const Source *from, Release *release)
{
    release->round.beneficiaries =
        ARENA_NEW(from->arena, from->round->beneficiary_count, Beneficiary);
    TRY_NEW(release->round.beneficiaries);
    for (size_t b = 0; b < from->round->beneficiary_count; b++) {
        const Beneficiary *beneficiary = &from->round->beneficiaries[b];
        int at = -1;
        for (size_t n = 0; n < from->round->need_count; n++) {
            if (from->needs[n] < 0 || from->round->needs[n].beneficiary_row != (int)b)
                continue;
            at = (int)release->round.beneficiary_count;
            release->round.needs[from->needs[n]].beneficiary_row = at;
        }
        if (at < 0 && !has_got(release, beneficiary))
            continue;
        release->round.beneficiaries[release->round.beneficiary_count++] = (Beneficiary){
            .id = beneficiary->id, .name = beneficiary->name, .region = beneficiary->region};
    }
    return STATUS_OK;
}

/* ---- rates ----------------------------------------------------------------------------------- */

/** Is something in the copy counted in this currency? */
static bool is_counted_in(const Round *copy, const char *currency)
{
    for (size_t n = 0; n < copy->need_count; n++)
        if (copy->needs[n].unit.name == currency)
            return true;
    for (size_t o = 0; o < copy->offer_count; o++)
        if (copy->offers[o].unit.name == currency || copy->offers[o].currency == currency)
            return true;
    for (size_t d = 0; d < copy->donor_count; d++)
        if (copy->donors[d].currency == currency)
            return true;
    return false;
}

static Status copy_rates(const Source *from, Release *release)
{
    Round *copy = &release->round;
    copy->rates = ARENA_NEW(from->arena, from->round->rate_count, Rate);
    TRY_NEW(copy->rates);
    for (size_t r = 0; r < from->round->rate_count; r++) {
        const Rate *rate = &from->round->rates[r];
        if (is_counted_in(copy, rate->currency))
            copy->rates[copy->rate_count++] = (Rate){
                .currency = rate->currency, .rate = rate->rate, .date = rate->date, .source = ""};
    }
    return STATUS_OK;
}

/* ---- copies ---------------------------------------------------------------------------------- */

/** A round without rows: what is said of it on every sheet. */
static Round bare_round(const Round *round, Arena *arena)
{
    Round bare = {.arena = arena,
                  .names = round->names,
                  .source = "",
                  .settings = round->settings,
                  .currency = round->currency};
    for (int t = 0; t < TABLE_COUNT; t++)
        bare.tables[t] = (InputTable){.sha256 = ""};
    return bare;
}

/** Nothing is asked of anything: every need is in no bundle and no alternative. */
static Status no_logic(Arena *arena, Round *round)
{
    round->logic.first = ARENA_NEW(arena, round->need_count + 1, size_t);
    round->logic.bundle_of = ARENA_NEW(arena, round->need_count, int);
    round->logic.alternative_of = ARENA_NEW(arena, round->need_count, int);
    TRY_NEW(round->logic.first);
    TRY_NEW(round->logic.bundle_of);
    TRY_NEW(round->logic.alternative_of);
    for (size_t n = 0; n < round->need_count; n++)
        round->logic.bundle_of[n] = round->logic.alternative_of[n] = -1;
    return STATUS_OK;
}

/** Every row, without restricted titles and what the planners noted for themselves. */
static Status build_for_group(const Round *round, const Plan *plan, const Unused *unused,
                              Arena *arena, Release *release)
{
    Round *copy = &release->round;
    *copy = *round;
    copy->source = "";
    copy->needs = ARENA_NEW(arena, round->need_count, Need);
    copy->offers = ARENA_NEW(arena, round->offer_count, Offer);
    copy->donors = ARENA_NEW(arena, round->donor_count, Donor);
    TRY_NEW(copy->needs);
    TRY_NEW(copy->offers);
    TRY_NEW(copy->donors);
    for (int t = 0; t < TABLE_COUNT; t++)
        copy->tables[t].extra = (ExtraColumns){0};
    for (size_t n = 0; n < copy->need_count; n++) {
        Need *need = &copy->needs[n];
        *need = round->needs[n];
        if (need_is_restricted(need))
            need->title = _("[restricted]");
        need->sensitivity = "open"; /* what is left of it is */
        need->notes = "";
    }
    for (size_t o = 0; o < copy->offer_count; o++) {
        copy->offers[o] = round->offers[o];
        copy->offers[o].notes = copy->offers[o].source = "";
    }
    for (size_t d = 0; d < copy->donor_count; d++) {
        copy->donors[d] = round->donors[d];
        copy->donors[d].contact = "";
    }
    copy->previous_input = (InputTable){.sha256 = ""};
    copy->changed_count = copy->setting_row_count = copy->scenario_count = 0;
    release->plan = *plan;
    release->unused = unused;
    return release_moved(round, plan, arena, release);
}

Status release_build(const Round *round, const Plan *plan, const Unused *unused, Reader reader,
                     Arena *arena, Release *release)
{
    const char *word = round->settings.release;
    bool all = strcmp(word, "all") == 0, group = reader.kind == READER_COORDINATION;
    Source from = {.round = round, .plan = plan, .arena = arena};
    *release = (Release){.reader = reader,
                         .urgent = round->has_urgent,
                         .gave_way = release_gave_way(round, plan),
                         .totals = reader.kind != READER_DONOR || strcmp(word, "own") != 0,
                         .givers = all || group};
    if (group)
        return build_for_group(round, plan, unused, arena, release);
    from.needs = ARENA_NEW(arena, round->need_count, int);
    from.offers = ARENA_NEW(arena, round->offer_count, int);
    TRY_NEW(from.needs);
    TRY_NEW(from.offers);
    release->round = bare_round(round, arena);
    mark_own(&from, release);
    place_rows(&from, release);
    if (reader.kind == READER_BENEFICIARY)
        TRY(release_choices(round, plan, from.needs, arena, release));
    TRY(copy_needs(&from, release));
    if (reader.kind == READER_BENEFICIARY)
        TRY(release_requires(round, from.needs, arena, release));
    TRY(copy_offers(&from, unused, release));
    TRY(copy_lines(&from, release));
    TRY(release_holdings(round, arena, release));
    TRY(copy_donors(&from, release));
    TRY(copy_beneficiaries(&from, release));
    TRY(copy_rates(&from, release));
    TRY(release_terms(round, plan, arena, release));
    TRY(release_lines(round, plan, arena, release));
    return no_logic(arena, &release->round);
}
