/* Needs: what each asks for in whole steps, what a unit is worth, where it belongs. */
#include <stdio.h>

#include "models/round_internal.h"

static void check_step(const Round *round, Diag *diag, Need *need)
{
    char below[40], above[40], step[40];
    if (need->step <= 0)
        need->step = need->unit.is_money ? 1 : unit_scale(need->unit);
    need->wanted = need->quantity > need->covered ? need->quantity - need->covered : 0;
    int64_t over = need->wanted % need->step;
    if (over == 0)
        return;
    unit_format(need->unit, need->wanted - over, below);
    unit_format(need->unit, need->wanted - over + need->step, above);
    unit_format(need->unit, need->step, step);
    diag_add(diag, DIAG_NUMBER_FINE, round_place(round, need->origin, "quantity"),
             "%s is given in steps of %s; the nearest are %s and %s; or state another step",
             need->unit.name, step, below, above);
}

static void check_value(const Round *round, Diag *diag, Need *need)
{
    Ratio rate, price;
    if (need->unit.is_money) {
        need->has_unit_cost = true;
        need->unit_cost = decimal_make(1, 0);
        need->currency = need->unit.name;
    }
    if (!need->has_unit_cost)
        return;
    if (need->unit_cost.digits <= 0) {
        diag_add(diag, DIAG_NUMBER_RANGE, round_place(round, need->origin, "unit_cost"),
                 "a unit cost must be above 0; leave the cell empty when it is not known");
        return;
    }
    if (!round_require_rate(round, diag, need->currency, need->origin,
                            need->unit.is_money ? "unit" : "currency"))
        return;
    Ratio scale = ratio_of(unit_scale(round->currency), unit_scale(need->unit));
    need->has_value = round_rate(round, need->currency, &rate) &&
                      ratio_multiply(ratio_of_decimal(need->unit_cost), rate, &price) &&
                      ratio_multiply(price, scale, &need->value);
    int64_t whole;
    if (!need->has_value || !ratio_apply(need->quantity, need->value, ROUND_UP, &whole))
        diag_add(diag, DIAG_TOO_LARGE, round_place(round, need->origin, "unit_cost"),
                 "quantity times unit cost is too large or has too many digits");
}

/** A name that should be in its table: a near miss is an error, since a limit would silently not
 *  apply; a name that resembles none is only unlisted. */
static void check_listed(Diag *diag, DiagPlace place, const char *what, const char *name,
                         KnownNames known)
{
    if (name_meant(name, known) != NULL) {
        diag_unknown_name(diag, DIAG_ID_UNKNOWN, place, what, name, known);
        return;
    }
    place.text = name;
    diag_add(diag, DIAG_NAME_UNLISTED, place, "%s '%s' is not in its table; no limit applies to it",
             what, name);
}

static void check_beneficiary(const Round *round, Diag *diag, Need *need, KnownNames known)
{
    need->beneficiary_row = round_find_beneficiary(round, need->beneficiary);
    if (need->beneficiary_row >= 0) {
        if (*need->region == '\0')
            need->region = round->beneficiaries[need->beneficiary_row].region;
    } else if (round->beneficiary_count > 0 && *need->beneficiary != '\0') {
        check_listed(diag, round_place(round, need->origin, "beneficiary"), "beneficiary",
                     need->beneficiary, known);
    }
}

static void check_figures(const Round *round, Diag *diag, const Need *need)
{
    if (need->quantity_known && need->covered > need->quantity)
        diag_add(diag, DIAG_COVERED_OVER, round_place(round, need->origin, "covered"),
                 "more is covered elsewhere than is asked; nothing is left to give");
    if (need->earliest != DATE_NONE && need->deadline != DATE_NONE &&
        need->earliest > need->deadline)
        diag_add(diag, DIAG_WINDOW_EMPTY, round_place(round, need->origin, "deadline"),
                 "the deadline is before the earliest day");
    if (!need->quantity_known && !need->quantity_wrong)
        diag_add(diag, DIAG_AMOUNT_UNKNOWN, round_place(round, need->origin, "quantity"),
                 "the amount of '%s' is unknown; it stays out of the plan", need->id);
}

static Status check_measure(const Round *round, Diag *diag)
{
    const Need *first = NULL;
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        bool by_quantity =
            round->settings.measure == MEASURE_QUANTITY || round->settings.fairness_by_quantity;
        if (by_quantity && first != NULL && need->unit.name != first->unit.name) {
            diag_add(diag, DIAG_UNITS, round_place(round, need->origin, "unit"),
                     "'%s' and '%s' (line %d) cannot be compared by quantity; all needs must share "
                     "one unit",
                     need->unit.name, first->unit.name, first->origin.line);
            return STATUS_OK;
        }
        if (round->settings.fairness_by_quantity && need->weight.digits == 0)
            diag_add(diag, DIAG_NUMBER_RANGE, round_place(round, need->origin, "weight"),
                     "fairness by quantity divides by the weight; it must be above 0");
        first = need;
    }
    return STATUS_OK;
}

Status round_check_needs(Round *round, Diag *diag)
{
    KnownNames known;
    TRY(round_ids(round, TABLE_BENEFICIARIES, &known));
    if (round->need_count == 0 && diag_count(diag, DIAG_ERROR) == 0)
        diag_add(diag, DIAG_EMPTY_ROUND, round_place(round, (Origin){TABLE_NEEDS, 0}, NULL),
                 "there are no needs; the plan is empty");
    for (size_t n = 0; n < round->need_count; n++) {
        Need *need = &round->needs[n];
        check_beneficiary(round, diag, need, known);
        check_value(round, diag, need);
        check_step(round, diag, need);
        check_figures(round, diag, need);
    }
    return check_measure(round, diag);
}
