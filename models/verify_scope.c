/* What each rule selects: a pair is in a rule when its need and its offer both are. An empty list
 * selects all; donor and offer words mean the line's own offer: a rule on a parent does not reach
 * what is paid out of it. */
#include "models/verify_internal.h"

#include <stdio.h>
#include <string.h>

bool verify_list_has(const NameList *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (list->names[i] == name)
            return true;
    return false;
}

static bool selects(const RuleRow *rule, Selector selector, const char *word)
{
    const NameList *list = &rule->select[selector];

    return list->count == 0 || verify_list_has(list, word);
}

static bool selects_tag(const RuleRow *rule, const NameList *tags)
{
    if (rule->select[SELECT_TAG].count == 0)
        return true;
    for (int i = 0; i < tags->count; i++)
        if (verify_list_has(&rule->select[SELECT_TAG], tags->names[i]))
            return true;
    return false;
}

static bool selects_priority(const RuleRow *rule, int tier)
{
    const NameList *list = &rule->select[SELECT_PRIORITY];
    char text[16];

    (void)snprintf(text, sizeof text, "%d", tier);
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->names[i], text) == 0)
            return true;
    return list->count == 0;
}

static bool selects_need(const RuleRow *rule, const Need *need)
{
    return selects(rule, SELECT_NEED, need->id) &&
           selects(rule, SELECT_BENEFICIARY, need->beneficiary) &&
           selects(rule, SELECT_REGION, need->region) &&
           selects(rule, SELECT_CATEGORY, need->category) && selects_tag(rule, &need->tags) &&
           selects_priority(rule, need->tier);
}

static bool selects_offer(const Round *round, const RuleRow *rule, int offer)
{
    return selects(rule, SELECT_DONOR, round->offers[offer].donor) &&
           selects(rule, SELECT_OFFER, round->offers[offer].id);
}

Status verify_scopes(Verifier *v)
{
    const Round *round = v->round;

    TRY_NEW(v->scopes = ARENA_NEW(v->arena, round->rule_count, VerifyScope));
    for (size_t r = 0; r < round->rule_count; r++) {
        VerifyScope *scope = &v->scopes[r];

        scope->rule = &round->rules[r];
        TRY_NEW(scope->needs = ARENA_NEW(v->arena, round->need_count, bool));
        TRY_NEW(scope->offers = ARENA_NEW(v->arena, round->offer_count, bool));
        for (size_t n = 0; n < round->need_count; n++)
            scope->needs[n] = selects_need(scope->rule, &round->needs[n]);
        for (size_t o = 0; o < round->offer_count; o++)
            scope->offers[o] = selects_offer(round, scope->rule, (int)o);
    }
    return STATUS_OK;
}
