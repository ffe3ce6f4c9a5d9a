/* Needs: what each asks for in whole steps, what a unit is worth, where it belongs. */
#include <stdio.h>

#include "models/meant_names.h"
#include "models/round_internal.h"

#include "allot/language.h"

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
    if (need->held % need->step != 0) {
        unit_format(need->unit, need->held, below);
        diag_add(
            diag, DIAG_NUMBER_FINE, round_place(round, need->origin, "quantity"),
            N_("the ledger holds %s of it, and %s is given in steps of %s; enter a change that "
               "makes that whole (allot record), or state another step"),
            below, need->unit.name, step);
        return;
    }
    diag_add(diag, DIAG_NUMBER_FINE, round_place(round, need->origin, "quantity"),
             "%s is given in steps of %s; the nearest are %s and %s; or state another step",
             need->unit.name, step, below, above);
}

/** The least useful amount as given, of the whole, what is covered elsewhere included; 0 for none. */
static int64_t least_of_all(const Round *round, Diag *diag, const Need *need)
{
    int64_t share = 0;
    DiagPlace place = round_place(round, need->origin, "min_quantity");
    if (need->has_min_quantity && need->has_min_share)
        diag_add(diag, DIAG_CONTRADICTION, place,
                 "min_quantity and min_share are both given; give one of them");
    else if (need->quantity_known && need->has_min_quantity && !need_is_outcome(need) &&
             need->min_quantity > need->quantity)
        diag_add(diag, DIAG_NUMBER_RANGE, place,
                 "the least useful amount is more than '%s' asks for; lower it, or ask for more",
                 need->id);
    if (need->has_min_quantity)
        return need->min_quantity;
    if (need->has_min_share)
        (void)ratio_apply(need->quantity, ratio_of_decimal(need->min_share), ROUND_UP, &share);
    return share; /* a share of an int64_t amount always fits */
}

/** (C6, C10) what must be given at least when anything is, in whole steps. */
static void find_least(const Round *round, Diag *diag, Need *need)
{
    int64_t least = least_of_all(round, diag, need);
    bool all = need->indivisible || (*need->bundle != '\0' && least == 0);
    least = least > need->covered ? least - need->covered : 0;
    least += (need->step - least % need->step) % need->step;
    if (least < need->step)
        least = need->step;
    need->least = all || least > need->wanted ? need->wanted : least;
}

/** What an outcome is worth as a complete whole. */
static bool worth_of_outcome(const Round *round, Need *need, Ratio rate)
{
    return ratio_multiply(ratio_of_decimal(need->unit_cost), rate, &need->value) &&
           ratio_multiply(need->value, ratio_of(unit_scale(round->currency), 1), &need->value);
}

static void check_value(const Round *round, Diag *diag, Need *need)
{
    Ratio rate, price;
    bool outcome = need_is_outcome(need);
    if (need->unit.is_money && !outcome) {
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
                            need->unit.is_money && !outcome ? "unit" : "currency"))
        return;
    Ratio scale = ratio_of(unit_scale(round->currency), unit_scale(need->unit));
    if (outcome)
        need->has_value =
            round_rate(round, need->currency, &rate) && worth_of_outcome(round, need, rate);
    else
        need->has_value = round_rate(round, need->currency, &rate) &&
                          ratio_multiply(ratio_of_decimal(need->unit_cost), rate, &price) &&
                          ratio_multiply(price, scale, &need->value);
    int64_t whole;
    if (!need->has_value || !ratio_apply(need->quantity, need->value, ROUND_UP, &whole) ||
        whole > AMOUNT_MOST)
        diag_add(diag, DIAG_TOO_LARGE, round_place(round, need->origin, "unit_cost"),
                 "quantity times unit cost is too large or has too many digits; give fewer digits, "
                 "or a larger unit");
}

/** A beneficiary that should be in its table: a near miss is an error, since a limit would silently
 *  not apply; a name that resembles none is only unlisted. */
static Status check_listed(const Round *round, Diag *diag, const Need *need,
                           const MeantNames *beneficiaries)
{
    DiagPlace place = round_place(round, need->origin, "beneficiary");
    const char *meant;
    TRY(meant_names_find(beneficiaries, need->beneficiary, &meant));
    if (meant != NULL) {
        diag_unlisted_name(diag, place, _("beneficiary"), "beneficiaries", need->beneficiary,
                           (KnownNames){&meant, 1});
        return STATUS_OK;
    }
    place.text = need->beneficiary;
    diag_add(diag, DIAG_NAME_UNLISTED, place,
             "beneficiary '%s' is not in its table; no limit applies to it; correct it, or add a "
             "row to beneficiaries",
             need->beneficiary);
    return STATUS_OK;
}

static Status check_beneficiary(const Round *round, Diag *diag, Need *need,
                                const MeantNames *beneficiaries)
{
    const Need *first = need->beneficiary_item < 0 ? need : &round->needs[need->beneficiary_item];
    need->beneficiary_row =
        first == need ? round_find_beneficiary(round, need->beneficiary) : first->beneficiary_row;
    if (need->beneficiary_row >= 0) {
        if (*need->region == '\0')
            need->region = round->beneficiaries[need->beneficiary_row].region;
    } else if (round->beneficiary_count > 0 && *need->beneficiary != '\0') {
        return check_listed(round, diag, need, beneficiaries);
    }
    return STATUS_OK;
}

static void check_figures(const Round *round, Diag *diag, const Need *need)
{
    if (need->quantity_known && need->covered > need->quantity)
        diag_add(diag, DIAG_COVERED_OVER, round_place(round, need->origin, "covered"),
                 need_is_outcome(need)
                     ? N_("an outcome (quantity 0) takes nothing itself, from elsewhere neither; "
                          "it is met when all that it requires is")
                     : N_("more is covered elsewhere than is asked; nothing is left to give: is "
                          "covered in the need's unit?"));
    if (need->earliest != DATE_NONE && need->deadline != DATE_NONE &&
        need->earliest > need->deadline)
        diag_add(diag, DIAG_WINDOW_EMPTY, round_place(round, need->origin, "deadline"),
                 "the deadline is before the earliest day; mend one of the two");
    if (!need->quantity_known && !need->quantity_wrong)
        diag_add(diag, DIAG_AMOUNT_UNKNOWN, round_place(round, need->origin, "quantity"),
                 "the amount of '%s' is unknown; it stays out of the plan until it is written",
                 need->id);
}

static Status check_measure(const Round *round, Diag *diag)
{
    const Need *first = NULL;
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        if (need_is_outcome(need)) /* counts 1, and is in no group */
            continue;
        bool by_quantity =
            round->settings.measure == MEASURE_QUANTITY || round->settings.fairness_by_quantity;
        if (by_quantity && first != NULL && need->unit.name != first->unit.name) {
            diag_add(diag, DIAG_UNITS, round_place(round, need->origin, "unit"),
                     "'%s' and '%s' (row %d) cannot be compared by quantity; all needs must share "
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

static Status number_beneficiaries(Round *round)
{
    NameMap *beneficiaries = name_map_new(round->arena);
    TRY_NEW(beneficiaries);
    for (size_t n = 0; n < round->need_count; n++) {
        Need *need = &round->needs[n];
        bool added;
        need->beneficiary_item = -1;
        if (*need->beneficiary == '\0')
            continue;
        need->beneficiary_item = name_map_get(beneficiaries, need->beneficiary);
        if (need->beneficiary_item >= 0)
            continue;
        if (!name_map_add(beneficiaries, need->beneficiary, (int)n, &added))
            return STATUS_NO_MEMORY;
        need->beneficiary_item = (int)n;
    }
    return STATUS_OK;
}

Status round_check_needs(Round *round, Diag *diag)
{
    KnownNames known;
    MeantNames beneficiaries;
    TRY(round_ids(round, TABLE_BENEFICIARIES, &known));
    TRY(meant_names_init(round->arena, known, &beneficiaries));
    TRY(number_beneficiaries(round));
    if (round->need_count == 0 && diag_count(diag, DIAG_ERROR) == 0)
        diag_add(
            diag, DIAG_EMPTY_ROUND, round_place(round, (Origin){TABLE_NEEDS, 0}, NULL),
            N_("there are no needs; the plan is empty: write a row a need into the table needs"));
    for (size_t n = 0; n < round->need_count; n++) {
        Need *need = &round->needs[n];
        TRY(check_beneficiary(round, diag, need, &beneficiaries));
        check_value(round, diag, need);
        check_step(round, diag, need);
        find_least(round, diag, need);
        check_figures(round, diag, need);
    }
    return check_measure(round, diag);
}
