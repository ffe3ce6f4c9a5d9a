/* Rounds and plans built by hand: see verify_case.h. */
#include "tests/support/verify_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const FILES[TABLE_COUNT] = {
    [TABLE_SETTINGS] = "settings.csv", [TABLE_RATES] = "rates.csv",
    [TABLE_DONORS] = "donors.csv",     [TABLE_BENEFICIARIES] = "beneficiaries.csv",
    [TABLE_NEEDS] = "needs.csv",       [TABLE_OFFERS] = "offers.csv",
    [TABLE_PAIRS] = "pairs.csv",       [TABLE_COMMITMENTS] = "commitments.csv",
    [TABLE_RULES] = "rules.csv",       [TABLE_SCENARIOS] = "scenarios.csv"};

/* An element beyond the count of a table with room for CASE_ROWS. */
#define NEXT_ROW(rows, count) (assert_true((count) < CASE_ROWS), &(rows)[(count)++])

static void *rows(VerifyCase *c, size_t count, size_t size)
{
    void *out = arena_alloc(c->arena, count, size);

    assert_non_null(out);
    return out;
}

static Origin origin(TableKind table, size_t count)
{
    return (Origin){.table = table, .line = (int)count + 1};
}

static void add_rate(VerifyCase *c, const char *currency, const char *rate)
{
    Rate *row = NEXT_ROW(c->round.rates, c->round.rate_count);

    row->origin = origin(TABLE_RATES, c->round.rate_count);
    row->currency = case_name(c, currency);
    row->rate = case_decimal(rate);
    row->date = DATE_NONE;
}

VerifyCase *case_new(void)
{
    VerifyCase *c = calloc(1, sizeof *c);
    Round *round;

    assert_non_null(c);
    round = &c->round;
    c->arena = arena_new();
    assert_non_null(c->arena);
    assert_int_equal(round_init(c->arena, round), STATUS_OK);
    for (int t = 0; t < TABLE_COUNT; t++)
        round->tables[t].file = FILES[t];
    round->needs = rows(c, CASE_ROWS, sizeof *round->needs);
    round->offers = rows(c, CASE_ROWS, sizeof *round->offers);
    round->donors = rows(c, CASE_ROWS, sizeof *round->donors);
    round->beneficiaries = rows(c, CASE_ROWS, sizeof *round->beneficiaries);
    round->rates = rows(c, CASE_ROWS, sizeof *round->rates);
    round->rules = rows(c, CASE_ROWS, sizeof *round->rules);
    round->commitments = rows(c, CASE_ROWS, sizeof *round->commitments);
    round->pairs = rows(c, CASE_ROWS, sizeof *round->pairs);
    round->settings.currency = case_name(c, "EUR");
    round->settings.start = DATE_NONE;
    round->settings.end = DATE_NONE;
    round->currency = round_unit(round, round->settings.currency);
    add_rate(c, "JPY", "0.006");
    add_rate(c, "PLN", "0.25");
    add_rate(c, "USD", "0.9");
    c->plan.assignments = rows(c, CASE_LINES, sizeof *c->plan.assignments);
    c->plan.stages = rows(c, CASE_LINES, sizeof *c->plan.stages);
    c->plan.needs = rows(c, CASE_ROWS, sizeof *c->plan.needs);
    c->plan.offers = rows(c, CASE_ROWS, sizeof *c->plan.offers);
    return c;
}

void case_free(VerifyCase *c)
{
    arena_free(c->arena);
    free(c);
}

const char *case_name(VerifyCase *c, const char *text)
{
    const char *name = name_intern(c->round.names, text, strlen(text));

    assert_non_null(name);
    return name;
}

NameList case_names(VerifyCase *c, const char *list)
{
    const char **names = rows(c, CASE_ROWS, sizeof *names);
    NameList out = {.names = names};

    while (*list != '\0') {
        size_t length = strcspn(list, ";");

        assert_true(out.count < CASE_ROWS);
        names[out.count++] = name_intern(c->round.names, list, length);
        list += length + (list[length] == ';' ? 1 : 0);
    }
    return out;
}

Decimal case_decimal(const char *text)
{
    Decimal out;

    assert_true(decimal_parse(text, &out));
    return out;
}

Date case_date(const char *iso)
{
    Date out;

    assert_int_equal(strlen(iso), 10);
    assert_true(date_from_civil((int)strtol(iso, NULL, 10), (int)strtol(iso + 5, NULL, 10),
                                (int)strtol(iso + 8, NULL, 10), &out));
    return out;
}

Need *case_need(VerifyCase *c, const char *id, const char *unit, int64_t quantity)
{
    Need *need = NEXT_ROW(c->round.needs, c->round.need_count);

    *need = (Need){.origin = origin(TABLE_NEEDS, c->round.need_count),
                   .id = case_name(c, id),
                   .beneficiary = case_name(c, ""),
                   .region = case_name(c, ""),
                   .category = case_name(c, "HW"),
                   .bundle = case_name(c, ""),
                   .alternative = case_name(c, ""),
                   .unit = round_unit(&c->round, case_name(c, unit)),
                   .quantity_known = true,
                   .quantity = quantity,
                   .unit_cost = case_decimal("0"),
                   .currency = case_name(c, "EUR"),
                   .weight = case_decimal("1"),
                   .earliest = DATE_NONE,
                   .deadline = DATE_NONE,
                   .step = 1,
                   .civil_share = case_decimal("1"),
                   .ready = true,
                   .beneficiary_row = -1,
                   .tier = 1};
    if (!need->unit.is_money)
        need->step = THING;
    return need;
}

void case_unit_cost(VerifyCase *c, Need *need, const char *cost, const char *currency)
{
    need->has_unit_cost = true;
    need->unit_cost = case_decimal(cost);
    need->currency = case_name(c, currency);
}

Donor *case_donor(VerifyCase *c, const char *id)
{
    const char *name = case_name(c, id);
    Donor *donor;

    for (size_t d = 0; d < c->round.donor_count; d++)
        if (c->round.donors[d].id == name)
            return &c->round.donors[d];
    donor = NEXT_ROW(c->round.donors, c->round.donor_count);
    donor->origin = origin(TABLE_DONORS, c->round.donor_count);
    donor->id = name;
    donor->currency = case_name(c, "EUR");
    return donor;
}

Offer *case_offer(VerifyCase *c, const char *id, const char *donor, const char *unit,
                  int64_t quantity)
{
    Offer *offer = NEXT_ROW(c->round.offers, c->round.offer_count);

    *offer = (Offer){.origin = origin(TABLE_OFFERS, c->round.offer_count),
                     .id = case_name(c, id),
                     .donor = case_name(c, donor),
                     .parent = case_name(c, ""),
                     .unit = round_unit(&c->round, case_name(c, unit)),
                     .quantity_known = true,
                     .quantity = quantity,
                     .currency = case_name(c, "EUR"),
                     .category = {.all = true},
                     .status = BASIS_COMMITTED,
                     .valid_from = DATE_NONE,
                     .valid_to = DATE_NONE,
                     .lapses = DATE_NONE,
                     .max_share = case_decimal("1"),
                     .donor_row = (int)(case_donor(c, donor) - c->round.donors),
                     .parent_row = -1,
                     .root = (int)c->round.offer_count - 1,
                     .basis = BASIS_COMMITTED};
    return offer;
}

void case_parent(VerifyCase *c, Offer *child, const Offer *parent)
{
    child->parent = parent->id;
    child->parent_row = (int)(parent - c->round.offers);
    child->root = parent->root;
}

Beneficiary *case_beneficiary(VerifyCase *c, const char *id)
{
    Beneficiary *row = NEXT_ROW(c->round.beneficiaries, c->round.beneficiary_count);

    row->origin = origin(TABLE_BENEFICIARIES, c->round.beneficiary_count);
    row->id = case_name(c, id);
    return row;
}

RuleRow *case_rule(VerifyCase *c, const char *id, RuleWord kind)
{
    RuleRow *rule = NEXT_ROW(c->round.rules, c->round.rule_count);

    rule->origin = origin(TABLE_RULES, c->round.rule_count);
    rule->id = case_name(c, id);
    rule->kind = kind;
    rule->currency = case_name(c, "EUR");
    return rule;
}

Commitment *case_commitment(VerifyCase *c, int need, int offer, CommitmentKind kind,
                            int64_t quantity)
{
    Commitment *row = NEXT_ROW(c->round.commitments, c->round.commitment_count);

    *row = (Commitment){.origin = origin(TABLE_COMMITMENTS, c->round.commitment_count),
                        .kind = kind,
                        .need = need,
                        .offer = offer,
                        .quantity = quantity};
    return row;
}

PairRow *case_pair(VerifyCase *c, int need, int offer)
{
    PairRow *row = NEXT_ROW(c->round.pairs, c->round.pair_count);

    *row = (PairRow){.origin = origin(TABLE_PAIRS, c->round.pair_count),
                     .need = need,
                     .offer = offer,
                     .max = INT64_MAX};
    return row;
}

void case_previous(VerifyCase *c, int need, int offer, int64_t quantity)
{
    PreviousLine *lines;

    assert_true(c->round.previous_count < CASE_LINES);
    lines = arena_grow(c->arena, c->round.previous, c->round.previous_count,
                       c->round.previous_count + 1, sizeof *lines);
    assert_non_null(lines);
    lines[c->round.previous_count++] =
        (PreviousLine){.need = need, .offer = offer, .quantity = quantity};
    c->round.previous = lines;
    c->round.has_previous = true;
}

Assignment *case_line(VerifyCase *c, int need, int offer, int64_t quantity)
{
    Assignment *line;

    assert_true(c->plan.assignment_count < CASE_LINES);
    line = &c->plan.assignments[c->plan.assignment_count++];
    *line = (Assignment){.need = need, .offer = offer, .quantity = quantity};
    return line;
}

StageResult *case_stage(VerifyCase *c, StageKind kind, const char *label, int tier, double value)
{
    StageResult *stage;

    assert_true(c->plan.stage_count < CASE_LINES);
    stage = &c->plan.stages[c->plan.stage_count++];
    *stage = (StageResult){.kind = kind,
                           .label = label,
                           .maximise = kind == STAGE_FAIRNESS,
                           .tier = tier,
                           .date = DATE_NONE,
                           .value = value,
                           .bound = value};
    return stage;
}

static Status run(VerifyCase *c, bool figures)
{
    c->diag = diag_new(c->arena);
    assert_non_null(c->diag);
    return plan_verify(&c->round, &c->plan, figures, "plan.csv", c->arena, c->diag, &c->report);
}

Status case_verify(VerifyCase *c)
{
    return run(c, false);
}

Status case_verify_figures(VerifyCase *c)
{
    return run(c, true);
}

static const Finding *first_finding(const VerifyCase *c, size_t *count)
{
    static const Finding NONE = {.message = "no finding"};
    const Finding *findings = diag_findings(c->diag, count);

    return *count > 0 ? findings : &NONE;
}

void case_accepted(VerifyCase *c, const char *file, int line)
{
    Status status = case_verify(c);
    size_t count;
    const Finding *finding = first_finding(c, &count);

    if (status == STATUS_OK && count == 0 && c->report.broken == 0)
        return;
    print_error("not accepted: %s\n", finding->message);
    _fail(file, line);
}

void case_rejected(VerifyCase *c, Status status, DiagCode code, int at, const char *text,
                   const char *file, int line)
{
    size_t count;
    const Finding *finding = first_finding(c, &count);

    if (status == STATUS_FINDINGS && count == 1 && c->report.broken == 1 && finding->code == code &&
        strcmp(finding->place.file, "plan.csv") == 0 && finding->place.line == at &&
        strstr(finding->message, text) != NULL)
        return;
    print_error("status %d, %zu findings, wanted one of %s at line %d with \"%s\"\n", (int)status,
                count, diag_code_text(code), at, text);
    for (size_t i = 0; i < count; i++)
        print_error("  %s at line %d: %s\n", diag_code_text(finding[i].code), finding[i].place.line,
                    finding[i].message);
    _fail(file, line);
}

void case_finding(VerifyCase *c, DiagCode code, const char *text, const char *file, int line)
{
    size_t count;
    const Finding *findings = diag_findings(c->diag, &count);

    for (size_t i = 0; i < count; i++)
        if (findings[i].code == code && strstr(findings[i].message, text) != NULL)
            return;
    print_error("no finding of %s holds \"%s\"\n", diag_code_text(code), text);
    for (size_t i = 0; i < count; i++)
        print_error("  %s: %s\n", diag_code_text(findings[i].code), findings[i].message);
    _fail(file, line);
}
