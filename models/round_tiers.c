/* Tiers: a need's stated priority, else the tier its two gradings reach, else the lowest in use. */
#include "models/round_internal.h"

#include "allot/language.h"

/* Tiers are decided one after another and shown one by one; nobody reads a thousand. */
enum { PRIORITY_MOST = 1000 };

/** Weighted mean of the two gradings, rounded half to even to 6 decimals; false when it does not
 *  fit (gradings have at most 100 and few decimals, so it does). */
static bool score_of(const Settings *settings, const Need *need, Decimal *out)
{
    Ratio a = ratio_of_decimal(settings->score_technical);
    Ratio b = ratio_of_decimal(settings->score_strategic);
    Ratio x, y, sum, weight, mean;
    int64_t scaled;
    if (!ratio_multiply(a, ratio_of_decimal(need->score_technical), &x) ||
        !ratio_multiply(b, ratio_of_decimal(need->score_strategic), &y) || !ratio_add(x, y, &sum) ||
        !ratio_add(a, b, &weight) || !ratio_divide(sum, weight, &mean) ||
        !ratio_apply(decimal_power_of_ten(6), mean, ROUND_HALF_EVEN, &scaled))
        return false;
    *out = decimal_make(scaled, 6);
    return true;
}

static int tier_of_score(const Settings *settings, Decimal score)
{
    size_t t = 0;
    while (t < settings->tier_count && decimal_compare(score, settings->tier_from[t]) < 0)
        t++;
    return (int)t + 1;
}

static void check_priority(const Round *round, Diag *diag, Need *need)
{
    need->tier = need->stated_priority;
    if (need->stated_priority > PRIORITY_MOST) {
        diag_add(diag, DIAG_NUMBER_RANGE, round_place(round, need->origin, "priority"),
                 "a priority is a tier from 1 to %d", PRIORITY_MOST);
        need->tier = PRIORITY_MOST;
    }
    if (need->has_scores && !score_of(&round->settings, need, &need->score))
        diag_add(diag, DIAG_TOO_LARGE, round_place(round, need->origin, "score_technical"),
                 "the gradings have too many digits; give fewer");
    if (need->tier == 0 && need->has_scores && round->settings.tier_count > 0) {
        need->tier = tier_of_score(&round->settings, need->score);
        need->tier_from_scores = true;
    }
}

Status round_check_tiers(Round *round, Diag *diag)
{
    int lowest = 0;
    for (size_t n = 0; n < round->need_count; n++) {
        check_priority(round, diag, &round->needs[n]);
        if (round->needs[n].tier > lowest)
            lowest = round->needs[n].tier;
    }
    bool scored = false; /* some need without a tier has gradings that nothing turns into one */
    for (size_t n = 0; n < round->need_count; n++) {
        Need *need = &round->needs[n];
        if (need->tier > 0)
            continue;
        need->tier = lowest > 0 ? lowest : 1;
        scored = scored || need->has_scores;
        if (lowest > 0 && !need->priority_wrong)
            diag_add(diag, DIAG_PRIORITY_DEFAULT, round_place(round, need->origin, "priority"),
                     "'%s' states no priority; it counts with the lowest tier in use, %d: write "
                     "one if it is another",
                     need->id, lowest);
    }
    if (scored)
        diag_add(diag, DIAG_PRIORITY_DEFAULT,
                 round_place(round, (Origin){TABLE_SETTINGS, 0}, "tier_1"),
                 N_("needs have gradings, but no setting says from which score a need is of tier "
                    "1; set tier_1, tier_2, ..."));
    return STATUS_OK;
}
