/* What re-solving has found out, in the explanation of a need, an offer or a donor: what its terms cost
 * others, what more of it is worth, what would serve a need.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/prices.h"
#include "allot/worths.h"
#include "io/conflict_words.h"
#include "io/explain_internal.h"
#include "io/stage_label.h"

/* Things told of one need; the Prices sheet has them all. */
enum { PRICES_TOLD = 8 };

/* What so many units bring is told per one, or per 10, 100, ... where one brings less than READABLE. */
static const double READABLE = 0.01;
enum { MOST_AT_A_TIME = 1000000 };

/** "tier 2" in the reader's language. */
static const char *step_text(Prose *p, const TierStep *step)
{
    const char *shown = stage_label_shown(step->label, p->arena);
    p->failed = p->failed || shown == NULL;
    return shown != NULL ? shown : "";
}

/** Six digits, as the reader's language groups them and writes their point. */
static const char *figure_text(Prose *p, double value)
{
    enum { DIGITS = 6, SIZE = 48 };
    char digits[SIZE];
    double whole = pow(10, DIGITS);
    (void)snprintf(digits, sizeof digits, fabs(value) < whole ? "%.6g" : "%.0f", value);
    return strchr(digits, 'e') != NULL ? prose_piece(p, "%s", digits)
                                       : prose_piece(p, "%s", amount_grouped(digits).digits);
}

/** "tier 2 meets EUR 500.00 more", "unvalued 1 meets 0.5 more of its needs' shares". */
static const char *gain_text(Explanation *e, const TierStep *step, double amount)
{
    Prose *p = &e->prose;
    Unit currency = e->round->currency;
    const char *less = amount < 0 ? _("less") : _("more");
    double size = fabs(amount);
    if (e->round->settings.measure == MEASURE_VALUE && !step->unvalued)
        return prose_piece(p, "%s meets %s %s", step_text(p, step),
                           explain_money(e, llround(size * (double)unit_scale(currency))), less);
    return prose_piece(p, "%s meets %s %s", step_text(p, step), figure_text(p, size), less);
}

/** "Without it tier 2 meets EUR 500.00 more, tier 3 meets EUR 80.00 less." */
static void tell_gains(Explanation *e, const Prices *prices, const Price *price)
{
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t s = 0; s < prices->step_count; s++)
        if (price->gain[s].met != 0)
            prose_say(p, told++ == 0 ? N_("without it %s") : ", %s",
                      gain_text(e, &prices->steps[s], price->gain[s].met));
    if (told == 0)
        prose_say(p, "at most, %s without it; none such was found",
                  gain_text(e, &prices->steps[price->first], price->gain[price->first].most));
}

static void tell_price(Explanation *e, const Prices *prices, const Price *price)
{
    const Lift *lift = &prices->lifts->lifts[price->lift];
    prose_say(&e->prose, "- %s (%s%s%s): ", conflict_clause(prices->lifts, lift, e->prose.arena),
              round_row_text(e->round, lift->origin, e->prose.arena),
              *lift->column == '\0' ? "" : ", ", lift->column);
    tell_gains(e, prices, price);
    prose_say(&e->prose, ".\n");
}

/** Is the thing a cell of this row, or a row about this offer? */
static bool is_of(const Explanation *e, const Lift *lift, TableKind table, const char *id)
{
    if (lift->origin.table == table)
        return strcmp(lift->id, id) == 0;
    if (table != TABLE_OFFERS)
        return false;
    if (lift->kind == LIFT_PAIR_MAX || lift->kind == LIFT_PAIR_NO)
        return strcmp(e->round->pairs[lift->index].offer_id, id) == 0;
    if (lift->kind == LIFT_COMMITMENT || lift->kind == LIFT_FORBIDDEN)
        return strcmp(e->round->commitments[lift->index].offer_id, id) == 0;
    return false;
}

void explain_prices(Explanation *e, TableKind table, const char *id)
{
    const Prices *prices = e->plan->answers.prices;
    bool any = false;
    for (size_t i = 0; prices != NULL && i < prices->count; i++) {
        if (!is_of(e, &prices->lifts->lifts[prices->prices[i].lift], table, id))
            continue;
        if (!any)
            prose_say(&e->prose, "What its terms cost, each alone:\n");
        any = true;
        tell_price(e, prices, &prices->prices[i]);
    }
    prose_end_paragraph(&e->prose);
}

static const PriceNeed *need_of(const Price *price, int need)
{
    for (size_t i = 0; i < price->need_count; i++)
        if (price->needs[i].need == need)
            return &price->needs[i];
    return NULL;
}

void explain_prices_for(Explanation *e, int need)
{
    const Prices *prices = e->plan->answers.prices;
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t i = 0; prices != NULL && i < prices->count && told < PRICES_TOLD; i++) {
        const Price *price = &prices->prices[i];
        const PriceNeed *more = need_of(price, need);
        const Lift *lift = &prices->lifts->lifts[price->lift];
        if (more == NULL)
            continue;
        if (told++ == 0)
            prose_say(p, "Without one of these things the tiers can be served better, and it can "
                         "have more:\n");
        prose_say(p, "- as much as %s more if it were not that %s (%s).\n",
                  prose_amount(p, e->round->needs[need].unit, more->more),
                  conflict_clause(prices->lifts, lift, p->arena),
                  round_row_text(e->round, lift->origin, p->arena));
    }
    prose_end_paragraph(p);
}

/* ---- worth ---------------------------------------------------------------------------------- */

/** "tier 2", "tier 2, needs without money value". */
static const char *tier_text(Prose *p, const TierStep *step)
{
    if (step->tier == 0) /* an urgent need */
        return stage_label_shown(step->label, p->arena);
    return prose_piece(p, "tier %d%s", step->tier,
                       step->unvalued ? _(", needs without money value") : "");
}

/** How many whole units at a time: as many as bring something that can be read, 1, 10, 100, ... */
static int64_t units_at_a_time(double slope)
{
    int64_t units = 1;
    while (slope * (double)units < READABLE && units < MOST_AT_A_TIME)
        units *= 10;
    return units;
}

/** "EUR 0.45", "0.033 of a need". */
static const char *slope_text(Explanation *e, const TierStep *step, double slope)
{
    Prose *p = &e->prose;
    if (e->round->settings.measure == MEASURE_VALUE && !step->unvalued)
        return prose_piece(p, "%s %s", e->round->currency.name, figure_text(p, slope));
    if (step->unvalued)
        return prose_piece(p, "%s of a need", figure_text(p, slope));
    return figure_text(p, slope);
}

/** "EUR 10,000.00 more brings 0.83 of a need (tier 3, needs without money value), up to EUR 42,000.00" */
static void tell_side(Explanation *e, const TierStep *step, Unit unit, const WorthSide *side,
                      bool more)
{
    Prose *p = &e->prose;
    int64_t units = units_at_a_time(side->slope);
    const bool least = side->at_least;
    prose_say(p,
              more && least ? N_("- %s more brings %s (%s), at least up to %s.\n")
              : more        ? N_("- %s more brings %s (%s), up to %s.\n")
              : least       ? N_("- %s less costs %s (%s), at least down to %s.\n")
                            : N_("- %s less costs %s (%s), down to %s.\n"),
              prose_amount(p, unit, units * unit_scale(unit)),
              slope_text(e, step, side->slope * (double)units), tier_text(p, step),
              prose_amount(p, unit, side->until));
}

static void tell_worth(Explanation *e, const Worths *worths, const Worth *worth)
{
    const TierStep *step = &worths->steps[worth->step];
    Unit unit = lift_rule(worths->lifts, &worths->lifts->lifts[worth->lift])->unit;
    if (worth->more.known && worth->more.slope > 0)
        tell_side(e, step, unit, &worth->more, true);
    if (worth->less.known && !worth->less.needed && worth->less.slope > 0)
        tell_side(e, step, unit, &worth->less, false);
}

void explain_worth(Explanation *e, TableKind table, const char *id)
{
    const Worths *worths = e->plan->answers.worths;
    Prose *p = &e->prose;
    bool any = false;
    for (size_t i = 0; worths != NULL && i < worths->count; i++) {
        const Worth *worth = &worths->worths[i];
        const Lift *lift = &worths->lifts->lifts[worth->lift];
        bool says = worth->more.slope > 0 || worth->less.slope > 0;
        if (lift->origin.table != table || strcmp(lift->id, id) != 0 || !says)
            continue;
        if (!any)
            prose_say(p, "What one more unit is worth, tiers before it keeping what they have%s:\n",
                      worths->whole ? _(" (as if things could be split)") : "");
        any = true;
        tell_worth(e, worths, worth);
    }
    prose_end_paragraph(p);
}
