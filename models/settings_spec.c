/* The table of settings: every key once, with its default, limits and meaning. Reading, describing,
 * `--set`, `--help` and the pages follow it; a new setting is a field of Settings and a line here.
 */
#include "models/settings_spec.h"

#include <limits.h>

#include "allot/language.h"

const char *const SETTING_STAGE_WORDS = "lapsing burden cost splits change";

#define AT(field) offsetof(Settings, field)

static const SettingSpec SPECS[] = {
    {"round", SETTING_TEXT, AT(round), "", NULL, 0, 0,
     N_("short name of the round, on every sheet")},
    {"title", SETTING_TEXT, AT(title), "", NULL, 0, 0,
     N_("full name of the round, on every sheet")},
    {"start", SETTING_DATE, AT(start), "", NULL, 0, 0, N_("first day of the round")},
    {"end", SETTING_DATE, AT(end), "", NULL, 0, 0, N_("last day of the round")},
    {"currency", SETTING_CURRENCY, AT(currency), "EUR", NULL, 0, 0,
     N_("the reporting currency, an ISO 4217 code")},
    {"plan_on", SETTING_ENUM, AT(plan_on), "committed", "pledged committed paid", 0, 0,
     N_("the weakest status planned on: paid, committed or pledged")},
    {"measure", SETTING_ENUM, AT(measure), "value", "value share quantity", 0, 0,
     N_("what a tier counts, times weight: unmet value, share or quantity")},
    {"eligibility", SETTING_SWITCH, AT(pairs_only), "rules", "rules pairs", 0, 0,
     N_("rules (category, unit, earmarks, windows) or pairs (only those listed)")},
    {"fairness", SETTING_ENUM, AT(fairness), "beneficiary", "none beneficiary region category need",
     0, 0, N_("among whom a tier is evened out: none, beneficiary, region, category or need")},
    {"within_tier", SETTING_SWITCH, AT(fairness_first), "shortfall;fairness",
     "shortfall;fairness fairness;shortfall", 0, 0,
     N_("shortfall;fairness (as much, then as even as possible) or fairness;shortfall")},
    {"fairness_by", SETTING_SWITCH, AT(fairness_by_quantity), "share", "share quantity", 0, 0,
     N_("what is evened out: met share or, with fairness = need, met quantity over weight")},
    {"stages", SETTING_STAGES, AT(later), "lapsing;cost;change", NULL, 0, 0,
     N_("what is decided after the tiers, in order: lapsing, burden, cost, splits, change, or "
        "none")},
    {"score_technical", SETTING_NUMBER, AT(score_technical), "0.5", NULL, 0, 1000000,
     N_("weight of the technical grading")},
    {"score_strategic", SETTING_NUMBER, AT(score_strategic), "0.5", NULL, 0, 1000000,
     N_("weight of the strategic grading")},
    {"tier_N", SETTING_TIERS, AT(tier_from), "", NULL, 0, 100,
     N_("tier_1, tier_2, ...: the score from which a need is of that tier")},
    {"gap", SETTING_NUMBER, AT(gap), "0.0001", NULL, 0, 1,
     N_("relative gap at which an all-or-nothing stage may stop")},
    {"nodes", SETTING_INTEGER, AT(nodes), "500", NULL, 1, INT_MAX,
     N_("most branch-and-bound nodes of a stage, all ranks of a fairness together (up to 8 times "
        "as many in small programs)")},
    {"release", SETTING_WORD, AT(release), "own", "own totals all", 0, 0,
     N_("what parties may see of each other: own, totals or all")},
    {"engine", SETTING_SWITCH, AT(plain_engine), "fast", "fast plain", 0, 0,
     N_("fast, or plain (GLPK alone, no reductions)")},
};

const SettingSpec *setting_specs(void)
{
    return SPECS;
}

size_t settings_key_count(void)
{
    return sizeof SPECS / sizeof SPECS[0];
}

const char *settings_key_name(size_t index)
{
    return SPECS[index].key;
}

const char *settings_key_help(size_t index)
{
    return SPECS[index].help;
}

const char *settings_key_default(size_t index)
{
    return SPECS[index].initial;
}

bool settings_key_is_list(size_t index)
{
    return setting_specs()[index].kind == SETTING_STAGES;
}

bool settings_key_is_pattern(size_t index)
{
    return setting_specs()[index].kind == SETTING_TIERS;
}

const char *settings_key_words(size_t index)
{
    if (settings_key_is_list(index))
        return "lapsing burden cost splits change none";
    return SPECS[index].words;
}
