/* Rounds that hold a plan, to the last cent, and were said to hold none: drawn around a hidden plan, with offers,
 * budgets, floors, tickets and agreements at exactly what it uses. One test each.
 */
#include "tests/support/round_case.h"

/** The beneficiary has to receive exactly 17,836.10, with an all-or-nothing need and three least amounts; overhead and
 * hryvnias between. It was missed by one line of 19.21. */
static void a_ceiling_and_a_floor_meet_at_the_same_cent(void **state)
{
    static const CaseFile FILES[] = {{"needs.csv",
                                      "id,beneficiary,category,quantity,unit,unit_cost,currency,"
                                      "priority,indivisible,min_quantity\n"
                                      "N1,B1,B,5621.73,EUR,,,2,,\n"
                                      "N2,B1,B,50,seat,684.63,EUR,2,,\n"
                                      "N3,B1,B,925.37,UAH,,,2,,925.37\n"
                                      "N4,B1,A,7302.95,EUR,,,2,,\n"
                                      "N5,B1,B,1620.60,EUR,,,1,yes,\n"
                                      "N6,B1,A,1099.36,UAH,,,2,,244.05\n"
                                      "N7,B1,B,1,seat,812.05,EUR,1,,\n"
                                      "N8,B1,B,439.97,UAH,,,1,,439.97\n"
                                      "N9,B1,A,3678.26,EUR,,,1,,\n"},
                                     {"offers.csv", "id,donor,category,quantity,unit,overhead\n"
                                                    "O1,D1,A,4418.93,EUR,\n"
                                                    "O2,D1,*,44112.93,UAH,\n"
                                                    "O3,D1,B,710.04,EUR,\n"
                                                    "O4,D1,*,315957.92,UAH,0.07\n"
                                                    "O5,D1,B,812.05,EUR,\n"
                                                    "O6,D1,*,5050.21,EUR,0.07\n"},
                                     {"rates.csv", "currency,rate\n"
                                                   "UAH,0.0213\n"},
                                     {"donors.csv", "id,budget,currency\n"
                                                    "D1,876090.14,UAH\n"},
                                     {"beneficiaries.csv", "id,max_value\n"
                                                           "B1,17836.10\n"},
                                     {"commitments.csv", "need,offer,kind,quantity\n"
                                                         "N8,O6,at_least,2.65\n"},
                                     {"rules.csv", "id,kind,beneficiary,value,currency\n"
                                                   "R0,floor,B1,17836.10,EUR\n"},
                                     {NULL, NULL}};
    (void)state;
    pipeline_free(case_plan(FILES));
}

/** Offers come to a cent less than the floor: lines of hryvnias whose value rounds up make it good. */
static void hryvnias_round_up_to_what_a_floor_asks_for(void **state)
{
    static const CaseFile FILES[] = {{"needs.csv",
                                      "id,beneficiary,category,quantity,unit,unit_cost,currency,"
                                      "priority,indivisible,min_quantity\n"
                                      "N1,B3,B,1.90,UAH,,,1,,1.10\n"
                                      "N2,B2,A,3.49,UAH,,,2,,\n"
                                      "N3,B3,B,15.18,CZK,,,2,,15.18\n"
                                      "N4,B3,B,5.89,CZK,,,2,,\n"
                                      "N5,B3,A,14,seat,915.80,CZK,1,,\n"
                                      "N6,B1,B,15.12,CZK,,,2,,\n"
                                      "N7,B2,B,10.66,UAH,,,2,,\n"
                                      "N8,B2,B,3.49,EUR,,,1,,2.12\n"
                                      "N9,B3,B,27,seat,692.13,EUR,1,yes,\n"},
                                     {"offers.csv", "id,donor,category,quantity,unit,overhead\n"
                                                    "O1,D2,*,307626.08,UAH,0.1\n"
                                                    "O2,D1,B,52318.28,CZK,\n"
                                                    "O3,D1,B,38782.88,CZK,0.1\n"
                                                    "O4,D2,B,87195.64,CZK,\n"
                                                    "O5,D2,*,173650.02,CZK,0.07\n"
                                                    "O6,D1,A,327.24,EUR,\n"},
                                     {"rates.csv", "currency,rate\n"
                                                   "CZK,0.0397\n"
                                                   "UAH,0.02\n"},
                                     {"commitments.csv", "need,offer,kind,quantity\n"
                                                         "N5,O5,fixed,5\n"
                                                         "N6,O2,at_least,3.68\n"
                                                         "N7,O5,at_least,0.54\n"
                                                         "N9,O3,at_most,2\n"},
                                     {"rules.csv", "id,kind,donor,need,category,value,currency\n"
                                                   "R0,floor,D1,,,3790.00,EUR\n"
                                                   "R1,ticket,,N1,,0.02,EUR\n"
                                                   "R2,floor,,,,19200.26,EUR\n"
                                                   "R3,ticket,,,A,509.08,EUR\n"},
                                     {"settings.csv", "key,value\n"
                                                      "fairness,none\n"},
                                     {NULL, NULL}};
    (void)state;
    pipeline_free(case_plan(FILES));
}

/** The floor asks for more crowns than the only offer has: values in euros, rounded, reach it. */
static void a_floor_in_crowns_is_above_what_the_offer_holds(void **state)
{
    static const CaseFile FILES[] = {{"needs.csv",
                                      "id,beneficiary,category,quantity,unit,unit_cost,currency,"
                                      "priority,indivisible,min_quantity\n"
                                      "N1,B2,A,81293.00,EUR,,,2,yes,\n"
                                      "N2,B2,B,97678.10,EUR,,,1,,\n"
                                      "N3,B1,B,96708.39,EUR,,,2,,\n"
                                      "N4,B1,A,79329.88,EUR,,,2,,\n"
                                      "N5,B1,A,28,seat,245.93,CZK,2,,4\n"},
                                     {"offers.csv", "id,donor,category,quantity,unit,overhead\n"
                                                    "O1,D2,*,2048174.48,CZK,\n"
                                                    "O2,D1,*,20342.60,EUR,0.1\n"
                                                    "O3,D1,B,151123.56,EUR,\n"},
                                     {"rates.csv", "currency,rate\n"
                                                   "CZK,0.0397\n"},
                                     {"donors.csv", "id,budget,currency\n"
                                                    "D1,511707.67,CZK\n"
                                                    "D2,,\n"},
                                     {"commitments.csv", "need,offer,kind,quantity\n"
                                                         "N5,O1,at_most,2\n"},
                                     {"rules.csv", "id,kind,donor,value,currency\n"
                                                   "R0,floor,D2,2048174.55,CZK\n"},
                                     {NULL, NULL}};
    (void)state;
    pipeline_free(case_plan(FILES));
}

/** Hundreds of millions, every row used up: the simplex method, from where it began, said that there was no point. */
static void rows_without_a_cent_to_spare_have_a_point(void **state)
{
    static const CaseFile FILES[] = {
        {"needs.csv", "id,beneficiary,category,quantity,unit,priority,min_quantity\n"
                      "N1,B1,B,21291505.43,EUR,2,3887540.10\n"
                      "N2,B1,B,34738812.49,EUR,1,\n"
                      "N3,B1,B,142296633.82,EUR,1,\n"
                      "N4,B1,B,2003184.24,EUR,2,\n"
                      "N5,B1,B,63480921.62,EUR,1,\n"
                      "N6,B1,B,6522580.15,EUR,1,\n"
                      "N7,B1,A,137916545.85,EUR,1,\n"
                      "N8,B1,A,67812766.24,EUR,1,\n"
                      "N9,B1,B,51132406.07,EUR,2,\n"},
        {"offers.csv", "id,donor,category,quantity,unit,overhead\n"
                       "O1,D2,*,15033795.66,EUR,\n"
                       "O2,D3,*,140553158.31,EUR,\n"
                       "O3,D2,A,53520938.81,EUR,\n"
                       "O4,D3,*,146789941.49,EUR,\n"
                       "O5,D3,*,136216137.75,EUR,0.1\n"},
        {"donors.csv", "id,budget,currency\n"
                       "D1,,\n"
                       "D2,68554734.46,EUR\n"
                       "D3,,\n"},
        {"commitments.csv", "need,offer,kind,quantity\n"
                            "N1,O1,at_least,3887540.10\n"
                            "N2,O1,fixed,1876092.19\n"
                            "N2,O4,at_least,18279915.19\n"
                            "N3,O1,fixed,3588704.94\n"
                            "N6,O1,at_least,3588356.30\n"
                            "N6,O4,at_least,829178.04\n"},
        {"rules.csv", "id,kind,donor,beneficiary,category,value,currency,share\n"
                      "R0,floor,,,A,,,0.4299\n"
                      "R1,floor,,,,,,1.0000\n"
                      "R2,floor,D3,,,,,0.8567\n"
                      "R3,ticket,,B1,,478492358.21,EUR,\n"
                      "R4,ticket,,,B,272763046.12,EUR,\n"},
        {"settings.csv", "key,value\n"
                         "fairness,none\n"},
        {NULL, NULL}};
    (void)state;
    pipeline_free(case_plan(FILES));
}

/** Two shares of all that leave a ten-thousandth between them, and a floor at all there is. */
static void shares_and_a_ceiling_use_up_every_cent(void **state)
{
    static const CaseFile FILES[] = {
        {"needs.csv", "id,beneficiary,category,quantity,unit,priority,min_quantity\n"
                      "N1,B1,A,83.12,EUR,2,83.12\n"
                      "N2,B1,A,99.19,EUR,2,\n"
                      "N3,B1,A,16.48,EUR,1,\n"
                      "N4,B1,B,6.01,EUR,1,\n"
                      "N5,B1,B,13.94,EUR,1,\n"
                      "N6,B2,A,147.40,EUR,2,\n"
                      "N7,B2,A,17.66,EUR,1,\n"
                      "N8,B2,B,8.13,EUR,2,\n"},
        {"offers.csv", "id,donor,category,quantity,unit,overhead\n"
                       "O1,D1,*,87.94,EUR,0.07\n"
                       "O2,D1,A,79.69,EUR,0.07\n"
                       "O3,D2,A,31.83,EUR,0.1\n"
                       "O4,D1,*,97.81,EUR,\n"
                       "O5,D2,*,77.77,EUR,0.1\n"},
        {"donors.csv", "id,budget,currency\n"
                       "D1,265.42,EUR\n"
                       "D2,97.12,EUR\n"},
        {"commitments.csv", "need,offer,kind,quantity\n"
                            "N6,O4,fixed,86.45\n"},
        {"rules.csv", "id,kind,beneficiary,value,currency,share\n"
                      "R0,floor,,341.07,EUR,\n"
                      "R1,floor,B1,,,0.5611\n"
                      "R2,floor,B2,,,0.4388\n"
                      "R3,floor,,,,1.0000\n"},
        {"settings.csv", "key,value\n"
                         "fairness,none\n"},
        {NULL, NULL}};
    (void)state;
    pipeline_free(case_plan(FILES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ceiling_and_a_floor_meet_at_the_same_cent),
        cmocka_unit_test(hryvnias_round_up_to_what_a_floor_asks_for),
        cmocka_unit_test(a_floor_in_crowns_is_above_what_the_offer_holds),
        cmocka_unit_test(rows_without_a_cent_to_spare_have_a_point),
        cmocka_unit_test(shares_and_a_ceiling_use_up_every_cent),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
