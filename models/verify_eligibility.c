/* Which pairs are allowed, worked out again from the tables alone. Every check says which row bars
 * the pair; a line is told of all of them, the silent form stops at the first. Earmarks, exclusions,
 * windows, flags and firmness are asked of the offer and of all that it is paid out of. */
#include "models/verify_internal.h"

typedef struct Bar {
    Origin origin;
    const char *column;    /* NULL for a whole row */
    const char *phrase;    /* what the row says: "is earmarked for" */
    const char *word;      /* behind the phrase, or NULL */
    const NameList *names; /* likewise */
} Bar;

/* True when the pair is barred; @p bar is written then. */
typedef bool BarCheck(const Verifier *v, int need, int offer, Bar *bar);

/* The same for one offer of the chain. */
typedef bool OfferCheck(const Round *round, const Need *need, const Offer *offer, Bar *bar);

static bool bars(Bar *bar, Origin origin, const char *column, const char *phrase)
{
    *bar = (Bar){.origin = origin, .column = column, .phrase = phrase};
    return true;
}

/* Where the settings leave eligibility to the pairs table, listing a pair is saying yes to it. */
static bool pair_says_yes(const Round *round, int need, int offer)
{
    const PairRow *pair = round_find_pair(round, need, offer);

    return pair != NULL && (round->settings.pairs_only || (pair->has_eligible && pair->eligible));
}

static bool any_of_chain(const Verifier *v, int need, int offer, OfferCheck *check, Bar *bar)
{
    for (int o = offer; o >= 0; o = v->round->offers[o].parent_row)
        if (check(v->round, &v->round->needs[need], &v->round->offers[o], bar))
            return true;
    return false;
}

/* ---- the pair and its need ------------------------------------------------------------------- */

static bool bar_pair(const Verifier *v, int need, int offer, Bar *bar)
{
    const PairRow *pair = round_find_pair(v->round, need, offer);
    Origin settings = {.table = TABLE_SETTINGS, .line = 0};

    if (pair != NULL && pair->has_eligible && !pair->eligible)
        return bars(bar, pair->origin, "eligible", "says no");
    if (pair == NULL && v->round->settings.pairs_only)
        return bars(bar, settings, "eligibility", "allows only the pairs that are listed");
    return false;
}

static bool bar_need(const Verifier *v, int need, int offer, Bar *bar)
{
    const Need *wants = &v->round->needs[need];

    (void)offer;
    if (!wants->quantity_known)
        return bars(bar, wants->origin, "quantity", "is unknown");
    if (!wants->ready)
        return bars(bar, wants->origin, "ready", "says no");
    return false;
}

static bool bar_unit(const Verifier *v, int need, int offer, Bar *bar)
{
    const Need *wants = &v->round->needs[need];
    const Offer *gives = &v->round->offers[offer];

    if (worth_comparable(v->round, need, offer))
        return false;
    if (gives->unit.is_money && !wants->unit.is_money && !wants->has_unit_cost)
        return bars(bar, wants->origin, "unit_cost", "is empty, so that money cannot buy it");
    bars(bar, gives->origin, "unit", "cannot be turned into the need's unit: it is in");
    bar->word = gives->unit.name;
    return true;
}

/* What an offer is for is its own: of its ancestors it inherits earmarks and the rest, no category. */
static bool bar_category(const Verifier *v, int need, int offer, Bar *bar)
{
    const Offer *gives = &v->round->offers[offer];

    if (gives->category.all || gives->category.count == 0 ||
        verify_list_has(&gives->category, v->round->needs[need].category) ||
        pair_says_yes(v->round, need, offer))
        return false;
    bars(bar, gives->origin, "category", "is for");
    bar->names = &gives->category;
    return true;
}

/* ---- the offer and its ancestors ------------------------------------------------------------- */

static bool not_firm(const Round *round, const Need *need, const Offer *offer, Bar *bar)
{
    (void)need;
    if (!offer->quantity_known)
        return bars(bar, offer->origin, "quantity", "is unknown");
    if (offer->status < round->settings.plan_on)
        return bars(bar, offer->origin, "status", "is less firm than what the round plans on");
    return false;
}

static bool bar_firmness(const Verifier *v, int need, int offer, Bar *bar)
{
    return any_of_chain(v, need, offer, not_firm, bar);
}

static const char *first_common(const NameList *list, const NameList *tags)
{
    for (int i = 0; i < tags->count; i++)
        if (verify_list_has(list, tags->names[i]))
            return tags->names[i];
    return NULL;
}

static bool earmarked(const Round *round, const Need *need, const Offer *offer, Bar *bar)
{
    const struct {
        const NameList *list;
        const char *column;
        bool fits;
    } marks[] = {
        {&offer->only_beneficiaries, "only_beneficiaries",
         verify_list_has(&offer->only_beneficiaries, need->beneficiary)},
        {&offer->only_regions, "only_regions", verify_list_has(&offer->only_regions, need->region)},
        {&offer->only_needs, "only_needs", verify_list_has(&offer->only_needs, need->id)},
        {&offer->only_tags, "only_tags", first_common(&offer->only_tags, &need->tags) != NULL},
    };

    (void)round;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (marks[i].list->count == 0 || marks[i].fits)
            continue;
        bars(bar, offer->origin, marks[i].column, "is earmarked for");
        bar->names = marks[i].list;
        return true;
    }
    return false;
}

static bool bar_earmark(const Verifier *v, int need, int offer, Bar *bar)
{
    return !pair_says_yes(v->round, need, offer) && any_of_chain(v, need, offer, earmarked, bar);
}

static bool excludes(const Offer *offer, const NameList *list, const char *column, const char *name,
                     Bar *bar)
{
    if (name == NULL || !verify_list_has(list, name))
        return false;
    bars(bar, offer->origin, column, "excludes");
    bar->word = name;
    return true;
}

static bool excluded(const Round *round, const Need *need, const Offer *offer, Bar *bar)
{
    (void)round;
    return excludes(offer, &offer->not_beneficiaries, "not_beneficiaries", need->beneficiary,
                    bar) ||
           excludes(offer, &offer->not_regions, "not_regions", need->region, bar) ||
           excludes(offer, &offer->not_needs, "not_needs", need->id, bar) ||
           excludes(offer, &offer->not_tags, "not_tags",
                    first_common(&offer->not_tags, &need->tags), bar);
}

static bool bar_exclusion(const Verifier *v, int need, int offer, Bar *bar)
{
    return any_of_chain(v, need, offer, excluded, bar);
}

/* max(valid_from + lead, earliest) <= min(valid_to + lead, deadline), an open end being no limit. */
static bool outside_window(const Round *round, const Need *need, const Offer *offer, Bar *bar)
{
    int64_t from =
        offer->valid_from != DATE_NONE ? (int64_t)offer->valid_from + offer->lead_days : INT64_MIN;
    int64_t to =
        offer->valid_to != DATE_NONE ? (int64_t)offer->valid_to + offer->lead_days : INT64_MAX;
    int64_t earliest = need->earliest != DATE_NONE ? need->earliest : INT64_MIN;
    int64_t deadline = need->deadline != DATE_NONE ? need->deadline : INT64_MAX;

    if (offer->lapses != DATE_NONE && round->settings.start != DATE_NONE &&
        offer->lapses < round->settings.start)
        return bars(bar, offer->origin, "lapses", "is before the round starts");
    if ((from > earliest ? from : earliest) <= (to < deadline ? to : deadline))
        return false;
    if (from > deadline)
        return bars(bar, offer->origin, "valid_from",
                    "is after the need's deadline, lead included");
    if (to < earliest)
        return bars(bar, offer->origin, "valid_to", "is before the need's earliest day");
    return bars(bar, need->origin, "deadline", "leaves no day");
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
           bars(bar, round->offers[offer].origin, "parent", "is paid out of another window");
}

static bool bar_window(const Verifier *v, int need, int offer, Bar *bar)
{
    return any_of_chain(v, need, offer, outside_window, bar) ||
           no_common_day(v->round, &v->round->needs[need], offer, bar);
}

static bool not_oda(const Round *round, const Need *need, const Offer *offer, Bar *bar)
{
    (void)round;
    if (!offer->oda_only || need->oda == ODA_YES)
        return false;
    return bars(bar, offer->origin, "oda_only", "is for needs that are ODA");
}

static bool bar_oda(const Verifier *v, int need, int offer, Bar *bar)
{
    return any_of_chain(v, need, offer, not_oda, bar);
}

/* ---- rules and commitments ------------------------------------------------------------------- */

static bool bar_forbid(const Verifier *v, int need, int offer, Bar *bar)
{
    for (size_t r = 0; r < v->round->rule_count; r++) {
        const VerifyScope *scope = &v->scopes[r];

        if (scope->rule->kind == RULE_FORBID && scope->needs[need] && scope->offers[offer])
            return bars(bar, scope->rule->origin, NULL, "forbids it");
    }
    return false;
}

static bool bar_commitment(const Verifier *v, int need, int offer, Bar *bar)
{
    const Commitment *rows = v->round->commitments;
    size_t low = 0;

    for (size_t high = v->round->commitment_count; low < high;) {
        size_t middle = low + (high - low) / 2;

        if (rows[middle].need < need || (rows[middle].need == need && rows[middle].offer < offer))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < v->round->commitment_count && rows[low].need == need && rows[low].offer == offer;
         low++)
        if (rows[low].kind == COMMITMENT_FORBIDDEN)
            return bars(bar, rows[low].origin, "kind", "forbids it");
    return false;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static BarCheck *const CHECKS[] = {bar_need,    bar_pair,       bar_category, bar_firmness,
                                   bar_earmark, bar_exclusion,  bar_window,   bar_oda,
                                   bar_forbid,  bar_commitment, bar_unit};

enum { CHECK_COUNT = sizeof CHECKS / sizeof CHECKS[0] };

bool verify_eligible(const Verifier *v, int need, int offer)
{
    Bar bar;

    for (int i = 0; i < CHECK_COUNT; i++)
        if (CHECKS[i](v, need, offer, &bar))
            return false;
    return true;
}

static void report(Verifier *v, const VerifyLine *line, const Bar *bar)
{
    const char *behind = bar->word != NULL ? bar->word : "";

    if (bar->names != NULL)
        behind = verify_names(v, bar->names);
    verify_broken(v, DIAG_PLAN_LINE, line, "%s, but %s %s%s%s", verify_pair(v, line),
                  verify_row(v, bar->origin, bar->column), bar->phrase,
                  behind[0] != '\0' ? " " : "", behind);
}

void verify_eligibility(Verifier *v)
{
    Bar bar;

    for (size_t l = 0; l < v->line_count; l++)
        for (int i = 0; i < CHECK_COUNT; i++)
            if (CHECKS[i](v, v->lines[l].need, v->lines[l].offer, &bar))
                report(v, &v->lines[l], &bar);
}
