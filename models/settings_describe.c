/* The settings in force as texts, in the order of the pages: for the method sheet and the summary.
 * What is written here can be given back through `--set`.
 */
#include "allot/settings.h"

#include "allot/language.h"
#include "allot/words.h"
#include "models/settings_spec.h"

#include <stdio.h>

enum { VALUE_SIZE = 128 };

static const void *field_of(const Settings *settings, const SettingSpec *spec)
{
    return (const char *)settings + spec->offset;
}

static void say_stages(const Settings *settings, char *out, size_t size)
{
    char word[VALUE_SIZE];
    size_t used = 0;

    snprintf(out, size, "none");
    for (size_t i = 0; i < settings->later_count && used < size; i++) {
        word_copy(SETTING_STAGE_WORDS, settings->later[i], word, sizeof word);
        used += (size_t)snprintf(out + used, size - used, "%s%s", i > 0 ? ";" : "", word);
    }
}

/* The value of every kind but texts and tiers. */
static void say_value(const Settings *settings, const SettingSpec *spec, char out[VALUE_SIZE])
{
    const void *field = field_of(settings, spec);
    switch (spec->kind) {
    case SETTING_DATE: date_format(*(const Date *)field, out); break;
    case SETTING_ENUM:
        word_copy(spec->words, (size_t) * (const int *)field, out, VALUE_SIZE);
        break;
    case SETTING_SWITCH: word_copy(spec->words, *(const bool *)field, out, VALUE_SIZE); break;
    case SETTING_STAGES: say_stages(settings, out, VALUE_SIZE); break;
    case SETTING_NUMBER: decimal_format(*(const Decimal *)field, out); break;
    case SETTING_INTEGER: snprintf(out, VALUE_SIZE, "%ld", *(const long *)field); break;
    case SETTING_TEXT:
    case SETTING_CURRENCY:
    case SETTING_WORD:
    case SETTING_TIERS: out[0] = '\0'; break;
    }
}

static size_t describe_tiers(const Settings *settings, Arena *arena, SettingRow *rows, size_t size)
{
    size_t count = 0;
    for (; count < settings->tier_count && count < size; count++) {
        char value[VALUE_SIZE];
        decimal_format(settings->tier_from[count], value);
        rows[count] = (SettingRow){.key = arena_printf(arena, "tier_%zu", count + 1),
                                   .value = arena_printf(arena, "%s", value)};
    }
    return count;
}

size_t settings_describe(const Settings *settings, Arena *arena, SettingRow *rows, size_t size)
{
    size_t count = 0;
    for (size_t k = 0; k < settings_key_count() && count < size; k++) {
        const SettingSpec *spec = &setting_specs()[k];
        char value[VALUE_SIZE];
        if (spec->kind == SETTING_TIERS) {
            count += describe_tiers(settings, arena, rows + count, size - count);
            continue;
        }
        say_value(settings, spec, value);
        const char *text = spec->kind == SETTING_TEXT || spec->kind == SETTING_CURRENCY ||
                                   spec->kind == SETTING_WORD
                               ? *(const char *const *)field_of(settings, spec)
                               : arena_printf(arena, "%s", value);
        rows[count++] = (SettingRow){.key = spec->key, .value = text};
    }
    return count;
}

const char *fairness_group_word(FairnessSetting fairness)
{
    switch (fairness) {
    case FAIRNESS_NONE: return "";
    case FAIRNESS_BENEFICIARY: return _("beneficiary");
    case FAIRNESS_REGION: return _("region");
    case FAIRNESS_CATEGORY: return _("category");
    case FAIRNESS_NEED: return _("need");
    }
    return "";
}
