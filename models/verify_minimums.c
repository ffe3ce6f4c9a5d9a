/* C6: a need that is given anything gets at least its least useful amount, of which what is covered
 * elsewhere is part. An indivisible need gets all that it wants; so does a member of a bundle that
 * states no minimum (C10). */
#include "models/verify_internal.h"

#include "allot/language.h"

static bool states_minimum(const Need *need)
{
    return (need->has_min_quantity && need->min_quantity > 0) ||
           (need->has_min_share && need->min_share.digits > 0);
}

static void too_little(Verifier *v, size_t n, const char *column, const char *asks)
{
    const Need *need = &v->round->needs[n];

    verify_broken(v, DIAG_PLAN_RULE, verify_last_line(v, n), "%s: its lines give %s, but %s %s",
                  need->id, verify_amount(v, need->unit, v->assigned[n]),
                  verify_row(v, need->origin, column), asks);
}

static const char *or_nothing(const Verifier *v, const Need *need, const char *amount)
{
    const char *text =
        arena_printf(v->arena, _("asks for at least %s%s or nothing"), amount,
                     need->covered > 0 ? arena_printf(v->arena, _(" (less %s covered elsewhere)"),
                                                      verify_amount(v, need->unit, need->covered))
                                       : "");

    return text != NULL ? text : _("asks for more or nothing");
}

static void check_share(Verifier *v, size_t n)
{
    const Need *need = &v->round->needs[n];
    mpq_t least;

    if (exact_compare_share(v->assigned[n] + need->covered, need->min_share, need->quantity) >= 0)
        return;
    mpq_init(least);
    exact_set_decimal(least, need->min_share);
    exact_multiply(least, need->quantity);
    too_little(v, n, "min_share", or_nothing(v, need, exact_text(v->arena, least, need->unit)));
    mpq_clear(least);
}

static void check_whole(Verifier *v, size_t n, const char *column)
{
    const Need *need = &v->round->needs[n];
    int64_t wanted = v->wanted[n];
    const char *asks;

    if (v->assigned[n] >= wanted) /* more is a matter of C1 */
        return;
    asks = arena_printf(v->arena, _("asks for all of %s or nothing"),
                        verify_amount(v, need->unit, wanted));
    too_little(v, n, column, asks != NULL ? asks : _("asks for all or nothing"));
}

void verify_minimums(Verifier *v)
{
    for (size_t n = 0; n < v->round->need_count; n++) {
        const Need *need = &v->round->needs[n];

        if ((v->asks[n] & ASKS_MINIMUM) == 0 || v->first[n] == v->first[n + 1])
            continue;
        if (need->indivisible)
            check_whole(v, n, "indivisible");
        else if (need->bundle != NULL && need->bundle[0] != '\0' && !states_minimum(need))
            check_whole(v, n, "bundle");
        if (need->has_min_quantity && v->assigned[n] + need->covered < need->min_quantity)
            too_little(v, n, "min_quantity",
                       or_nothing(v, need, verify_amount(v, need->unit, need->min_quantity)));
        if (need->has_min_share)
            check_share(v, n);
    }
}
