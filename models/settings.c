/* The settings of a round: defaults, and rows read over them with every wrong one reported.
 *
 * Called by the reader with the rows of the settings table followed by those of `--set`. Owns
 * nothing: texts are interned in the caller's names. The settings themselves are the table of
 * settings_spec.c; how they are shown is settings_describe.c.
 */
#include "allot/settings.h"

#include "allot/date_text.h"
#include "allot/language.h"
#include "allot/quote.h"
#include "allot/unit.h"
#include "allot/words.h"
#include "models/settings_spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PHRASE_SIZE = 512, NUMBER_SIZE = 40, KEY_SIZE = 64 };

_Static_assert(sizeof(Basis) == sizeof(int) && sizeof(MeasureSetting) == sizeof(int) &&
                   sizeof(FairnessSetting) == sizeof(int),
               "SETTING_ENUM stores an int");

typedef enum SetResult { SET_DONE, SET_WRONG, SET_NO_MEMORY } SetResult;

static void *field_of(Settings *settings, const SettingSpec *spec)
{
    return (char *)settings + spec->offset;
}

/* ---- one value ---------------------------------------------------------------------------------
 * Each reads all of a text into its field and leaves the field alone when the text is wrong. */

static SetResult set_text(const char *text, NameSet *names, const char **out)
{
    const char *interned = name_intern(names, text, strlen(text));
    if (interned == NULL)
        return SET_NO_MEMORY;
    *out = interned;
    return SET_DONE;
}

static SetResult set_date(const char *text, Date *out)
{
    if (text[0] == '\0') {
        *out = DATE_NONE;
        return SET_DONE;
    }
    return date_read(text, out) == DATE_READ ? SET_DONE : SET_WRONG;
}

static SetResult set_currency(const char *text, NameSet *names, const char **out)
{
    return currency_places(text) < 0 ? SET_WRONG : set_text(text, names, out);
}

static SetResult set_word(const SettingSpec *spec, const char *text, NameSet *names,
                          Settings *settings)
{
    int index = word_index(spec->words, text);
    char word[KEY_SIZE];

    if (index < 0)
        return SET_WRONG;
    if (spec->kind == SETTING_ENUM) {
        *(int *)field_of(settings, spec) = index;
    } else if (spec->kind == SETTING_SWITCH) {
        *(bool *)field_of(settings, spec) = index == 1;
    } else {
        word_copy(spec->words, (size_t)index, word, sizeof word);
        return set_text(word, names, field_of(settings, spec));
    }
    return SET_DONE;
}

/* Settings are small numbers without groups, so a comma can only be a decimal comma. */
static bool read_number(const SettingSpec *spec, const char *text, Decimal *out)
{
    char plain[NUMBER_SIZE];
    size_t length = strlen(text);
    if (length >= sizeof plain)
        return false;
    memcpy(plain, text, length + 1);
    char *comma = strchr(plain, ',');
    if (comma != NULL)
        *comma = '.';
    return decimal_parse(plain, out) && decimal_compare(*out, decimal_make(spec->least, 0)) >= 0 &&
           decimal_compare(*out, decimal_make(spec->most, 0)) <= 0;
}

static SetResult set_number(const SettingSpec *spec, const char *text, Decimal *out)
{
    Decimal value;
    if (!read_number(spec, text, &value))
        return SET_WRONG;
    *out = value;
    return SET_DONE;
}

static SetResult set_integer(const SettingSpec *spec, const char *text, long *out)
{
    Decimal value;
    if (!read_number(spec, text, &value) || value.places > 0)
        return SET_WRONG;
    *out = (long)value.digits;
    return SET_DONE;
}

/* Adds the stage named by the length bytes at text. False when there is none or it is there. */
static bool add_stage(const char *text, size_t length, LaterStage *later, size_t *count)
{
    char word[KEY_SIZE];
    snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : 0), text);
    int stage = word_index(SETTING_STAGE_WORDS, word);
    if (stage < 0)
        return false;
    for (size_t i = 0; i < *count; i++)
        if (later[i] == (LaterStage)stage)
            return false;
    later[(*count)++] = (LaterStage)stage;
    return true;
}

static SetResult set_stages(const char *text, Settings *settings)
{
    LaterStage later[LATER_STAGE_COUNT];
    size_t count = 0;

    if (word_index("none", text) == 0) {
        settings->later_count = 0;
        return SET_DONE;
    }
    while (*text != '\0') {
        size_t length = strcspn(text, ";");
        if (strspn(text, " ") < length && !add_stage(text, length, later, &count))
            return SET_WRONG;
        text += length + (text[length] == ';');
    }
    if (count == 0)
        return SET_WRONG;
    memcpy(settings->later, later, count * sizeof later[0]);
    settings->later_count = count;
    return SET_DONE;
}

static SetResult set_value(const SettingSpec *spec, const char *text, NameSet *names,
                           Settings *settings)
{
    void *field = field_of(settings, spec);
    switch (spec->kind) {
    case SETTING_TEXT: return set_text(text, names, field);
    case SETTING_DATE: return set_date(text, field);
    case SETTING_CURRENCY: return set_currency(text, names, field);
    case SETTING_ENUM:
    case SETTING_SWITCH:
    case SETTING_WORD: return set_word(spec, text, names, settings);
    case SETTING_STAGES: return set_stages(text, settings);
    case SETTING_NUMBER: return set_number(spec, text, field);
    case SETTING_INTEGER: return set_integer(spec, text, field);
    case SETTING_TIERS: return SET_DONE; /* by number: apply_tier() */
    }
    return SET_WRONG;
}

bool setting_is_given(const SettingRow *row)
{
    return row->place.file != NULL && strncmp(row->place.file, "--", 2) == 0;
}

Settings settings_default(NameSet *names)
{
    Settings settings;
    memset(&settings, 0, sizeof settings);
    for (size_t k = 0; k < settings_key_count(); k++) {
        const SettingSpec *spec = &setting_specs()[k];
        if (set_value(spec, spec->initial, names, &settings) == SET_NO_MEMORY) {
            memset(&settings, 0, sizeof settings);
            return settings;
        }
    }
    return settings;
}

/* ---- rows ----------------------------------------------------------------------------------- */

typedef struct Applying {
    NameSet *names;
    Diag *diag;
    Settings *settings;
    const SettingRow **given;                         /* [settings_key_count()] last row or NULL */
    const SettingRow *tier_given[SETTINGS_TIERS_MAX]; /* the same for tier_1, ... */
} Applying;

/* What a value of this kind may be, for the message. */
static void say_expected(const SettingSpec *spec, char *out, size_t size)
{
    char words[PHRASE_SIZE];
    switch (spec->kind) {
    case SETTING_DATE:
        snprintf(out, size, "%s", _("a date: write 2026-04-01 or 01.04.2026"));
        return;
    case SETTING_CURRENCY:
        snprintf(out, size, "%s", _("an ISO 4217 code: write EUR, USD, ..."));
        return;
    case SETTING_STAGES:
        words_phrase(SETTING_STAGE_WORDS, words, sizeof words);
        snprintf(out, size,
                 _("a list of stages: write any of %s once each, with ';' between, or none"),
                 words);
        return;
    case SETTING_NUMBER:
    case SETTING_TIERS:
        snprintf(out, size, _("a number from %ld to %ld"), spec->least, spec->most);
        return;
    case SETTING_INTEGER:
        snprintf(out, size, _("a whole number from %ld to %ld"), spec->least, spec->most);
        return;
    default:
        words_phrase(spec->words != NULL ? spec->words : "", words, sizeof words);
        snprintf(out, size, "%s", words);
        return;
    }
}

static void report_value(const Applying *a, const SettingSpec *spec, const SettingRow *row)
{
    char expected[PHRASE_SIZE + 100];
    DiagCode code = spec->kind == SETTING_CURRENCY ? DIAG_CURRENCY : DIAG_SETTING;

    say_expected(spec, expected, sizeof expected);
    diag_add(a->diag, code, row->place, "'%s' is no value of %s, which takes %s",
             quote(row->value).text, row->key, expected);
}

static void report_key(const Applying *a, const SettingRow *row)
{
    const char *keys[64];
    size_t count = 0, used = 0;
    char all[PHRASE_SIZE] = "";
    DiagPlace place = row->place;

    for (; count < settings_key_count() && count < sizeof keys / sizeof keys[0]; count++) {
        keys[count] = settings_key_name(count);
        if (used < sizeof all)
            used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", count > 0 ? ", " : "",
                                     keys[count]);
    }
    place.column = row->key_column;
    place.column_name = "key";
    place.text = row->key;
    const char *near = name_nearest(row->key, keys, count);
    if (near != NULL)
        diag_add(a->diag, DIAG_SETTING, place, "'%s' is not a setting; did you mean '%s'?",
                 quote(row->key).text, near);
    else
        diag_add(a->diag, DIAG_SETTING, place, "'%s' is not a setting; the settings are %s",
                 quote(row->key).text, all);
}

/* Index of the setting with this key, or -1. For tier_3 *tier becomes 2. */
static int find_key(const char *key, size_t *tier)
{
    char folded[KEY_SIZE], known[KEY_SIZE];

    name_fold(key, folded, sizeof folded);
    for (size_t k = 0; k < settings_key_count(); k++) {
        name_fold(settings_key_name(k), known, sizeof known);
        if (setting_specs()[k].kind != SETTING_TIERS) {
            if (strcmp(known, folded) == 0)
                return (int)k;
        } else if (strncmp(folded, "tier", 4) == 0 && folded[4] >= '1' && folded[4] <= '9' &&
                   strspn(folded + 4, "0123456789") == strlen(folded + 4)) {
            *tier = (size_t)strtoul(folded + 4, NULL, 10) - 1;
            return (int)k;
        }
    }
    return -1;
}

static void apply_tier(Applying *a, const SettingSpec *spec, size_t tier, const SettingRow *row)
{
    if (row->value[0] == '\0')
        return; /* an empty cell is a threshold not given */
    if (tier >= SETTINGS_TIERS_MAX)
        diag_add(a->diag, DIAG_SETTING, row->place,
                 "%s is too many; there are at most %d thresholds", quote(row->key).text,
                 SETTINGS_TIERS_MAX);
    else if (set_number(spec, row->value, &a->settings->tier_from[tier]) == SET_DONE)
        a->tier_given[tier] = row;
    else
        report_value(a, spec, row);
}

static Status apply_row(Applying *a, const SettingRow *row)
{
    size_t tier = 0;
    int key = find_key(row->key, &tier);

    if (key < 0) {
        report_key(a, row);
        return STATUS_OK;
    }
    const SettingSpec *spec = &setting_specs()[key];
    if (spec->kind == SETTING_TIERS) {
        apply_tier(a, spec, tier, row);
        return STATUS_OK;
    }
    const char *text = row->value[0] != '\0' ? row->value : spec->initial;
    switch (set_value(spec, text, a->names, a->settings)) {
    case SET_NO_MEMORY: return STATUS_NO_MEMORY;
    case SET_WRONG: report_value(a, spec, row); return STATUS_OK;
    case SET_DONE: a->given[key] = row; break;
    }
    return STATUS_OK;
}

/* ---- settings that must fit each other ------------------------------------------------------ */

/* Where a finding about this setting stands: the row that gave it, or nowhere. */
static DiagPlace place_of(const Applying *a, const char *key)
{
    size_t tier;
    const SettingRow *row = a->given[find_key(key, &tier)];
    return row != NULL ? row->place : (DiagPlace){.table = "settings"};
}

static void check_tiers(Applying *a)
{
    Settings *settings = a->settings;
    size_t before = settings->tier_count;

    for (size_t t = 0; t < SETTINGS_TIERS_MAX; t++) {
        const SettingRow *row = a->tier_given[t];
        bool known = row != NULL || t < before;
        if (known && t == settings->tier_count)
            settings->tier_count++;
        if (row != NULL && t >= settings->tier_count)
            diag_add(a->diag, DIAG_SETTING, row->place,
                     "tier_%zu is given but tier_%zu is not; thresholds have no holes", t + 1,
                     settings->tier_count + 1);
        else if (row != NULL && t > 0 &&
                 decimal_compare(settings->tier_from[t - 1], settings->tier_from[t]) <= 0)
            diag_add(a->diag, DIAG_SETTING, row->place,
                     "tier_%zu must be lower than tier_%zu: tier 1 takes the highest scores", t + 1,
                     t);
    }
}

static void check_together(Applying *a)
{
    const Settings *settings = a->settings;

    check_tiers(a);
    if (settings->fairness_by_quantity && settings->fairness != FAIRNESS_NEED)
        diag_add(
            a->diag, DIAG_SETTING, place_of(a, "fairness_by"),
            "fairness_by = quantity needs fairness = need; write share, or set fairness to need");
    if (settings->score_technical.digits == 0 && settings->score_strategic.digits == 0)
        diag_add(a->diag, DIAG_SETTING, place_of(a, "score_technical"),
                 "the weights of both gradings are 0; at least one must be more");
    if (settings->start != DATE_NONE && settings->end != DATE_NONE &&
        settings->end < settings->start)
        diag_add(a->diag, DIAG_WINDOW_EMPTY, place_of(a, "end"),
                 "the round ends before it starts; mend start or end");
}

Status settings_apply(const SettingRow *rows, size_t count, Arena *arena, NameSet *names,
                      Diag *diag, Settings *settings)
{
    Applying a = {.names = names, .diag = diag, .settings = settings};

    a.given = ARENA_NEW(arena, settings_key_count(), const SettingRow *);
    TRY_NEW(a.given);
    for (size_t i = 0; i < count; i++)
        TRY(apply_row(&a, &rows[i]));
    check_together(&a);
    return STATUS_OK;
}

const char *basis_text(Basis basis)
{
    switch (basis) {
    case BASIS_PLEDGED: return N_("pledged");
    case BASIS_COMMITTED: return N_("committed");
    case BASIS_PAID: return N_("paid");
    }
    return "";
}
