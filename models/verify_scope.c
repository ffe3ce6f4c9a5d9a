/* What each rule selects: a pair is in a rule when its need and its offer both are. An empty list
 * selects all; donor and offer words mean the line's own offer: a rule on a parent does not reach
 * what is paid out of it. */
#include "models/verify_internal.h"

#include <stdio.h>
#include <string.h>

static bool selects(const Verifier *v, const RuleRow *rule, Selector selector, const char *word)
{
    const NameList *list = &rule->select[selector];

    return list->count == 0 || verify_list_has(v, list, word);
}

static bool selects_tag(const Verifier *v, const RuleRow *rule, const NameList *tags)
{
    if (rule->select[SELECT_TAG].count == 0)
        return true;
    for (int i = 0; i < tags->count; i++)
        if (verify_list_has(v, &rule->select[SELECT_TAG], tags->names[i]))
            return true;
    return false;
}

static bool selects_priority(const RuleRow *rule, int tier)
{
    const NameList *list = &rule->select[SELECT_PRIORITY];
    char text[16];

    if (list->count == 0)
        return true;
    (void)snprintf(text, sizeof text, "%d", tier);
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->names[i], text) == 0)
            return true;
    return false;
}

bool verify_selects_need(const Verifier *v, const VerifyScope *scope, int need)
{
    const RuleRow *rule = scope->rule;
    const Need *row = &v->round->needs[need];

    return selects(v, rule, SELECT_NEED, row->id) &&
           selects(v, rule, SELECT_BENEFICIARY, row->beneficiary) &&
           selects(v, rule, SELECT_REGION, row->region) &&
           selects(v, rule, SELECT_CATEGORY, row->category) && selects_tag(v, rule, &row->tags) &&
           selects_priority(rule, row->tier);
}

bool verify_in_scope(const Verifier *v, const VerifyScope *scope, int need, int offer)
{
    return scope->offers[offer] && verify_selects_need(v, scope, need);
}

Status verify_scopes(Verifier *v)
{
    const Round *round = v->round;

    TRY_NEW(v->scopes = ARENA_NEW(v->arena, round->rule_count, VerifyScope));
    for (size_t r = 0; r < round->rule_count; r++) {
        VerifyScope *scope = &v->scopes[r];

        scope->rule = &round->rules[r];
        TRY_NEW(scope->offers = ARENA_NEW(v->arena, round->offer_count, bool));
        for (size_t o = 0; o < round->offer_count; o++)
            scope->offers[o] = selects(v, scope->rule, SELECT_DONOR, round->offers[o].donor) &&
                               selects(v, scope->rule, SELECT_OFFER, round->offers[o].id);
    }
    return STATUS_OK;
}
