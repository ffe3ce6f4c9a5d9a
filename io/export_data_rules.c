/* Rules as the sets and figures of models/allocation.mod, and what needs ask of each other. */
#include "io/export_data_internal.h"

/* A rule's id and what it was split by are cut to this, so that its name stays a symbol. */
enum { NAME_PART = 30 };

/** The least useful amount of a need (C6) the model states by itself, from `least`. */
static bool is_written(const Rule *rule)
{
    return rule->family != FAMILY_MINIMUM;
}

/** Does the rule count what its lines amount to? */
static bool has_amounts(const Rule *rule)
{
    return rule->form == FORM_BOUND || rule->form == FORM_OR_NOTHING;
}

static Status name_rules(DataFile *out)
{
    out->rule_names = ARENA_NEW(out->arena, out->rules->count, const char *);
    TRY_NEW(out->rule_names);
    (void)fputs("set RULES :=", out->file);
    for (size_t r = 0; r < out->rules->count; r++) {
        const Rule *rule = &out->rules->rules[r];
        if (!is_written(rule))
            continue;
        const char *label = rule->form == FORM_FEE ? "fee" : rule_family_label(rule->family);
        const char *name =
            arena_printf(out->arena, "%s %zu %.*s%s%.*s", label, r + 1, NAME_PART, rule->id,
                         *rule->each == '\0' ? "" : ", ", NAME_PART, rule->each);
        TRY_NEW(name);
        TRY_NEW(out->rule_names[r] = data_symbol(out->arena, name, r + 1));
        (void)fprintf(out->file, "\n%s", out->rule_names[r]);
    }
    (void)fputs(";\n", out->file);
    return STATUS_OK;
}

static Status write_amounts(DataFile *out)
{
    (void)fputs("param amount :=\n", out->file);
    for (size_t r = 0; r < out->rules->count; r++) {
        const Rule *rule = &out->rules->rules[r];
        for (size_t k = 0; is_written(rule) && has_amounts(rule) && k < rule->count; k++) {
            const Pair *pair = &out->pairs->pairs[rule->pairs[k]];
            Ratio factor;
            if (!rule_factor(out->round, out->pairs, rule, rule->pairs[k], &factor) ||
                !data_whole_units(factor, out->round->needs[pair->need].unit, rule->unit, &factor))
                return STATUS_INTERNAL;
            (void)fprintf(out->file, "%s", out->rule_names[r]);
            data_pair(out, rule->pairs[k]);
            data_ratio(out, factor);
            (void)fputc('\n', out->file);
        }
    }
    (void)fputs(";\n", out->file);
    return STATUS_OK;
}

static void write_members(DataFile *out)
{
    for (size_t r = 0; r < out->rules->count; r++) {
        const Rule *rule = &out->rules->rules[r];
        if (!is_written(rule))
            continue;
        (void)fprintf(out->file, "set OVER[%s] :=", out->rule_names[r]);
        for (size_t k = 0; k < rule->count; k++)
            data_pair(out, rule->pairs[k]);
        (void)fputs(";\n", out->file);
    }
}

/** The sets of the model that a rule may be in. */
typedef enum RuleRole { CAP, FLOOR, SHARE_CAP, SHARE_FLOOR, TICKET, COUNT, FEE, ROLES } RuleRole;

static bool has_role(const Rule *rule, RuleRole role)
{
    bool bound = rule->form == FORM_BOUND;
    switch (role) {
    case CAP: return bound && !rule->of_total && rule->has_upper;
    case FLOOR: return bound && !rule->of_total && rule->has_lower;
    case SHARE_CAP: return bound && rule->of_total && rule->has_upper;
    case SHARE_FLOOR: return bound && rule->of_total && rule->has_lower;
    case TICKET: return rule->form == FORM_OR_NOTHING;
    case COUNT: return rule->form == FORM_AT_MOST;
    case FEE: return rule->form == FORM_FEE;
    case ROLES: break;
    }
    return false;
}

/** A bound as the program's rows have it, which may give way by fractions of a part. */
static void write_amount_bound(DataFile *out, const Rule *rule, double row, int64_t stated)
{
    if (row == (double)stated)
        data_amount(out, rule->unit, stated);
    else
        (void)fprintf(out->file, " %.17g", row / (double)unit_scale(rule->unit));
}

static Status write_bound(DataFile *out, const Rule *rule, RuleRole role)
{
    Ratio fee;
    const Round *round = out->round;
    const PairSet *pairs = out->pairs;
    switch (role) {
    case CAP: write_amount_bound(out, rule, rule_row_upper(round, pairs, rule), rule->upper); break;
    case FLOOR:
        write_amount_bound(out, rule, rule_row_lower(round, pairs, rule), rule->lower);
        break;
    case TICKET:
        write_amount_bound(out, rule, rule_row_ticket(round, pairs, rule), rule->lower);
        break;
    case SHARE_CAP:
    case SHARE_FLOOR: data_ratio(out, rule->share); break;
    case COUNT: (void)fprintf(out->file, " %lld", (long long)rule->upper); break;
    case FEE:
        if (!ratio_multiply(rule->fee, ratio_of(1, unit_scale(out->round->currency)), &fee))
            return STATUS_INTERNAL;
        data_ratio(out, fee);
        break;
    case ROLES: break;
    }
    return STATUS_OK;
}

static Status write_roles(DataFile *out)
{
    static const char *const HEADS[] = {[CAP] = "CAPS : at_most",
                                        [FLOOR] = "FLOORS : at_least",
                                        [SHARE_CAP] = "SHARE_CAPS : share_at_most",
                                        [SHARE_FLOOR] = "SHARE_FLOORS : share_at_least",
                                        [TICKET] = "TICKETS : ticket",
                                        [COUNT] = "COUNTS : count",
                                        [FEE] = "FEES : fee"};
    for (int role = 0; role < ROLES; role++) {
        (void)fprintf(out->file, "param : %s :=\n", HEADS[role]);
        for (size_t r = 0; r < out->rules->count; r++) {
            const Rule *rule = &out->rules->rules[r];
            if (!is_written(rule) || !has_role(rule, (RuleRole)role))
                continue;
            (void)fprintf(out->file, "%s", out->rule_names[r]);
            TRY(write_bound(out, rule, (RuleRole)role));
            (void)fputc('\n', out->file);
        }
        (void)fputs(";\n", out->file);
    }
    return STATUS_OK;
}

static void write_items(DataFile *out)
{
    (void)fputs("param item :=\n", out->file);
    for (size_t r = 0; r < out->rules->count; r++) {
        const Rule *rule = &out->rules->rules[r];
        for (size_t k = 0; has_role(rule, COUNT) && k < rule->count; k++) {
            (void)fprintf(out->file, "%s", out->rule_names[r]);
            data_pair(out, rule->pairs[k]);
            (void)fprintf(out->file, " %d\n", rule->item[k]);
        }
    }
    (void)fputs(";\n", out->file);
}

Status data_write_rules(DataFile *out)
{
    TRY(name_rules(out));
    write_members(out);
    TRY(write_amounts(out));
    TRY(write_roles(out));
    write_items(out);
    return STATUS_OK;
}

/* ---- what needs ask of each other ------------------------------------------------------------ */

static void write_requirements(DataFile *out)
{
    const Logic *logic = &out->round->logic;
    (void)fputs("set REQUIREMENTS :=", out->file);
    for (size_t i = 0; i < logic->requirement_count; i++)
        (void)fprintf(out->file, " %s %zu", out->needs[logic->requirements[i].need], i + 1);
    (void)fputs(";\n", out->file);
    for (size_t i = 0; i < logic->requirement_count; i++) {
        const Requirement *row = &logic->requirements[i];
        (void)fprintf(out->file, "set ANY_OF[%s,%zu] :=", out->needs[row->need], i + 1);
        for (int k = 0; k < row->count; k++)
            (void)fprintf(out->file, " %s", out->needs[row->any_of[k]]);
        (void)fputs(";\n", out->file);
    }
}

static Status write_marks(DataFile *out, const char *set, const char *members,
                          const NeedMark *marks, size_t count)
{
    (void)fprintf(out->file, "set %s :=", set);
    for (size_t i = 0; i < count; i++)
        (void)fprintf(out->file, " %zu", i + 1);
    (void)fputs(";\n", out->file);
    for (size_t i = 0; i < count; i++) {
        (void)fprintf(out->file, "set %s[%zu] :=", members, i + 1);
        for (int k = 0; k < marks[i].count; k++)
            (void)fprintf(out->file, " %s", out->needs[marks[i].members[k]]);
        (void)fputs(";\n", out->file);
    }
    return STATUS_OK;
}

Status data_write_logic(DataFile *out)
{
    const Logic *logic = &out->round->logic;
    write_requirements(out);
    TRY(write_marks(out, "BUNDLES", "BUNDLED", logic->bundles, logic->bundle_count));
    TRY(write_marks(out, "ALTERNATIVES", "OPTIONS", logic->alternatives, logic->alternative_count));
    for (size_t i = 0; i < logic->alternative_count; i++)
        if (logic->alternatives[i].chosen >= 0)
            (void)fprintf(out->file, "set CHOSEN[%zu] := %s;\n", i + 1,
                          out->needs[logic->alternatives[i].chosen]);
    return STATUS_OK;
}
