/* Labels of stages: the codes, read back ("tier 1", "fairness 1.2", "firmness pledged 1 unvalued",
 * "lapsing 2026-03-31", "cost"), and the same in the languages that sheets and letters speak.
 */
#include "io/stage_label.h"

#include <stdlib.h>
#include <string.h>

#include "allot/language.h"
#include "io/text_forms.h"

/* Steps over WORD at *text. */
static bool skip_word(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

/* Steps over a whole number from 1 on. */
static bool skip_number(const char **text, int *out)
{
    int number = 0;
    const char *start = *text;
    while (**text >= '0' && **text <= '9' && number < 100000000)
        number = number * 10 + (*(*text)++ - '0');
    *out = number;
    return *text > start && number > 0;
}

static bool read_fairness(const char *rest, StageResult *stage)
{
    return skip_number(&rest, &stage->tier) && skip_word(&rest, ".") &&
           skip_number(&rest, &stage->rank) && *rest == '\0';
}

static bool read_firmness(const char *rest, StageResult *stage)
{
    if (skip_word(&rest, "pledged "))
        stage->basis = BASIS_PLEDGED;
    else if (skip_word(&rest, "committed "))
        stage->basis = BASIS_COMMITTED;
    else
        return false;
    if (!skip_number(&rest, &stage->tier))
        return false;
    stage->unvalued = skip_word(&rest, " unvalued");
    return *rest == '\0';
}

static bool read_lapsing(const char *rest, StageResult *stage)
{
    int year, month, day;
    if (*rest == '\0')
        return true;
    return skip_word(&rest, " ") && skip_number(&rest, &year) && skip_word(&rest, "-") &&
           skip_number(&rest, &month) && skip_word(&rest, "-") && skip_number(&rest, &day) &&
           *rest == '\0' && date_from_civil(year, month, day, &stage->date);
}

static bool read_tier(const char *rest, StageResult *stage)
{
    return skip_number(&rest, &stage->tier) && *rest == '\0';
}

static bool read_nothing(const char *rest, StageResult *stage)
{
    (void)stage;
    return *rest == '\0';
}

/* The need's id: whether there is one is the verifier's question. */
static bool read_urgent(const char *rest, StageResult *stage)
{
    (void)stage;
    return *rest != '\0';
}

static bool read_burden(const char *rest, StageResult *stage)
{
    stage->in_kind = skip_word(&rest, " in kind");
    return *rest == '\0';
}

static bool read_change(const char *rest, StageResult *stage)
{
    stage->unvalued = skip_word(&rest, " unvalued");
    return *rest == '\0';
}

bool stage_label_read(const char *label, StageResult *stage)
{
    static const struct {
        const char *word;
        StageKind kind;
        bool (*read)(const char *rest, StageResult *stage);
    } kinds[] = {
        {"tier ", STAGE_TIER, read_tier},
        {"unvalued ", STAGE_UNVALUED, read_tier},
        {"fairness ", STAGE_FAIRNESS, read_fairness},
        {"firmness ", STAGE_FIRMNESS, read_firmness},
        {"lapsing", STAGE_LAPSING, read_lapsing},
        {"burden", STAGE_BURDEN, read_burden},
        {"cost", STAGE_COST, read_nothing},
        {"splits", STAGE_SPLITS, read_nothing},
        {"change", STAGE_CHANGE, read_change},
        {"urgent ", STAGE_URGENT, read_urgent},
        {"taken", STAGE_TAKEN, read_change},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *rest = label;
        if (!skip_word(&rest, kinds[i].word))
            continue;
        *stage = (StageResult){.kind = kinds[i].kind, .label = label, .date = DATE_NONE};
        return kinds[i].read(rest, stage);
    }
    return false;
}

/* ---- in the reader's language ------------------------------------------------------------------ */

/* What labels are made of: in English these give the codes. A form stands before one that begins like
 * it and ends sooner. */
static const char *const FORMS[] = {
    N_("tier %d"),
    N_("unvalued %d"),
    N_("fairness %d.%d"),
    N_("firmness pledged %d unvalued"),
    N_("firmness pledged %d"),
    N_("firmness committed %d unvalued"),
    N_("firmness committed %d"),
    N_("lapsing %s"),
    N_("lapsing"),
    N_("burden in kind"),
    N_("burden"),
    N_("cost"),
    N_("splits"),
    N_("change unvalued"),
    N_("change"),
    N_("urgent %s"),
    N_("taken unvalued"),
    N_("taken"),
};

static const TextForms LABELS = {FORMS, sizeof FORMS / sizeof *FORMS};

const char *stage_label_shown(const char *label, Arena *arena)
{
    return text_forms_shown(&LABELS, label, arena);
}

const char *stage_label_code(const char *shown, Arena *arena)
{
    return text_forms_code(&LABELS, shown, arena);
}

/* ---- how it ended ------------------------------------------------------------------------------ */

bool stage_status_read(const char *text, StageStatus *out)
{
    static const StageStatus all[] = {STAGE_OPTIMAL, STAGE_WITHIN_GAP, STAGE_LIMIT, STAGE_PARTIAL,
                                      STAGE_UNPROVEN};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (language_is(text, stage_status_text(all[i]))) {
            *out = all[i];
            return true;
        }
    }
    return false;
}
