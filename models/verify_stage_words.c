/* What findings call a stage, and how they write its value: in words as the Method sheet has them, with
 * the currency, the share or the unit that the value is counted in (StageResult in plan.h). */
#include "models/verify_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"

enum {
    DIGITS_SIZE = 400, /* of the largest double */
    DAY_SIZE = 16,
    MOST_PLACES = 9,
    SHARE_PLACES = 1,
    NUMBER_PLACES = 3
};

static bool tier_has_weights(const Verifier *v, int tier)
{
    size_t first, count = verify_tier(v, tier, &first);

    for (size_t i = first; i < first + count; i++) {
        Decimal weight = v->round->needs[v->by_tier[i]].weight;

        if (weight.digits != decimal_power_of_ten(weight.places))
            return true;
    }
    return false;
}

static const char *tier_name(const Verifier *v, const StageResult *stage)
{
    const char *text = NULL;

    switch (v->round->settings.measure) {
    case MEASURE_VALUE: text = arena_printf(v->arena, _("tier %d, unmet"), stage->tier); break;
    case MEASURE_SHARE:
        text = arena_printf(v->arena, _("tier %d, sum of unmet shares"), stage->tier);
        break;
    case MEASURE_QUANTITY:
        text = arena_printf(v->arena, _("tier %d, unmet units"), stage->tier);
        break;
    }
    if (text != NULL && tier_has_weights(v, stage->tier))
        text = arena_printf(v->arena, _("%s, each need times its weight"), text);
    return text;
}

static const char *fairness_name(const Verifier *v, const StageResult *stage)
{
    const char *word = fairness_group_word(v->round->settings.fairness);

    if (stage->rank == 1)
        return arena_printf(v->arena, _("fairness in tier %d, the worst-served %s"), stage->tier,
                            word);
    return arena_printf(v->arena, _("fairness in tier %d, number %d from the bottom (%s)"),
                        stage->tier, stage->rank, word);
}

static const char *firmness_name(const Verifier *v, const StageResult *stage)
{
    return arena_printf(
        v->arena,
        stage->unvalued
            ? _("firmness in tier %d, needs without money value: sum of shares on offers only %s")
            : _("firmness in tier %d, what rests on offers that are only %s"),
        stage->tier, _(basis_text(stage->basis)));
}

static const char *lapsing_name(const Verifier *v, const StageResult *stage)
{
    char day[DAY_SIZE];

    if (stage->date == DATE_NONE)
        return _("lapsing");
    date_format(stage->date, day);
    return arena_printf(v->arena, _("lapsing, what is left of offers that lapse on %s"), day);
}

static const char *name_of(const Verifier *v, const StageResult *stage)
{
    switch (stage->kind) {
    case STAGE_TIER: return tier_name(v, stage);
    case STAGE_UNVALUED:
        return arena_printf(v->arena, _("tier %d, needs without money value: sum of unmet shares"),
                            stage->tier);
    case STAGE_FAIRNESS: return fairness_name(v, stage);
    case STAGE_FIRMNESS: return firmness_name(v, stage);
    case STAGE_LAPSING: return lapsing_name(v, stage);
    case STAGE_BURDEN:
        return stage->in_kind ? _("burden in kind, distance from the donors' keys")
                              : _("burden, distance from the donors' keys");
    case STAGE_COST: return _("cost, sum of costs and fees");
    case STAGE_SPLITS: return _("splits, number of lines");
    case STAGE_CHANGE:
        return stage->unvalued ? _("change, sum of shares moved against the previous plan")
                               : _("change, value moved against the previous plan");
    case STAGE_URGENT:
        return arena_printf(v->arena, _("urgent need %s, unmet"), verify_urgent_id(stage));
    case STAGE_TAKEN:
        return stage->unvalued ? _("taken, sum of shares taken from the previous plan")
                               : _("taken, value taken from the previous plan");
    case STAGE_CANONICAL: return stage->label;
    }
    return stage->label;
}

const char *verify_stage_name(const Verifier *v, const StageResult *stage)
{
    const char *name = name_of(v, stage);

    return name != NULL ? name : stage->label;
}

/* ---- values ------------------------------------------------------------------------------------- */

/* The unit that the needs of a tier share; an outcome has none of its own. */
static const Unit *unit_of_tier(const Verifier *v, int tier)
{
    size_t first, count = verify_tier(v, tier, &first);

    for (size_t i = first; i < first + count; i++)
        if (!verify_is_outcome(&v->round->needs[v->by_tier[i]]))
            return &v->round->needs[v->by_tier[i]].unit;
    return NULL;
}

/* The unit that the value counts; NULL: a share, or a bare number. */
static const Unit *unit_of(const Verifier *v, const StageResult *stage)
{
    const Round *round = v->round;

    if (stage->kind == STAGE_TIER && round->settings.measure == MEASURE_QUANTITY)
        return unit_of_tier(v, stage->tier);
    if (stage->kind == STAGE_URGENT) {
        int n = verify_urgent_need(v, stage);

        return n >= 0 && !verify_is_outcome(&round->needs[n]) ? &round->needs[n].unit : NULL;
    }
    if ((stage->kind == STAGE_TIER && round->settings.measure == MEASURE_VALUE) ||
        stage->kind == STAGE_LAPSING || stage->kind == STAGE_BURDEN)
        return &round->currency;
    if (stage->kind == STAGE_FIRMNESS || stage->kind == STAGE_CHANGE || stage->kind == STAGE_TAKEN)
        return stage->unvalued ? NULL : &round->currency;
    return NULL;
}

static bool is_share(const Verifier *v, const StageResult *stage)
{
    return stage->kind == STAGE_FAIRNESS && !v->round->settings.fairness_by_quantity;
}

static double rounded(double value, int places)
{
    double scale = pow(10, places);

    return round(value * scale) / scale + 0.0; /* no -0 */
}

/* Decimals that show by how much the two differ, to a tenth of it; from those on that their kind is
 * commonly written with. */
static int places_for(double value, double other, int places)
{
    double apart = value - other;

    while (places < MOST_PLACES &&
           fabs(rounded(value, places) - rounded(other, places) - apart) > 0.1 * fabs(apart))
        places++;
    return places;
}

/* Takes the zeros off that end the decimals. */
static void trim(char *digits)
{
    size_t length = strlen(digits);

    if (strchr(digits, '.') == NULL)
        return;
    while (digits[length - 1] == '0')
        length--;
    digits[length - (digits[length - 1] == '.')] = '\0';
}

static const char *text_of(const Verifier *v, const Unit *unit, double value, int places)
{
    char digits[DIGITS_SIZE];
    const char *text;

    (void)snprintf(digits, sizeof digits, "%.*f", places, value);
    if (unit == NULL || !unit->is_money)
        trim(digits);
    text = unit != NULL ? arena_printf(v->arena, "%s", amount_grouped_in_unit(*unit, digits).text)
                        : arena_printf(v->arena, "%s", amount_grouped(digits).digits);
    return text != NULL ? text : "";
}

static void say_shares(const Verifier *v, double is, double other, VerifyStageText *out)
{
    int places = places_for(100 * is, 100 * other, SHARE_PLACES);
    double near = rounded(100 * is, places), far = rounded(100 * other, places);

    out->is = arena_printf(v->arena, "%s%%", text_of(v, NULL, near, places));
    out->other = arena_printf(v->arena, "%s%%", text_of(v, NULL, far, places));
    out->apart = arena_printf(v->arena, _("%s percentage points"),
                              text_of(v, NULL, fabs(near - far), places));
}

VerifyStageText verify_stage_text(const Verifier *v, const StageResult *stage, double is,
                                  double other)
{
    const Unit *unit = unit_of(v, stage);
    bool money = unit != NULL && unit->is_money;
    int places = places_for(is, other, money ? unit->places : NUMBER_PLACES);
    double near = rounded(is, places), far = rounded(other, places);
    VerifyStageText out;

    if (is_share(v, stage)) {
        say_shares(v, is, other, &out);
    } else {
        out.is = text_of(v, unit, near, places);
        out.other = text_of(v, unit, far, places);
        out.apart = text_of(v, unit, fabs(near - far), places);
    }
    if (out.is == NULL || out.other == NULL || out.apart == NULL)
        out = (VerifyStageText){"", "", ""};
    return out;
}
