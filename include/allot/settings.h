/* room: models
 *
 * The settings of a round. One table drives defaults, checks, `--set`, `--help` and the pages.
 */
#ifndef ALLOT_SETTINGS_H
#define ALLOT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"
#include "allot/date.h"
#include "allot/decimal.h"
#include "allot/diag.h"
#include "allot/names.h"
#include "allot/status.h"

/** How firm a capacity is, weakest first: planned on are all at least as firm as `plan_on`. */
typedef enum Basis { BASIS_PLEDGED, BASIS_COMMITTED, BASIS_PAID } Basis;

typedef enum MeasureSetting { MEASURE_VALUE, MEASURE_SHARE, MEASURE_QUANTITY } MeasureSetting;

typedef enum FairnessSetting {
    FAIRNESS_NONE,
    FAIRNESS_BENEFICIARY,
    FAIRNESS_REGION,
    FAIRNESS_CATEGORY,
    FAIRNESS_NEED
} FairnessSetting;

/** What may be decided after the tiers, in the order the settings give. */
typedef enum LaterStage {
    LATER_LAPSING,
    LATER_BURDEN,
    LATER_COST,
    LATER_SPLITS,
    LATER_CHANGE,
    LATER_STAGE_COUNT
} LaterStage;

enum { SETTINGS_TIERS_MAX = 20 };

typedef struct Settings {
    const char *round; /* "" when not given; so are the other texts */
    const char *title;
    Date start; /* DATE_NONE when not given */
    Date end;
    const char *currency; /* reporting currency, interned */
    Basis plan_on;
    MeasureSetting measure;
    bool pairs_only; /* eligibility = pairs */
    FairnessSetting fairness;
    bool fairness_first;       /* within_tier = fairness;shortfall */
    bool fairness_by_quantity; /* fairness_by = quantity */
    bool
        change_first; /* no key: set where answers are settled. Every tier's shortfall, then `change`,
                          then fairness, tier by tier, however within_tier and stages order them */
    LaterStage later[LATER_STAGE_COUNT];
    size_t later_count;
    Decimal score_technical; /* weights of the two gradings */
    Decimal score_strategic;
    Decimal tier_from[SETTINGS_TIERS_MAX]; /* [t] score from which a need is of tier t + 1 */
    size_t tier_count;                     /* thresholds given; 0: no tiers from scores */
    Decimal gap;                           /* relative gap at which a stage may stop */
    long nodes;                            /* most branch-and-bound nodes a stage */
    const char *release;                   /* "own", "totals" or "all" */
    bool plain_engine;
} Settings;

/** One key as given, for the method sheet; later rows win over earlier ones. */
typedef struct SettingRow {
    const char *key;   /* as given */
    const char *value; /* as given */
    DiagPlace place;   /* its value's, or file "--set" */
    int key_column;    /* 1-based column of its key, 0 where it has none */
} SettingRow;

/** True for a row that the command line gave (--set, --gap), not a table. */
bool setting_is_given(const SettingRow *row);

/** Every setting at its default; texts interned in @p names. */
Settings settings_default(NameSet *names);

/** Reads @p count rows into @p settings (which holds the defaults). Findings for unknown keys (with
 *  the nearest), wrong values and stages named twice or unknown.
 *  @return STATUS_OK also with findings; STATUS_NO_MEMORY. */
Status settings_apply(const SettingRow *rows, size_t count, Arena *arena, NameSet *names,
                      Diag *diag, Settings *settings);

/** The settings as key/value texts in the order of the pages, for people to read; every key with the
 *  value in force. @return the number written to @p rows (at most @p size), texts in @p arena. */
size_t settings_describe(const Settings *settings, Arena *arena, SettingRow *rows, size_t size);

/** Number of known keys (thresholds tier_N count once), their names, one-line meanings, defaults ("" for
 *  none) and allowed words (separated by blanks; NULL: no list); for `--help`, the manual and the pages. */
size_t settings_key_count(void);
const char *settings_key_name(size_t index);
const char *settings_key_help(size_t index);
const char *settings_key_default(size_t index);
const char *settings_key_words(size_t index);

/** Does the key take several of its words, in any order, with ';' between (stages)? */
bool settings_key_is_list(size_t index);

/** Is the key one of many, tier_1, tier_2, ..., so that its name stands for no key itself (tier_N)? */
bool settings_key_is_pattern(size_t index);

/** What @p fairness is fair among, in the reader's language: a beneficiary, ...; "" for none. */
const char *fairness_group_word(FairnessSetting fairness);

const char *basis_text(Basis basis); /* "paid", "committed", "pledged" */

#endif
