/* Who may serve whom, and the rows of the rules table, read from the tables alone. */
#include "tests/support/brute_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/test_support.h"

static bool in_list(const NameList *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->names[i], name) == 0)
            return true;
    return false;
}

static bool lists_meet(const NameList *a, const NameList *b)
{
    for (int i = 0; i < b->count; i++)
        if (in_list(a, b->names[i]))
            return true;
    return false;
}

static bool only(const NameList *list, const char *name)
{
    return list->count == 0 || in_list(list, name);
}

/* ---- who may serve whom --------------------------------------------------------------------- */

static bool earmark_fits(const Need *need, const Offer *offer)
{
    return only(&offer->only_beneficiaries, need->beneficiary) &&
           only(&offer->only_regions, need->region) && only(&offer->only_needs, need->id) &&
           (offer->only_tags.count == 0 || lists_meet(&offer->only_tags, &need->tags));
}

static bool is_excluded(const Need *need, const Offer *offer)
{
    return in_list(&offer->not_beneficiaries, need->beneficiary) ||
           in_list(&offer->not_regions, need->region) || in_list(&offer->not_needs, need->id) ||
           lists_meet(&offer->not_tags, &need->tags);
}

/** Is there a day that the need and every offer of the chain have in common? */
static bool days_fit(const Round *round, const Need *need, int offer)
{
    double from = need->earliest != DATE_NONE ? (double)need->earliest : -INFINITY;
    double to = need->deadline != DATE_NONE ? (double)need->deadline : INFINITY;
    for (int o = offer; o >= 0; o = round->offers[o].parent_row) {
        const Offer *link = &round->offers[o];
        if (link->valid_from != DATE_NONE)
            from = fmax(from, (double)link->valid_from + link->lead_days);
        if (link->valid_to != DATE_NONE)
            to = fmin(to, (double)link->valid_to + link->lead_days);
        if (link->lapses != DATE_NONE && link->lapses < round->settings.start)
            return false;
    }
    return from <= to;
}

static bool link_fits(const Round *round, const Need *need, const Offer *offer, bool listed)
{
    double civil =
        brute_decimal(need->civil_share) * (double)need->quantity - (double)need->covered;
    return offer->quantity_known && offer->status >= round->settings.plan_on &&
           (listed || earmark_fits(need, offer)) && !is_excluded(need, offer) &&
           (!offer->oda_only || need->oda == ODA_YES) && (!offer->civil_only || civil > 1e-6);
}

static bool units_fit(const Need *need, const Offer *offer, const PairRow *row)
{
    if (row != NULL && row->has_use)
        return true;
    if (strcmp(need->unit.name, offer->unit.name) == 0)
        return true;
    return offer->unit.is_money && (need->unit.is_money || need->has_unit_cost);
}

bool brute_eligible(const Round *round, int n, int o, const PairRow *row)
{
    const Need *need = &round->needs[n];
    const Offer *offer = &round->offers[o];
    bool says_no = row != NULL && row->has_eligible && !row->eligible;
    bool pairs_only = round->settings.pairs_only; /* there, to be listed is to be eligible */
    bool listed = row != NULL && !says_no && (row->has_eligible || pairs_only);
    if (!need->quantity_known || need->quantity == 0 || !need->ready ||
        !units_fit(need, offer, row))
        return false;
    if (says_no || (pairs_only && row == NULL))
        return false;
    if (!listed && !offer->category.all && !in_list(&offer->category, need->category))
        return false;
    if (!days_fit(round, need, o))
        return false;
    for (int up = o; up >= 0; up = round->offers[up].parent_row)
        if (!link_fits(round, need, &round->offers[up], listed))
            return false;
    for (size_t r = 0; r < round->rule_count; r++)
        if (round->rules[r].kind == RULE_FORBID && brute_selects(round, &round->rules[r], n, o))
            return false;
    for (size_t c = 0; c < round->commitment_count; c++)
        if (round->commitments[c].kind == COMMITMENT_FORBIDDEN && round->commitments[c].need == n &&
            round->commitments[c].offer == o)
            return false;
    return true;
}

bool brute_civil(const Round *round, int offer)
{
    bool civil = false;
    for (int o = offer; o >= 0; o = round->offers[o].parent_row)
        civil = civil || round->offers[o].civil_only;
    return civil;
}

/* ---- rules ---------------------------------------------------------------------------------- */

static bool selects_tag(const RuleRow *rule, const Need *need)
{
    const NameList *list = &rule->select[SELECT_TAG];
    return list->count == 0 || lists_meet(list, &need->tags);
}

bool brute_selects(const Round *round, const RuleRow *rule, int n, int o)
{
    const Need *need = &round->needs[n];
    const Offer *offer = &round->offers[o];
    char tier[16];
    snprintf(tier, sizeof tier, "%d", need->tier);
    return only(&rule->select[SELECT_DONOR], offer->donor) &&
           only(&rule->select[SELECT_OFFER], offer->id) &&
           only(&rule->select[SELECT_NEED], need->id) &&
           only(&rule->select[SELECT_BENEFICIARY], need->beneficiary) &&
           only(&rule->select[SELECT_REGION], need->region) &&
           only(&rule->select[SELECT_CATEGORY], need->category) && selects_tag(rule, need) &&
           only(&rule->select[SELECT_PRIORITY], tier);
}

/** The combination of the words of `each` that a line stands for: "region north, tag alpha"; false when
 *  it lacks one of them and counts nowhere. A need here has one tag at most. */
static bool combination(const Round *round, const RuleRow *rule, int n, int o, char *out,
                        size_t size)
{
    const Need *need = &round->needs[n];
    char tier[16];
    snprintf(tier, sizeof tier, "%d", need->tier);
    const struct {
        Selector word;
        const char *name, *value;
    } words[] = {
        {SELECT_DONOR, "donor", round->offers[o].donor},
        {SELECT_OFFER, "offer", round->offers[o].id},
        {SELECT_NEED, "need", need->id},
        {SELECT_BENEFICIARY, "beneficiary", need->beneficiary},
        {SELECT_REGION, "region", need->region},
        {SELECT_CATEGORY, "category", need->category},
        {SELECT_TAG, "tag", need->tags.count > 0 ? need->tags.names[0] : ""},
        {SELECT_PRIORITY, "priority", tier},
    };
    size_t used = 0;
    out[0] = '\0';
    for (size_t w = 0; w < COUNT_OF(words); w++) {
        if ((rule->each & (1u << words[w].word)) == 0)
            continue;
        if (*words[w].value == '\0')
            return false;
        used += (size_t)snprintf(out + used, size - used, "%s%s %s", used == 0 ? "" : ", ",
                                 words[w].name, words[w].value);
    }
    return true;
}

/** Is the rule's quantity in the units of all the needs that it reaches? Else of its offers. */
static bool in_need_units(const Brute *b, const RuleRow *rule)
{
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++)
            if (brute_pair(b, n, o)->may && brute_selects(b->round, rule, (int)n, (int)o) &&
                strcmp(b->round->needs[n].unit.name, rule->unit.name) != 0)
                return false;
    return true;
}

static double amount(const Brute *b, const RuleRow *rule, bool need_units, size_t n, size_t o,
                     int64_t quantity)
{
    if (!rule->has_quantity)
        return (double)quantity * b->value[n];
    return need_units ? (double)quantity * brute_part(b->round->needs[n].unit)
                      : (double)quantity * brute_pair(b, n, o)->gross;
}

static double total_value(const Brute *b, const int64_t *x)
{
    double total = 0;
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++)
            total += (double)x[n * b->offers + o] * b->value[n];
    return total;
}

/** The sum of one combination against the bound. */
static void judge_sum(Brute *b, const RuleRow *rule, const int64_t *x, double sum)
{
    double bound = 0, lines = (double)(b->needs * b->offers), slack = lines * 0.02;
    if (rule->has_value)
        bound = brute_decimal(rule->value) * brute_rate(b->round, rule->currency);
    if (rule->has_share)
        bound = brute_decimal(rule->share) * total_value(b, x);
    if (rule->has_quantity) {
        bound = brute_decimal(rule->quantity);
        slack = rule->unit.is_money ? 2 * lines * brute_part(rule->unit) : 0;
    }
    brute_note(b, rule->kind == RULE_LIMIT ? sum - bound : bound - sum, slack, "rule", rule->id);
}

void brute_combine(Brute *b)
{
    size_t cells = b->needs * b->offers;
    b->combos = ARENA_NEW(b->arena, cells * b->round->rule_count, int);
    assert_non_null(b->combos);
    for (size_t r = 0; r < b->round->rule_count; r++) {
        const RuleRow *rule = &b->round->rules[r];
        char key[256], other[256];
        int *combo = &b->combos[r * cells];
        for (size_t c = 0; c < cells; c++) {
            int n = (int)(c / b->offers), o = (int)(c % b->offers);
            combo[c] = -1;
            if (!brute_selects(b->round, rule, n, o) ||
                !combination(b->round, rule, n, o, key, sizeof key))
                continue;
            combo[c] = (int)c;
            for (size_t d = 0; d < c && combo[c] == (int)c; d++)
                if (combo[d] >= 0 &&
                    combination(b->round, rule, (int)(d / b->offers), (int)(d % b->offers), other,
                                sizeof other) &&
                    strcmp(key, other) == 0)
                    combo[c] = combo[d];
        }
    }
}

const char *brute_part_name(const Brute *b, size_t rule, size_t cell)
{
    char key[256];
    int need = (int)(cell / b->offers), offer = (int)(cell % b->offers);
    if (!brute_leads(b, rule, cell))
        return NULL;
    combination(b->round, &b->round->rules[rule], need, offer, key, sizeof key);
    return arena_printf(b->arena, "%s", key);
}

void brute_drop_part(Brute *b, const char *rule, const char *part)
{
    size_t cells = b->needs * b->offers;
    for (size_t r = 0; r < b->round->rule_count; r++) {
        int *combo = &b->combos[r * cells];
        for (size_t c = 0; c < cells && strcmp(b->round->rules[r].id, rule) == 0; c++) {
            const char *name = brute_part_name(b, r, c);
            if (name == NULL || strcmp(name, part) != 0)
                continue;
            for (size_t d = cells; d-- > c;) /* the first, which stands for all, last */
                combo[d] = combo[d] == (int)c ? -1 : combo[d];
        }
    }
}

bool brute_leads(const Brute *b, size_t rule, size_t cell)
{
    return b->combos[rule * b->needs * b->offers + cell] == (int)cell;
}

/** Is it a line of the combination? */
static bool is_line_of(const Brute *b, size_t rule, size_t first, const int64_t *x, size_t cell)
{
    return x[cell] > 0 && b->combos[rule * b->needs * b->offers + cell] == (int)first;
}

bool brute_any(const Brute *b, size_t rule, size_t first, const int64_t *x)
{
    for (size_t c = first; c < b->needs * b->offers; c++)
        if (is_line_of(b, rule, first, x, c))
            return true;
    return false;
}

static double sum_of(const Brute *b, size_t r, size_t first, const int64_t *x)
{
    const RuleRow *rule = &b->round->rules[r];
    bool need_units = rule->has_quantity && in_need_units(b, rule);
    double sum = 0;
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++) {
            size_t cell = n * b->offers + o;
            if (is_line_of(b, r, first, x, cell))
                sum += amount(b, rule, need_units, n, o, x[cell]);
        }
    return sum;
}

/** Limits, floors and tickets. A combination without lines keeps each of them; a floor without
 *  `each` is not kept by no lines. */
static void judge_sums(Brute *b, size_t r, const int64_t *x)
{
    const RuleRow *rule = &b->round->rules[r];
    bool any = false;
    for (size_t c = 0; c < b->needs * b->offers; c++)
        if (brute_leads(b, r, c) && brute_any(b, r, c, x)) {
            judge_sum(b, rule, x, sum_of(b, r, c, x));
            any = true;
        }
    if (!any && rule->kind == RULE_FLOOR && rule->each == 0)
        judge_sum(b, rule, x, 0);
}

/** What a rule of kind count counts of a line; "" for nothing. */
static const char *counted(const Brute *b, const RuleRow *rule, size_t n, size_t o)
{
    if (strcmp(rule->of, "needs") == 0)
        return b->round->needs[n].id;
    if (strcmp(rule->of, "donors") == 0)
        return brute_donor(b, o);
    return strcmp(rule->of, "offers") == 0 ? b->round->offers[o].id
                                           : b->round->needs[n].beneficiary;
}

static void judge_count(Brute *b, size_t r, const int64_t *x)
{
    const RuleRow *rule = &b->round->rules[r];
    size_t cells = b->needs * b->offers;
    for (size_t first = 0; first < cells; first++) {
        size_t count = 0;
        for (size_t c = first; c < cells && brute_leads(b, r, first); c++) {
            const char *name = counted(b, rule, c / b->offers, c % b->offers);
            if (is_line_of(b, r, first, x, c) && *name != '\0')
                b->names[count++] = name;
        }
        if (brute_distinct(b, count) > rule->count)
            brute_note(b, INFINITY, 0, "count", rule->id);
    }
}

/** Reserves of the generator select one offer: so much of it stays unplanned. */
static void judge_reserve(Brute *b, const RuleRow *rule)
{
    for (size_t o = 0; o < b->offers; o++) {
        const Offer *offer = &b->round->offers[o];
        double part = brute_part(offer->unit), quantity = (double)offer->quantity * part, kept = 0;
        if (!only(&rule->select[SELECT_OFFER], offer->id) ||
            !only(&rule->select[SELECT_DONOR], offer->donor))
            continue;
        if (rule->has_share)
            kept = brute_decimal(rule->share) * quantity;
        else if (rule->has_quantity)
            kept = brute_decimal(rule->quantity);
        else
            kept = brute_decimal(rule->value) * brute_rate(b->round, rule->currency) /
                   brute_rate(b->round, offer->unit.name);
        brute_note(b, b->used[o] - quantity + kept,
                   offer->unit.is_money ? 4 * (double)(b->needs * b->offers) * part : part,
                   "reserve", rule->id);
    }
}

void brute_judge_rules(Brute *b, const int64_t *x)
{
    for (size_t r = 0; r < b->round->rule_count; r++) {
        const RuleRow *rule = &b->round->rules[r];
        if (rule->kind == RULE_LIMIT || rule->kind == RULE_FLOOR || rule->kind == RULE_TICKET)
            judge_sums(b, r, x);
        else if (rule->kind == RULE_COUNT)
            judge_count(b, r, x);
        else if (rule->kind == RULE_RESERVE)
            judge_reserve(b, rule);
    }
}
