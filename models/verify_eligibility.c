/* Which pairs are allowed, worked out again from the tables alone. Every check says which row bars
 * the pair; a line is told of all of them, the silent form stops at the first. Earmarks, exclusions,
 * windows, flags and firmness are asked of the offer and of all that it is paid out of. */
#include "models/verify_internal.h"

#include "allot/language.h"

typedef struct Bar {
    Origin origin;
    const char *column;    /* NULL for a whole row */
    const char *phrase;    /* what the row says: "is earmarked for" */
    const char *word;      /* behind the phrase, or NULL */
    const NameList *names; /* likewise */
} Bar;

/* The pair that is asked about. */
typedef struct Asked {
    const Verifier *v;
    int need;
    int offer;
    const PairRow *row; /* of the pairs table, or NULL */
} Asked;

/* True when the pair is barred; @p bar is written then. */
typedef bool BarCheck(const Asked *asked, Bar *bar);

/* The same for one offer of the chain. */
typedef bool OfferCheck(const Verifier *v, const Need *need, const Offer *offer, Bar *bar);

static bool bars(Bar *bar, Origin origin, const char *column, const char *phrase)
{
    *bar = (Bar){.origin = origin, .column = column, .phrase = phrase};
    return true;
}

/* Where the settings leave eligibility to the pairs table, listing a pair is saying yes to it. */
static bool pair_says_yes(const Asked *asked)
{
    const PairRow *pair = asked->row;

    return pair != NULL &&
           (asked->v->round->settings.pairs_only || (pair->has_eligible && pair->eligible));
}

static bool any_of_chain(const Asked *asked, OfferCheck *check, Bar *bar)
{
    const Round *round = asked->v->round;

    for (int o = asked->offer; o >= 0; o = round->offers[o].parent_row)
        if (check(asked->v, &round->needs[asked->need], &round->offers[o], bar))
            return true;
    return false;
}

/* ---- the pair and its need ------------------------------------------------------------------- */

static bool bar_pair(const Asked *asked, Bar *bar)
{
    const PairRow *pair = asked->row;
    Origin settings = {.table = TABLE_SETTINGS, .line = 0};

    if (pair != NULL && pair->has_eligible && !pair->eligible)
        return bars(bar, pair->origin, "eligible", _("says no"));
    if (pair == NULL && asked->v->round->settings.pairs_only)
        return bars(bar, settings, "eligibility", _("allows only the pairs that are listed"));
    return false;
}

static bool bar_need(const Asked *asked, Bar *bar)
{
    const Need *wants = &asked->v->round->needs[asked->need];

    if (!wants->quantity_known)
        return bars(bar, wants->origin, "quantity", _("is unknown"));
    if (verify_is_outcome(wants))
        return bars(bar, wants->origin, "quantity",
                    _("is 0, an outcome, which takes nothing itself"));
    if (!wants->ready)
        return bars(bar, wants->origin, "ready", _("says no"));
    return false;
}

static bool bar_unit(const Asked *asked, Bar *bar)
{
    const Need *wants = &asked->v->round->needs[asked->need];
    const Offer *gives = &asked->v->round->offers[asked->offer];

    if (verify_is_outcome(wants) || /* barred whatever it is counted in */
        worth_comparable(asked->v->round, asked->row, asked->need, asked->offer))
        return false;
    if (gives->unit.is_money && !wants->unit.is_money && !wants->has_unit_cost)
        return bars(bar, wants->origin, "unit_cost", _("is empty, so that money cannot buy it"));
    bars(bar, gives->origin, "unit", _("cannot be turned into the need's unit: it is in"));
    bar->word = gives->unit.name;
    return true;
}

/* What an offer is for is its own: of its ancestors it inherits earmarks and the rest, no category. */
static bool bar_category(const Asked *asked, Bar *bar)
{
    const Verifier *v = asked->v;
    const Offer *gives = &v->round->offers[asked->offer];

    if (gives->category.all || gives->category.count == 0 ||
        verify_list_has(v, &gives->category, v->round->needs[asked->need].category) ||
        pair_says_yes(asked))
        return false;
    bars(bar, gives->origin, "category", _("is for"));
    bar->names = &gives->category;
    return true;
}

/* ---- the offer and its ancestors ------------------------------------------------------------- */

static bool not_firm(const Verifier *v, const Need *need, const Offer *offer, Bar *bar)
{
    (void)need;
    if (!offer->quantity_known)
        return bars(bar, offer->origin, "quantity", _("is unknown"));
    if (offer->status < v->round->settings.plan_on)
        return bars(bar, offer->origin, "status", _("is less firm than what the round plans on"));
    return false;
}

static bool bar_firmness(const Asked *asked, Bar *bar)
{
    return any_of_chain(asked, not_firm, bar);
}

static const char *first_common(const Verifier *v, const NameList *list, const NameList *tags)
{
    for (int i = 0; i < tags->count && list->count > 0; i++)
        if (verify_list_has(v, list, tags->names[i]))
            return tags->names[i];
    return NULL;
}

static bool earmarked_for(const Offer *offer, const NameList *list, const char *column, Bar *bar)
{
    bars(bar, offer->origin, column, _("is earmarked for"));
    bar->names = list;
    return true;
}

static bool earmarked(const Verifier *v, const Need *need, const Offer *offer, Bar *bar)
{
    const NameList *list = &offer->only_beneficiaries;

    if (list->count > 0 && !verify_list_has(v, list, need->beneficiary))
        return earmarked_for(offer, list, "only_beneficiaries", bar);
    list = &offer->only_regions;
    if (list->count > 0 && !verify_list_has(v, list, need->region))
        return earmarked_for(offer, list, "only_regions", bar);
    list = &offer->only_needs;
    if (list->count > 0 && !verify_list_has(v, list, need->id))
        return earmarked_for(offer, list, "only_needs", bar);
    list = &offer->only_tags;
    if (list->count > 0 && first_common(v, list, &need->tags) == NULL)
        return earmarked_for(offer, list, "only_tags", bar);
    return false;
}

static bool bar_earmark(const Asked *asked, Bar *bar)
{
    return !pair_says_yes(asked) && any_of_chain(asked, earmarked, bar);
}

static bool excludes(const Verifier *v, const Offer *offer, const NameList *list,
                     const char *column, const char *name, Bar *bar)
{
    if (list->count == 0 || name == NULL || !verify_list_has(v, list, name))
        return false;
    bars(bar, offer->origin, column, _("excludes"));
    bar->word = name;
    return true;
}

static bool excluded(const Verifier *v, const Need *need, const Offer *offer, Bar *bar)
{
    return excludes(v, offer, &offer->not_beneficiaries, "not_beneficiaries", need->beneficiary,
                    bar) ||
           excludes(v, offer, &offer->not_regions, "not_regions", need->region, bar) ||
           excludes(v, offer, &offer->not_needs, "not_needs", need->id, bar) ||
           excludes(v, offer, &offer->not_tags, "not_tags",
                    first_common(v, &offer->not_tags, &need->tags), bar);
}

static bool bar_exclusion(const Asked *asked, Bar *bar)
{
    return any_of_chain(asked, excluded, bar);
}

/* max(valid_from + lead, earliest) <= min(valid_to + lead, deadline), an open end being no limit. */
static bool outside_window(const Verifier *v, const Need *need, const Offer *offer, Bar *bar)
{
    int64_t from =
        offer->valid_from != DATE_NONE ? (int64_t)offer->valid_from + offer->lead_days : INT64_MIN;
    int64_t to =
        offer->valid_to != DATE_NONE ? (int64_t)offer->valid_to + offer->lead_days : INT64_MAX;
    int64_t earliest = need->earliest != DATE_NONE ? need->earliest : INT64_MIN;
    int64_t deadline = need->deadline != DATE_NONE ? need->deadline : INT64_MAX;

    if (offer->lapses != DATE_NONE && v->round->settings.start != DATE_NONE &&
        offer->lapses < v->round->settings.start)
        return bars(bar, offer->origin, "lapses", _("is before the round starts"));
    if ((from > earliest ? from : earliest) <= (to < deadline ? to : deadline))
        return false;
    if (from > deadline)
        return bars(bar, offer->origin, "valid_from",
                    _("is after the need's deadline, lead included"));
    if (to < earliest)
        return bars(bar, offer->origin, "valid_to", _("is before the need's earliest day"));
    return bars(bar, need->origin, "deadline", _("leaves no day"));
}

/* Every window by itself may fit and still leave no day that is in all of them. */
static bool no_common_day(const Round *round, const Need *need, int offer, Bar *bar)
{
    int64_t latest = need->earliest != DATE_NONE ? need->earliest : INT64_MIN;
    int64_t soonest = need->deadline != DATE_NONE ? need->deadline : INT64_MAX;

    for (int o = offer; o >= 0; o = round->offers[o].parent_row) {
        const Offer *link = &round->offers[o];
        int64_t opens = (int64_t)link->valid_from + link->lead_days;
        int64_t closes = (int64_t)link->valid_to + link->lead_days;

        latest = link->valid_from != DATE_NONE && opens > latest ? opens : latest;
        soonest = link->valid_to != DATE_NONE && closes < soonest ? closes : soonest;
    }
    return latest > soonest &&
           bars(bar, round->offers[offer].origin, "parent", _("is paid out of another window"));
}

static bool bar_window(const Asked *asked, Bar *bar)
{
    return any_of_chain(asked, outside_window, bar) ||
           no_common_day(asked->v->round, &asked->v->round->needs[asked->need], asked->offer, bar);
}

static bool not_oda(const Verifier *v, const Need *need, const Offer *offer, Bar *bar)
{
    (void)v;
    if (!offer->oda_only || need->oda == ODA_YES)
        return false;
    return bars(bar, offer->origin, "oda_only", _("is for needs that are ODA"));
}

static bool bar_oda(const Asked *asked, Bar *bar)
{
    return any_of_chain(asked, not_oda, bar);
}

/* ---- rules and commitments ------------------------------------------------------------------- */

/* With the planner's reason where the row has one. */
static bool forbids(Bar *bar, Origin origin, const char *column, const char *reason)
{
    bool silent = reason == NULL || reason[0] == '\0';

    bars(bar, origin, column, silent ? _("forbids it") : _("forbids it:"));
    bar->word = silent ? NULL : reason;
    return true;
}

static bool bar_forbid(const Asked *asked, Bar *bar)
{
    const Verifier *v = asked->v;

    for (size_t r = 0; r < v->round->rule_count; r++) {
        const VerifyScope *scope = &v->scopes[r];

        if (scope->rule->kind == RULE_FORBID &&
            verify_in_scope(v, scope, asked->need, asked->offer))
            return forbids(bar, scope->rule->origin, NULL, scope->rule->reason);
    }
    return false;
}

static bool bar_commitment(const Asked *asked, Bar *bar)
{
    const Commitment *rows = asked->v->round->commitments;
    size_t count = asked->v->round->commitment_count;
    size_t low = 0;

    for (size_t high = count; low < high;) {
        size_t middle = low + (high - low) / 2;

        if (rows[middle].need < asked->need ||
            (rows[middle].need == asked->need && rows[middle].offer < asked->offer))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count && rows[low].need == asked->need && rows[low].offer == asked->offer; low++)
        if (rows[low].kind == COMMITMENT_FORBIDDEN)
            return forbids(bar, rows[low].origin, "kind", rows[low].reason);
    return false;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static BarCheck *const CHECKS[] = {bar_need,    bar_pair,       bar_category, bar_firmness,
                                   bar_earmark, bar_exclusion,  bar_window,   bar_oda,
                                   bar_forbid,  bar_commitment, bar_unit};

enum { CHECK_COUNT = sizeof CHECKS / sizeof CHECKS[0] };

/* Not even the smallest part of it may come from an offer for civil use (C14 says so of its lines). */
static bool no_civil_part(const Round *round, int need, int offer)
{
    const Need *asks = &round->needs[need];

    while (offer >= 0 && !round->offers[offer].civil_only)
        offer = round->offers[offer].parent_row;
    return offer >= 0 &&
           exact_compare_share((Int128)asks->covered + 1, asks->civil_share, asks->quantity) > 0;
}

bool verify_eligible(const Verifier *v, int need, int offer)
{
    Asked asked = {.v = v, .need = need, .offer = offer};
    Bar bar;

    if (no_civil_part(v->round, need, offer))
        return false;

    asked.row = round_find_pair(v->round, need, offer);
    for (int i = 0; i < CHECK_COUNT; i++)
        if (CHECKS[i](&asked, &bar))
            return false;
    return true;
}

static void report(Verifier *v, const VerifyLine *line, const Bar *bar)
{
    const char *behind = bar->word != NULL ? bar->word : "";

    if (bar->names != NULL)
        behind = verify_names_text(v, bar->names);
    verify_broken(v, DIAG_PLAN_LINE, line, "%s, but %s %s%s%s", verify_pair(v, line),
                  verify_row(v, bar->origin, bar->column), bar->phrase,
                  behind[0] != '\0' ? " " : "", behind);
}

void verify_eligibility(Verifier *v)
{
    Bar bar;

    for (size_t l = 0; l < v->line_count; l++) {
        const VerifyLine *line = &v->lines[l];
        Asked asked = {.v = v, .need = line->need, .offer = line->offer, .row = line->pair};

        for (int i = 0; i < CHECK_COUNT; i++)
            if (CHECKS[i](&asked, &bar))
                report(v, line, &bar);
    }
}
