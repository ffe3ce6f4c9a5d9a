/* The Method sheet's sentences: what each stage means to the people whose needs it decides on. They
 * follow StageResult (plan.h), which says exactly what each value is.
 */
#include "io/method_internal.h"

#include "allot/language.h"

static const char *tier_meaning(Report *report, const StageResult *stage)
{
    const char *currency = report->round->currency.name;
    switch (report->round->settings.measure) {
    case MEASURE_VALUE:
        return report_printf(report,
                             "As little as possible of tier %d stays unmet: unmet money value in "
                             "%s, each need times its weight.",
                             stage->tier, currency);
    case MEASURE_SHARE:
        return report_printf(report,
                             "As little as possible of tier %d stays unmet: sum of the needs' "
                             "unmet shares, each times its weight.",
                             stage->tier);
    case MEASURE_QUANTITY:
        return report_printf(report,
                             "As little as possible of tier %d stays unmet: unmet units, each "
                             "need times its weight.",
                             stage->tier);
    }
    return "";
}

static const char *fairness_meaning(Report *report, const StageResult *stage)
{
    const Settings *settings = &report->round->settings;
    const char *word = fairness_group_word(settings->fairness);
    const char *figure =
        settings->fairness_by_quantity ? _("met amount over weight") : _("met share");
    bool held = report->totals.needs_held > 0;
    if (stage->rank == 1 && held)
        return report_printf(report,
                             "Of tier %d the worst-served %s is served as well as possible: its "
                             "%s, what earlier rounds committed and coverage from elsewhere "
                             "included.",
                             stage->tier, word, figure);
    if (stage->rank == 1)
        return report_printf(report,
                             "Of tier %d the worst-served %s is served as well as possible: its "
                             "%s, coverage from elsewhere included.",
                             stage->tier, word, figure);
    if (held)
        return report_printf(report,
                             "Then number %d from the bottom in tier %d: the %s of that %s, what "
                             "earlier rounds committed and coverage from elsewhere included.",
                             stage->rank, stage->tier, figure, word);
    return report_printf(report,
                         "Then number %d from the bottom in tier %d: the %s of that %s, "
                         "coverage from elsewhere included.",
                         stage->rank, stage->tier, figure, word);
}

static const char *firmness_meaning(Report *report, const StageResult *stage)
{
    const char *basis = _(basis_text(stage->basis));
    if (stage->unvalued)
        return report_printf(report,
                             "As little as possible of tier %d's needs without money value rests "
                             "on offers that are only %s: sum of shares.",
                             stage->tier, basis);
    return report_printf(report,
                         "As little as possible of tier %d rests on offers that are only %s: "
                         "value in %s.",
                         stage->tier, basis, report->round->currency.name);
}

static const char *lapsing_meaning(Report *report, const StageResult *stage)
{
    if (stage->date == DATE_NONE)
        return _("No offer lapses within the round: nothing to decide.");
    return report_printf(report,
                         "As little as possible is left of offers that lapse on %s: value left "
                         "in %s.",
                         report_date(report, stage->date), report->round->currency.name);
}

static const char *burden_meaning(Report *report, const StageResult *stage)
{
    return report_printf(report,
                         "Donors with a share key give as nearly as possible in its proportion, "
                         "counting %s: sum of the differences in %s.",
                         stage->in_kind ? _("things at their unit value") : _("money, gross"),
                         report->round->currency.name);
}

static const char *change_meaning(Report *report, const StageResult *stage)
{
    if (stage->unvalued)
        return _("As little as possible moves against the previous plan, of needs without money "
                 "value: sum of shares moved.");
    return report_printf(report,
                         "As little as possible moves against the previous plan: sum of the value "
                         "moved, up or down, in %s.",
                         report->round->currency.name);
}

static const char *taken_meaning(Report *report, const StageResult *stage)
{
    if (stage->unvalued)
        return _("As little as possible is taken from what the previous plan gives, of needs "
                 "without money value: sum of shares taken.");
    return report_printf(report,
                         "As little as possible is taken from what the previous plan gives: sum of "
                         "the value its lines lose, in %s.",
                         report->round->currency.name);
}

static const char *urgent_meaning(Report *report)
{
    const Round *round = report->round;
    if (!round->has_urgent)
        return _("Before tier 1, as little as possible of the urgent need stays unmet.");
    const Need *need = &round->needs[round->urgent];
    if (need_is_outcome(need))
        return report_printf(report, "Before tier 1, %s is urgent: 0 when it is met, 1 when not.",
                             need->id);
    return report_printf(report,
                         "Before tier 1, as little as possible of %s, which is urgent, stays "
                         "unmet: in %s.",
                         need->id, need->unit.name);
}

const char *method_stage_meaning(Report *report, const StageResult *stage)
{
    switch (stage->kind) {
    case STAGE_TIER: return tier_meaning(report, stage);
    case STAGE_UNVALUED:
        return report_printf(report,
                             "Of tier %d's needs without money value as little as possible stays "
                             "unmet: sum of their unmet shares, each times its weight.",
                             stage->tier);
    case STAGE_FAIRNESS: return fairness_meaning(report, stage);
    case STAGE_FIRMNESS: return firmness_meaning(report, stage);
    case STAGE_LAPSING: return lapsing_meaning(report, stage);
    case STAGE_COST:
        return _("Among plans that are equal so far, the offers that the table's cost column "
                 "prefers are used: sum of costs and fees.");
    case STAGE_BURDEN: return burden_meaning(report, stage);
    case STAGE_SPLITS: return _("As few lines as possible: every need from few offers.");
    case STAGE_CHANGE: return change_meaning(report, stage);
    case STAGE_URGENT: return urgent_meaning(report);
    case STAGE_TAKEN: return taken_meaning(report, stage);
    case STAGE_CANONICAL:
        return _(
            "Last, always: the order of the ids decides, so that equal input gives an equal plan.");
    }
    return "";
}

static const char *fairness_overview(const Settings *settings)
{
    if (settings->change_first)
        return _(
            "Answers were settled: first every tier is met as far as possible, then as little as "
            "possible moves against the previous plan, and only then are shares made even.");
    if (settings->fairness == FAIRNESS_NONE)
        return _("Within a tier as much as possible is met.");
    if (settings->fairness_first)
        return _("Within a tier the shares are first made as even as possible, then as much as "
                 "possible is met.");
    return _("Within a tier as much as possible is met, and then as evenly as possible.");
}

const char *method_overview(Report *report)
{
    const Round *round = report->round;
    const char *before = _("tier 1 first, and no later tier takes anything from it.");
    if (round->has_urgent)
        before = report_printf(report,
                               "%s first, which is urgent, then as little as possible taken from "
                               "what was agreed, then the tiers in their order.",
                               round->needs[round->urgent].id);
    return report_printf(report,
                         "The plan was decided in stages, one strictly after the other: %s %s "
                         "Every amount is in whole steps, every total is the sum of its lines. A "
                         "check that shares nothing with the solver recomputed the plan before it "
                         "was written.",
                         before, fairness_overview(&round->settings));
}
