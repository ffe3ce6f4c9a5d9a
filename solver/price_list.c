/* The order of prices: what is met, then what may be, then value, then table and row. */
#include "solver/price_list.h"

#include <string.h>

/** By where the thing stands. */
static int by_place(const Lift *x, const Lift *y)
{
    if (x->origin.table != y->origin.table)
        return x->origin.table < y->origin.table ? -1 : 1;
    if (x->origin.line != y->origin.line)
        return x->origin.line < y->origin.line ? -1 : 1;
    int order = strcmp(x->column, y->column);
    return order != 0 ? order : strcmp(x->each, y->each);
}

/** The most met first, tier by tier; then what may be; then value; then by table and row. */
static int by_gain(const Prices *out, const Price *x, const Price *y)
{
    const Lift *lifts = out->lifts->lifts;
    for (size_t s = 0; s < out->step_count; s++)
        if (x->gain[s].met != y->gain[s].met)
            return x->gain[s].met > y->gain[s].met ? -1 : 1;
    for (size_t s = 0; s < out->step_count; s++)
        if (x->gain[s].most != y->gain[s].most)
            return x->gain[s].most > y->gain[s].most ? -1 : 1;
    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    int order = by_place(&lifts[x->lift], &lifts[y->lift]);
    return order != 0 ? order : (x->lift > y->lift) - (x->lift < y->lift);
}

/* Insertion: there are few. */
void price_list_add(Prices *out, Price *list, Price price)
{
    size_t at = out->count++;
    while (at > 0 && by_gain(out, &price, &list[at - 1]) < 0) {
        list[at] = list[at - 1];
        at--;
    }
    list[at] = price;
}
