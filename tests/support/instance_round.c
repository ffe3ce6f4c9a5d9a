/* A published instance as a round: what the writers of all families share. */
#include "tests/support/instance_round.h"

#include <stdlib.h>
#include <string.h>

Instance instance_new(const char *name, const char *measure)
{
    Instance instance = {.name = name, .round = text_round_new(0)};
    text_setting(instance.round, "measure", measure);
    text_setting(instance.round, "fairness", "none");
    text_setting(instance.round, "stages", "none");
    text_setting(instance.round, "gap", "0");
    text_setting(instance.round, "nodes", "1000000");
    return instance;
}

void instance_free(Instance *instance)
{
    text_round_free(instance->round);
    instance->round = NULL;
}

void instance_stage(Instance *instance, const char *label, double value)
{
    assert_true(instance->stage_count < INSTANCE_STAGES);
    instance->stages[instance->stage_count++] = (InstanceStage){label, value};
}

void instance_amount(Instance *instance, const char *need, double amount, double weight)
{
    assert_true(instance->amount_count < INSTANCE_AMOUNTS);
    instance->amounts[instance->amount_count++] = (InstanceAmount){need, amount, amount / weight};
}

size_t instance_need(TextRound *round, const char *id, double quantity, const char *unit)
{
    TextTable *table = text_table(round, "needs");
    size_t row = text_row(table);
    text_set(table, row, "id", "%s", id);
    text_set(table, row, "category", "ANY");
    text_set(table, row, "priority", "1");
    text_set(table, row, "quantity", "%.10g", quantity);
    text_set(table, row, "unit", "%s", unit);
    return row;
}

size_t instance_offer(TextRound *round, const char *id, double quantity, const char *unit)
{
    TextTable *table = text_table(round, "offers");
    size_t row = text_row(table);
    text_set(table, row, "id", "%s", id);
    text_set(table, row, "donor", "of %s", id);
    text_set(table, row, "quantity", "%.10g", quantity);
    text_set(table, row, "unit", "%s", unit);
    return row;
}

size_t instance_pair(TextRound *round, const char *need, const char *offer)
{
    TextTable *table = text_table(round, "pairs");
    size_t row = text_row(table);
    text_set(table, row, "need", "%s", need);
    text_set(table, row, "offer", "%s", offer);
    return row;
}

void instance_rule(TextRound *round, const char *id, const char *kind, const char *needs,
                   double quantity, const char *unit)
{
    TextTable *table = text_table(round, "rules");
    size_t row = text_row(table);
    text_set(table, row, "id", "%s", id);
    text_set(table, row, "kind", "%s", kind);
    text_set(table, row, "need", "%s", needs);
    text_set(table, row, "quantity", "%.10g", quantity);
    text_set(table, row, "unit", "%s", unit);
}

double instance_figure(const char **at)
{
    char *end;
    double figure = strtod(*at, &end);
    assert_true(end != *at);
    *at = end;
    return figure;
}

int instance_count(const char **at)
{
    double figure = instance_figure(at);
    int count = (int)figure;
    assert_true(count >= 0 && (double)count == figure);
    return count;
}

void instance_figures_end(const char *at)
{
    assert_int_equal(strspn(at, " \n"), strlen(at));
}
