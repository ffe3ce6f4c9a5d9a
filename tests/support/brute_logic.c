/* What needs ask of each other: prerequisites (C9), bundles (C10), alternatives (C11). */
#include "tests/support/brute_internal.h"

#include <math.h>
#include <string.h>

static bool is_served(const Brute *b, const int64_t *x, size_t n)
{
    for (size_t o = 0; o < b->offers; o++)
        if (x[n * b->offers + o] > 0)
            return true;
    return false;
}

bool brute_satisfied(const Brute *b, const int64_t *x, const char *name)
{
    for (size_t n = 0; n < b->needs; n++)
        if ((strcmp(b->round->needs[n].id, name) == 0 ||
             strcmp(b->round->needs[n].alternative, name) == 0) &&
            brute_full(b, x, n))
            return true;
    return false;
}

/** The first name required that is not satisfied, or NULL. */
static const char *missing(const Brute *b, const int64_t *x, size_t n)
{
    const NameList *requires = &b->round->needs[n].requires;
    for (int i = 0; i < requires->count; i++)
        if (!brute_satisfied(b, x, requires->names[i]))
    return requires->names[i];
    return NULL;
}

bool brute_full(const Brute *b, const int64_t *x, size_t n)
{
    const Need *need = &b->round->needs[n];
    if (brute_outcome(need))
        return missing(b, x, n) == NULL;
    return need->quantity_known && brute_given(b, x, n) > brute_wanted(need) - 0.5;
}

static void judge_bundle(Brute *b, const int64_t *x, size_t n)
{
    const Need *needs = b->round->needs;
    for (size_t m = 0; m < b->needs; m++) {
        bool asks = !needs[m].quantity_known || brute_wanted(&needs[m]) > 0;
        if (strcmp(needs[n].bundle, needs[m].bundle) == 0 && asks && !is_served(b, x, m))
            brute_note(b, INFINITY, 0, "bundle", needs[n].bundle);
    }
}

static void judge_alternative(Brute *b, const int64_t *x, size_t n)
{
    const Need *needs = b->round->needs;
    for (size_t m = 0; m < b->needs; m++)
        if (m != n && strcmp(needs[n].alternative, needs[m].alternative) == 0 &&
            (needs[m].covered > 0 || is_served(b, x, m)))
            brute_note(b, INFINITY, 0, "alternative", needs[n].alternative);
}

void brute_judge_logic(Brute *b, const int64_t *x)
{
    for (size_t n = 0; n < b->needs; n++) {
        const Need *need = &b->round->needs[n];
        if (!is_served(b, x, n))
            continue;
        if (missing(b, x, n) != NULL)
            brute_note(b, INFINITY, 0, "requires", need->id);
        if (*need->bundle != '\0')
            judge_bundle(b, x, n);
        if (*need->alternative != '\0')
            judge_alternative(b, x, n);
    }
}
