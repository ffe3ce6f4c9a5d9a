/* The data of models/allocation.mod: needs, offers, pairs and the one stage asked for. Amounts are
 * written in whole units with every digit they have.
 */
#include "io/export_data_internal.h"

#include <string.h>

enum { SYMBOL_MOST = 90, PLACES_MOST = 18 };

/** Words and signs that the data section has a use for, quoted or not. */
static bool means_something(const char *text)
{
    static const char *const TAKEN[] = {".", "*", "+", "-", ":", ":=", "tr", "end", "default"};
    for (size_t i = 0; i < sizeof TAKEN / sizeof *TAKEN; i++)
        if (strcmp(text, TAKEN[i]) == 0)
            return true;
    return false;
}

const char *data_symbol(Arena *arena, const char *text, size_t index)
{
    size_t length = strlen(text), kept = 0;
    char *quoted = arena_alloc(arena, 2 * (size_t)SYMBOL_MOST + 3, 1);
    bool changed = length == 0 || length > SYMBOL_MOST || means_something(text);
    if (quoted == NULL)
        return NULL;
    quoted[kept++] = '\'';
    for (size_t i = 0; i < length && i < SYMBOL_MOST; i++) {
        bool plain = (unsigned char)text[i] >= ' ' && text[i] != 0x7f;
        changed = changed || !plain;
        if (text[i] == '\'')
            quoted[kept++] = '\'';
        quoted[kept++] = plain ? text[i] : '_';
    }
    quoted[kept++] = '\'';
    if (!changed)
        return quoted;
    /* cut so that the number fits, never inside a letter of several bytes or a doubled quote */
    kept--;
    if (length > SYMBOL_MOST)
        while (kept > 1 && ((unsigned char)quoted[kept - 1] >= 0x80 || quoted[kept - 1] == '\''))
            kept--;
    quoted[kept] = '\0';
    return arena_printf(arena, "%s #%zu'", quoted, index);
}

void data_ratio(DataFile *out, Ratio value)
{
    char text[64];
    if (decimal_power_of_ten(PLACES_MOST) % value.den == 0)
        ratio_format(value, PLACES_MOST, text);
    else
        (void)snprintf(text, sizeof text, "%.17g", ratio_to_double(value));
    (void)fprintf(out->file, " %s", text);
}

static void put_decimal(DataFile *out, Decimal value)
{
    char text[40];
    decimal_format(value, text);
    (void)fprintf(out->file, " %s", text);
}

void data_amount(DataFile *out, Unit unit, int64_t amount)
{
    put_decimal(out, decimal_make(amount, unit.places));
}

void data_pair(DataFile *out, int pair)
{
    const Pair *row = &out->pairs->pairs[pair];
    (void)fprintf(out->file, " %s %s", out->needs[row->need], out->offers[row->offer]);
}

bool data_whole_units(Ratio factor, Unit from, Unit to, Ratio *out)
{
    return ratio_multiply(factor, ratio_of(unit_scale(from), unit_scale(to)), out);
}

/* ---- needs and offers ------------------------------------------------------------------------ */

/** Only money in its minor unit is rounded afterwards. */
static bool is_continuous(const Need *need)
{
    return need->unit.is_money && need->step == 1;
}

static Status write_need(DataFile *out, size_t n)
{
    const Need *need = &out->round->needs[n];
    int64_t covered = need->covered < need->quantity ? need->covered : need->quantity;
    Ratio value = ratio_of(0, 1);
    bool outcome = need_is_outcome(need);
    if (need->has_value &&
        !(outcome
              ? ratio_multiply(need->value, ratio_of(1, unit_scale(out->round->currency)), &value)
              : data_whole_units(need->value, need->unit, out->round->currency, &value)))
        return STATUS_INTERNAL;
    (void)fprintf(out->file, "%s %zu %d", out->needs[n], n + 1, need->tier);
    put_decimal(out, need->weight);
    data_amount(out, need->unit, need->quantity);
    data_amount(out, need->unit, covered);
    data_amount(out, need->unit, need->wanted);
    data_amount(out, need->unit, need->step > 0 ? need->step : 1);
    data_amount(out, need->unit, need->least);
    data_ratio(out, value);
    (void)fprintf(out->file, " %d\n", out->stages->group[n]);
    return STATUS_OK;
}

/** A set of needs, by what is asked of each. */
static void write_need_set(DataFile *out, const char *name, bool (*is_member)(const Need *need))
{
    (void)fprintf(out->file, "set %s :=", name);
    for (size_t n = 0; n < out->round->need_count; n++)
        if (is_member(&out->round->needs[n]))
            (void)fprintf(out->file, " %s", out->needs[n]);
    (void)fputs(";\n", out->file);
}

static bool is_unknown(const Need *need)
{
    return !need->quantity_known;
}

static Status write_needs(DataFile *out)
{
    (void)fputs("param : NEEDS : order tier weight Q covered q step least g group :=\n", out->file);
    for (size_t n = 0; n < out->round->need_count; n++)
        TRY(write_need(out, n));
    (void)fputs(";\n", out->file);
    write_need_set(out, "OUTCOMES", need_is_outcome);
    write_need_set(out, "UNKNOWN", is_unknown);
    write_need_set(out, "CONTINUOUS", is_continuous);
    return STATUS_OK;
}

/** Reporting currency for one whole unit of an offer; 0 for a thing without a unit_value. */
static bool price_of(const Round *round, const Offer *offer, Ratio *out)
{
    *out = ratio_of(0, 1);
    if (offer->unit.is_money)
        return round_rate(round, offer->unit.name, out);
    Ratio rate;
    return !offer->has_unit_value ||
           (round_rate(round, offer->currency, &rate) &&
            ratio_multiply(ratio_of_decimal(offer->unit_value), rate, out));
}

/** A donor's id as a symbol: that of its row, when it has one. */
static const char *donor_symbol(const DataFile *out, const char *id, int row)
{
    return data_symbol(out->arena, id, row < 0 ? 0 : (size_t)row + 1);
}

static Status write_offers(DataFile *out)
{
    const Round *round = out->round;
    (void)fputs("param : OFFERS : basis in_kind price cost donor capacity :=\n", out->file);
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        const Offer *root = &round->offers[offer->root];
        const char *donor = donor_symbol(out, root->donor, root->donor_row);
        Ratio price;
        TRY_NEW(donor);
        if (!price_of(round, offer, &price))
            return STATUS_INTERNAL;
        (void)fprintf(out->file, "%s %s %d", out->offers[o], basis_text(offer->basis),
                      offer->unit.is_money ? 0 : 1);
        data_ratio(out, price);
        put_decimal(out, offer->cost);
        (void)fprintf(out->file, " %s", donor);
        data_amount(out, offer->unit, offer->quantity_known ? offer->quantity : 0);
        (void)fputc('\n', out->file);
    }
    (void)fputs(";\n", out->file);
    for (size_t o = 0; o < round->offer_count; o++) {
        (void)fprintf(out->file, "set ABOVE[%s] :=", out->offers[o]);
        for (int up = (int)o; up >= 0; up = round->offers[up].parent_row)
            (void)fprintf(out->file, " %s", out->offers[up]);
        (void)fputs(";\n", out->file);
    }
    return STATUS_OK;
}

static void write_own_costs(DataFile *out)
{
    (void)fputs("param : PRICED : own_cost :=\n", out->file);
    for (size_t p = 0; p < out->pairs->count; p++) {
        const PairRow *row = out->pairs->pairs[p].row;
        if (row == NULL || !row->has_cost)
            continue;
        data_pair(out, (int)p);
        put_decimal(out, row->cost);
        (void)fputc('\n', out->file);
    }
    (void)fputs(";\n", out->file);
}

static Status write_pairs(DataFile *out)
{
    (void)fputs("param : PAIRS : use lower upper :=\n", out->file);
    for (size_t p = 0; p < out->pairs->count; p++) {
        const Pair *pair = &out->pairs->pairs[p];
        const Need *need = &out->round->needs[pair->need];
        Ratio use;
        if (!data_whole_units(pair->use, need->unit, out->round->offers[pair->offer].unit, &use))
            return STATUS_INTERNAL;
        data_pair(out, (int)p);
        data_ratio(out, use);
        data_amount(out, need->unit, pair->lower);
        data_amount(out, need->unit, pair->upper);
        (void)fputc('\n', out->file);
    }
    (void)fputs(";\n", out->file);
    write_own_costs(out);
    return STATUS_OK;
}

/* ---- donors with a key, the plan before ------------------------------------------------------ */

static Status write_keys(DataFile *out)
{
    (void)fputs("param : KEYED : key :=\n", out->file);
    for (size_t i = 0; i < out->round->donor_count; i++) {
        const Donor *donor = &out->round->donors[i];
        if (!donor->has_share_key)
            continue;
        const char *symbol = donor_symbol(out, donor->id, (int)i);
        TRY_NEW(symbol);
        (void)fprintf(out->file, "%s", symbol);
        put_decimal(out, donor->share_key);
        (void)fputc('\n', out->file);
    }
    (void)fputs(";\n", out->file);
    return STATUS_OK;
}

static void write_previous(DataFile *out)
{
    const Round *round = out->round;
    (void)fputs("param : BEFORE : before :=\n", out->file);
    for (size_t i = 0; round->has_previous && i < round->previous_count; i++) {
        const PreviousLine *line = &round->previous[i];
        (void)fprintf(out->file, "%s %s", out->needs[line->need], out->offers[line->offer]);
        data_amount(out, round->needs[line->need].unit, line->quantity);
        (void)fputc('\n', out->file);
    }
    (void)fputs(";\n", out->file);
}

/* ---- stages ---------------------------------------------------------------------------------- */

static const char *kind_word(StageKind kind)
{
    switch (kind) {
    case STAGE_TIER: return "tier";
    case STAGE_UNVALUED: return "unvalued";
    case STAGE_FAIRNESS: return "fairness";
    case STAGE_FIRMNESS: return "firmness";
    case STAGE_LAPSING: return "lapsing";
    case STAGE_BURDEN: return "burden";
    case STAGE_COST: return "cost";
    case STAGE_SPLITS: return "splits";
    case STAGE_CHANGE: return "change";
    case STAGE_URGENT: return "urgent";
    case STAGE_TAKEN: return "taken";
    case STAGE_CANONICAL: break;
    }
    return "";
}

/** The level of a stage; of an unlisted rank that of the rank before, @p last. */
static double level_of(const DataStage *stage, double last, const StageLevel *levels, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(levels[i].label, stage->label) == 0)
            return levels[i].value;
    return stage->kind == STAGE_FAIRNESS && stage->rank > 1 ? last : 0;
}

static void write_at_stake(DataFile *out, const DataStage *stage)
{
    (void)fprintf(out->file, "set AT_STAKE['%s'] :=", stage->label);
    for (size_t o = 0; o < out->round->offer_count; o++)
        if (stage->date != DATE_NONE &&
            data_lapses(out->round, &out->round->offers[o], stage->date))
            (void)fprintf(out->file, " %s", out->offers[o]);
    (void)fputs(";\n", out->file);
}

/** The label as a symbol; an urgent need's holds its id. */
static const char *stage_symbol(const DataFile *out, const char *label)
{
    const char *symbol = data_symbol(out->arena, label, 0);
    return symbol != NULL ? symbol : "'stage'";
}

static Status write_stages(DataFile *out, const ExportStage *wanted)
{
    const char *now = wanted->label;
    const DataStages *stages = out->stages;
    double level = 0;
    bool found = false;
    (void)fputs("param : STAGES : position kind stage_tier rank rests_on apart level :=\n",
                out->file);
    for (size_t s = 0; s < stages->count; s++) {
        const DataStage *stage = &stages->stages[s];
        bool is_now = now == NULL ? s == 0 : strcmp(stage->label, now) == 0;
        bool rests = stage->kind == STAGE_FIRMNESS;
        found = found || is_now;
        level = found ? 0 : level_of(stage, level, wanted->levels, wanted->count);
        (void)fprintf(out->file, "%s %zu %s %d %d %s %d %.17g\n", stage_symbol(out, stage->label),
                      s + 1, kind_word(stage->kind), stage->tier, stage->rank,
                      rests ? basis_text(stage->basis) : "none", stage->apart ? 1 : 0, level);
    }
    (void)fputs(";\n", out->file);
    if (!found)
        return STATUS_USAGE;
    for (size_t s = 0; s < stages->count; s++)
        if (stages->stages[s].kind == STAGE_LAPSING)
            write_at_stake(out, &stages->stages[s]);
    if (out->round->has_urgent)
        (void)fprintf(out->file, "set URGENT := %s;\n", out->needs[out->round->urgent]);
    (void)fprintf(out->file, "param now := %s;\n",
                  stage_symbol(out, now == NULL ? stages->stages[0].label : now));
    return STATUS_OK;
}

static void write_settings(DataFile *out)
{
    static const char *const MEASURES[] = {
        [MEASURE_VALUE] = "value", [MEASURE_SHARE] = "share", [MEASURE_QUANTITY] = "quantity"};
    const Settings *settings = &out->round->settings;
    (void)fprintf(out->file, "param measure := %s;\nparam fairness_by := %s;\n",
                  MEASURES[settings->measure],
                  settings->fairness_by_quantity ? "quantity" : "share");
}

/* ---- the file -------------------------------------------------------------------------------- */

static Status name_all(DataFile *out)
{
    const Round *round = out->round;
    out->needs = ARENA_NEW(out->arena, round->need_count, const char *);
    out->offers = ARENA_NEW(out->arena, round->offer_count, const char *);
    TRY_NEW(out->needs);
    TRY_NEW(out->offers);
    for (size_t n = 0; n < round->need_count; n++)
        TRY_NEW(out->needs[n] = data_symbol(out->arena, round->needs[n].id, n + 1));
    for (size_t o = 0; o < round->offer_count; o++)
        TRY_NEW(out->offers[o] = data_symbol(out->arena, round->offers[o].id, o + 1));
    return STATUS_OK;
}

static Status write_all(DataFile *out, const ExportStage *stage)
{
    (void)fputs("/* Data for models/allocation.mod: glpsol --model allocation.mod --data FILE */\n"
                "data;\n",
                out->file);
    write_settings(out);
    TRY(write_stages(out, stage));
    TRY(write_needs(out));
    TRY(write_offers(out));
    TRY(write_pairs(out));
    TRY(data_write_rules(out));
    TRY(data_write_logic(out));
    TRY(write_keys(out));
    write_previous(out);
    (void)fputs("end;\n", out->file);
    return STATUS_OK;
}

Status export_data_stages(const Round *round, const PairSet *pairs, Arena *arena,
                          const char *const **labels, size_t *count)
{
    DataStages stages;
    TRY(data_stages_list(round, pairs, arena, &stages));
    const char **names = ARENA_NEW(arena, stages.count, const char *);
    TRY_NEW(names);
    for (size_t s = 0; s < stages.count; s++)
        names[s] = stages.stages[s].label;
    *labels = names;
    *count = stages.count;
    return STATUS_OK;
}

Status export_data_write(const char *path, const Round *round, const PairSet *pairs,
                         const RuleSet *rules, const ExportStage *stage, Arena *arena)
{
    DataStages stages;
    TRY(data_stages_list(round, pairs, arena, &stages));
    DataFile out = {
        .arena = arena, .round = round, .pairs = pairs, .rules = rules, .stages = &stages};
    TRY(name_all(&out));
    out.file = fopen(path, "w");
    if (out.file == NULL)
        return STATUS_IO;
    Status status = write_all(&out, stage);
    bool whole = ferror(out.file) == 0;
    whole = fclose(out.file) == 0 && whole;
    return status == STATUS_OK && !whole ? STATUS_IO : status;
}
