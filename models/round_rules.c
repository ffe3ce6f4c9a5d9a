/* The rules table: each row has the bound its kind needs, and its words mean something. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/round_internal.h"

#include "allot/language.h"

static const char *const SELECTOR_COLUMNS[SELECT_COUNT] = {
    "donor", "offer", "need", "beneficiary", "region", "category", "tag", "priority"};

static const char *const SELECTOR_WORDS[SELECT_COUNT] = {
    N_("donor"),  N_("offer"),    N_("need"), N_("beneficiary"),
    N_("region"), N_("category"), N_("tag"),  N_("priority")};

/** What the words of each selector can be. */
typedef struct Vocabulary {
    RoundWords words[SELECT_COUNT];
} Vocabulary;

static Status offer_donors(const Round *round, KnownNames *out)
{
    const char **names = ARENA_NEW(round->arena, round->offer_count, const char *);
    TRY_NEW(names);
    for (size_t o = 0; o < round->offer_count; o++)
        names[o] = round->offers[o].donor;
    out->names = names;
    out->count = round->offer_count;
    return STATUS_OK;
}

static Status need_tiers(Round *round, KnownNames *out)
{
    const char **names = ARENA_NEW(round->arena, round->need_count, const char *);
    TRY_NEW(names);
    for (size_t n = 0; n < round->need_count; n++) {
        char text[16];
        int length = snprintf(text, sizeof text, "%d", round->needs[n].tier);
        names[n] = name_intern(round->names, text, (size_t)length);
        TRY_NEW(names[n]);
    }
    out->names = names;
    out->count = round->need_count;
    return STATUS_OK;
}

/** Words that needs and offers of the round have. */
static Status used_words(Round *round, KnownNames words[SELECT_COUNT])
{
    TRY(offer_donors(round, &words[SELECT_DONOR]));
    TRY(round_ids(round, TABLE_OFFERS, &words[SELECT_OFFER]));
    TRY(round_ids(round, TABLE_NEEDS, &words[SELECT_NEED]));
    TRY(round_need_texts(round, need_beneficiary, &words[SELECT_BENEFICIARY]));
    TRY(round_need_texts(round, need_region, &words[SELECT_REGION]));
    TRY(round_need_texts(round, need_category, &words[SELECT_CATEGORY]));
    TRY(round_need_tags(round, &words[SELECT_TAG]));
    return need_tiers(round, &words[SELECT_PRIORITY]);
}

/** Words that a table lists, whether anything has them or not. */
static Status listed_words(const Round *round, KnownNames words[SELECT_COUNT])
{
    TRY(round_ids(round, TABLE_DONORS, &words[SELECT_DONOR]));
    TRY(round_ids(round, TABLE_BENEFICIARIES, &words[SELECT_BENEFICIARY]));
    TRY(round_listed_regions(round, &words[SELECT_REGION]));
    return round_listed_categories(round, &words[SELECT_CATEGORY]);
}

static Status vocabulary_build(Round *round, Vocabulary *vocabulary)
{
    KnownNames used[SELECT_COUNT], listed[SELECT_COUNT] = {{NULL, 0}};
    TRY(used_words(round, used));
    TRY(listed_words(round, listed));
    for (int s = 0; s < SELECT_COUNT; s++)
        TRY(round_words_init(round, used[s], listed[s], &vocabulary->words[s]));
    return STATUS_OK;
}

/** Ids must exist; a shared word that matches nothing is an error when it looks misspelt. */
static void check_words(const Round *round, Diag *diag, const RuleRow *row,
                        const Vocabulary *vocabulary)
{
    for (int s = 0; s < SELECT_COUNT; s++)
        for (int i = 0; i < row->select[s].count; i++)
            round_check_word(diag, round_place(round, row->origin, SELECTOR_COLUMNS[s]),
                             SELECTOR_WORDS[s], row->select[s].names[i], &vocabulary->words[s],
                             s == SELECT_OFFER || s == SELECT_NEED);
}

static void rule_error(const Round *round, Diag *diag, const RuleRow *row, const char *column,
                       const char *what)
{
    diag_add(diag, DIAG_RULE, round_place(round, row->origin, column), "rule '%s' %s", row->id,
             what);
}

/** What a row of kind count asks for. */
static void check_count(const Round *round, Diag *diag, const RuleRow *row)
{
    if (!row->has_count || *row->of == '\0')
        rule_error(round, diag, row, "count",
                   _("counts; it needs count, and of: needs, donors, beneficiaries or offers"));
    if (row->has_value || row->has_quantity || row->has_share)
        rule_error(round, diag, row, "value", _("counts; it takes no value, quantity or share"));
}

static void check_bound(const Round *round, Diag *diag, const RuleRow *row)
{
    int bounds = row->has_value + row->has_quantity + row->has_share;
    if (row->kind == RULE_FORBID) {
        if (bounds > 0 || row->has_count)
            rule_error(round, diag, row, "kind", _("forbids; it takes no bound"));
        return;
    }
    if (row->kind == RULE_COUNT) {
        check_count(round, diag, row);
        return;
    }
    if (row->kind == RULE_FEE && (bounds != 1 || !row->has_value))
        rule_error(round, diag, row, "value", _("is a fee; it needs a value and nothing else"));
    else if (row->kind == RULE_TICKET && (bounds != 1 || row->has_share))
        rule_error(round, diag, row, "value",
                   _("is a ticket; it needs exactly one bound: value, or quantity with unit"));
    else if (bounds != 1)
        rule_error(round, diag, row, "value",
                   _("needs exactly one bound: value, or quantity with unit, or share"));
    if (row->has_quantity && row->unit.name == NULL)
        rule_error(round, diag, row, "unit", _("gives a quantity; it needs a unit"));
    if (row->has_value)
        round_require_rate(round, diag, row->currency, row->origin, "currency");
    if (row->has_quantity && row->unit.name != NULL && row->unit.is_money)
        round_require_rate(round, diag, row->unit.name, row->origin, "unit");
    if (row->has_count || *row->of != '\0')
        rule_error(round, diag, row, "count", _("is no rule of kind count; it takes no count"));
}

static void check_reserve(const Round *round, Diag *diag, const RuleRow *row)
{
    for (int s = 0; s < SELECT_COUNT; s++) {
        bool of_offers = s == SELECT_DONOR || s == SELECT_OFFER;
        if (!of_offers && (row->select[s].count > 0 || (row->each & (1u << s)) != 0))
            rule_error(round, diag, row, SELECTOR_COLUMNS[s],
                       _("reserves capacity; it can select donors and offers only"));
    }
}

Status round_check_rules(Round *round, Diag *diag)
{
    Vocabulary vocabulary;
    if (round->rule_count == 0)
        return STATUS_OK;
    TRY(vocabulary_build(round, &vocabulary));
    for (size_t r = 0; r < round->rule_count; r++) {
        const RuleRow *row = &round->rules[r];
        check_words(round, diag, row, &vocabulary);
        if (!row->bound_wrong)
            check_bound(round, diag, row);
        if (row->kind == RULE_RESERVE)
            check_reserve(round, diag, row);
    }
    return STATUS_OK;
}
