/* Currencies: every one in use has a rate; the reporting currency's rate is 1. */
#include "models/round_internal.h"

bool round_require_rate(const Round *round, Diag *diag, const char *currency, Origin origin,
                        const char *column)
{
    Ratio rate;
    if (round_rate(round, currency, &rate))
        return true;
    DiagPlace place = round_place(round, origin, column);
    place.text = currency;
    diag_add(diag, DIAG_RATE_MISSING, place,
             "there is no rate for %s; add a row to the rates table (%s for one %s)", currency,
             round->settings.currency, currency);
    return false;
}

Status round_check_rates(Round *round, Diag *diag)
{
    round->currency = round_unit(round, round->settings.currency);
    for (size_t i = 0; i < round->rate_count; i++) {
        const Rate *row = &round->rates[i];
        DiagPlace place = round_place(round, row->origin, "rate");
        if (row->currency == round->settings.currency &&
            decimal_compare(row->rate, decimal_make(1, 0)) != 0)
            diag_add(diag, DIAG_CONTRADICTION, place,
                     "%s is the reporting currency; its rate can only be 1: take the row out",
                     row->currency);
        else if (row->rate.digits <= 0)
            diag_add(diag, DIAG_NUMBER_RANGE, place,
                     "a rate must be above 0; write what one unit costs in the reporting currency");
    }
    for (size_t i = 0; i < round->donor_count; i++) {
        const Donor *donor = &round->donors[i];
        if (donor->has_budget || donor->min_ticket > 0)
            round_require_rate(round, diag, donor->currency, donor->origin, "currency");
    }
    return STATUS_OK;
}
