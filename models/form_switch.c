/* Switches: one binary for every set of pairs that some row asks about ("has any of these a line?").
 * Equal sets share one. The rows that switch it on come with it:
 *
 *   one pair       x <= most * s; where x is itself 0 or 1 it is its own switch
 *   one need       sum of x <= min(q, sum of most) * s
 *   several needs  the same for the pairs of each need
 *
 * Nothing switches it off but what counts it: a bound, a ticket's least amount, a fee.
 */
#include <string.h>

#include "models/form_internal.h"

/** Rows that switch on, for the pairs first .. end - 1 of the set, which are of one need. */
static Status add_on_row(FormBuilder *b, const Switch *s, int first, int end)
{
    double most = 0;
    for (int k = first; k < end; k++) {
        most += form_most(b, s->pairs[k]);
        TRY(terms_add(b, s->pairs[k], 1.0));
    }
    most = fmin(most, form_wanted(b, b->pairs->pairs[s->pairs[first]].need));
    TRY(terms_add(b, s->column, -most));
    return form_add_row(b, -INFINITY, 0);
}

static Status add_on_rows(FormBuilder *b, const Switch *s)
{
    for (int first = 0, end; first < s->count; first = end) {
        int need = b->pairs->pairs[s->pairs[first]].need;
        for (end = first; end < s->count && b->pairs->pairs[s->pairs[end]].need == need;)
            end++;
        TRY(add_on_row(b, s, first, end));
    }
    return STATUS_OK;
}

/** In the scaled program a switch is worth what it lets through. */
static double scale_of(const FormBuilder *b, const int *pairs, size_t count)
{
    double least = INFINITY;
    for (size_t k = 0; k < count; k++) {
        double most = fmax(form_most(b, pairs[k]), 1e-9);
        least = fmin(least, form_column_scale(b, b->pairs->pairs[pairs[k]].need) / most);
    }
    return fmin(1.0, fmax(least, 1e-12));
}

static Status new_switch(FormBuilder *b, const int *pairs, size_t count, int *index)
{
    if (b->switch_count == b->switch_room) {
        size_t room = b->switch_room * 2 + 64;
        b->switches = arena_grow(b->arena, b->switches, b->switch_count, room, sizeof *b->switches);
        TRY_NEW(b->switches);
        b->switch_room = room;
    }
    int *own = ARENA_NEW(b->arena, count, int);
    TRY_NEW(own);
    memcpy(own, pairs, count * sizeof *own);
    *index = (int)b->switch_count++;
    Switch *s = &b->switches[*index];
    *s = (Switch){.pairs = own, .count = (int)count};
    const Lp *lp = &b->form->lp;
    bool one = count == 1 && lp->integer[own[0]] && lp->upper[own[0]] <= 1.0;
    if (one && (!b->loose || form_wanted(b, b->pairs->pairs[own[0]].need) <= 1.0)) {
        s->column = own[0];
        return STATUS_OK;
    }
    TRY(form_new_column(b, (ColumnOrigin){COLUMN_SWITCH, *index}, 0, 1, true,
                        scale_of(b, pairs, count), &s->column));
    return add_on_rows(b, s);
}

static size_t hash_of(const int *pairs, size_t count)
{
    size_t hash = 1469598103934665603u;
    for (size_t k = 0; k < count; k++)
        hash = (hash ^ (size_t)pairs[k]) * 1099511628211u;
    return hash ^ (hash >> 29);
}

static bool is_set(const Switch *s, const int *pairs, size_t count)
{
    return (size_t)s->count == count && memcmp(s->pairs, pairs, count * sizeof *pairs) == 0;
}

static Status grow_slots(FormBuilder *b)
{
    if (b->switch_count * 2 < b->slot_count)
        return STATUS_OK;
    b->slot_count = b->slot_count * 4 + 256;
    b->switch_slots = ARENA_NEW(b->arena, b->slot_count, int);
    TRY_NEW(b->switch_slots);
    for (size_t i = 0; i < b->switch_count; i++) {
        size_t slot = hash_of(b->switches[i].pairs, (size_t)b->switches[i].count) % b->slot_count;
        while (b->switch_slots[slot] != 0)
            slot = (slot + 1) % b->slot_count;
        b->switch_slots[slot] = (int)i + 1;
    }
    return STATUS_OK;
}

/** All pairs of one need: then the switch is whether the need is served. */
static bool is_whole_need(const FormBuilder *b, const int *pairs, size_t count)
{
    size_t need = (size_t)b->pairs->pairs[pairs[0]].need, first = b->pairs->first[need];
    return count == b->pairs->first[need + 1] - first && (size_t)pairs[0] == first &&
           (size_t)pairs[count - 1] == first + count - 1;
}

Status form_switch(FormBuilder *b, const int *pairs, size_t count, int *column)
{
    int need = b->pairs->pairs[pairs[0]].need;
    if (is_whole_need(b, pairs, count) &&
        (b->served_column[need] >= 0 || b->round->needs[need].least > b->round->needs[need].step))
        return form_served(b, need, column);
    TRY(grow_slots(b));
    size_t slot = hash_of(pairs, count) % b->slot_count;
    for (; b->switch_slots[slot] != 0; slot = (slot + 1) % b->slot_count) {
        const Switch *s = &b->switches[b->switch_slots[slot] - 1];
        if (is_set(s, pairs, count)) {
            *column = s->column;
            return STATUS_OK;
        }
    }
    int index;
    TRY(new_switch(b, pairs, count, &index));
    b->switch_slots[slot] = index + 1;
    *column = b->switches[index].column;
    return STATUS_OK;
}
