/* room: models
 *
 * The table of settings, private to settings*.c: key, kind, where it is kept, default, limits.
 */
#ifndef ALLOT_MODELS_SETTINGS_SPEC_H
#define ALLOT_MODELS_SETTINGS_SPEC_H

#include <stddef.h>

#include "allot/settings.h"

typedef enum SettingKind {
    SETTING_TEXT,     /* const char *, any text */
    SETTING_DATE,     /* Date */
    SETTING_CURRENCY, /* const char *, an ISO 4217 code, interned */
    SETTING_ENUM,     /* an enum in the order of words */
    SETTING_SWITCH,   /* bool: the second of two words is true */
    SETTING_WORD,     /* const char *, one of words */
    SETTING_STAGES,   /* later[] and later_count */
    SETTING_NUMBER,   /* Decimal from least to most */
    SETTING_INTEGER,  /* long from least to most */
    SETTING_TIERS     /* tier_from[] and tier_count; the key is tier_1, tier_2, ... */
} SettingKind;

typedef struct SettingSpec {
    const char *key;
    SettingKind kind;
    size_t offset;       /* in Settings */
    const char *initial; /* the default, written as in a cell; "" for none */
    const char *words;   /* those allowed, separated by blanks; NULL for other kinds */
    long least;          /* limits of numbers, both allowed */
    long most;
    const char *help;
} SettingSpec;

/** The settings in the order of the pages, settings_key_count() of them. */
const SettingSpec *setting_specs(void);

/** The words of `stages`, in the order of LaterStage. */
extern const char *const SETTING_STAGE_WORDS;

#endif
