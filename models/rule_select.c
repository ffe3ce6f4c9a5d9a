/* Which pairs a row of the rules table selects. */
#include "allot/rule.h"

#include <stdio.h>
#include <string.h>

/** An empty list selects everything. */
static bool selects(const RuleRow *row, Selector word, const char *name)
{
    return row->select[word].count == 0 || name_list_has(&row->select[word], name);
}

static bool selects_tag(const RuleRow *row, const NameList *tags)
{
    for (int i = 0; i < tags->count; i++)
        if (selects(row, SELECT_TAG, tags->names[i]))
            return true;
    return row->select[SELECT_TAG].count == 0;
}

static bool selects_tier(const RuleRow *row, int tier)
{
    const NameList *list = &row->select[SELECT_PRIORITY];
    char text[16];
    snprintf(text, sizeof text, "%d", tier);
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->names[i], text) == 0)
            return true;
    return list->count == 0;
}

bool rule_row_selects_need(const RuleRow *row, const Need *need)
{
    return selects(row, SELECT_NEED, need->id) &&
           selects(row, SELECT_BENEFICIARY, need->beneficiary) &&
           selects(row, SELECT_REGION, need->region) &&
           selects(row, SELECT_CATEGORY, need->category) && selects_tag(row, &need->tags) &&
           selects_tier(row, need->tier);
}

bool rule_row_selects_offer(const Round *round, const RuleRow *row, int offer)
{
    return selects(row, SELECT_OFFER, round->offers[offer].id) &&
           selects(row, SELECT_DONOR, round->offers[offer].donor);
}

bool rule_row_matches(const Round *round, const RuleRow *row, int need, int offer)
{
    return rule_row_selects_need(row, &round->needs[need]) &&
           rule_row_selects_offer(round, row, offer);
}
