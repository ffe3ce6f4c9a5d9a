/* Names of a sweep's cases, as people read them: those that the program gives (sweep_cases.c,
 * sweep_stress.c) are translated, those of the round's own scenarios are the planners'.
 */
#include "io/sheet_sweep.h"
#include "io/text_forms.h"

#include "allot/language.h"

static const char *const OF_SCENARIOS[] = {N_("base")};
static const char *const OF_RULES[] = {N_("value first"), N_("equal share"), N_("leximin")};
static const char *const OF_STRESS[] = {N_("base"), N_("pledges lost"), N_("money -%d%%"),
                                        N_("%s out"), N_("%s late")};

const char *case_name_shown(const Sweep *sweep, size_t index, Arena *arena)
{
    static const TextForms forms[] = {
        [SWEEP_SCENARIOS] = {OF_SCENARIOS, sizeof OF_SCENARIOS / sizeof *OF_SCENARIOS},
        [SWEEP_RULES] = {OF_RULES, sizeof OF_RULES / sizeof *OF_RULES},
        [SWEEP_STRESS] = {OF_STRESS, sizeof OF_STRESS / sizeof *OF_STRESS},
    };
    return text_forms_shown(&forms[sweep->kind], sweep->cases[index].name.name, arena);
}
