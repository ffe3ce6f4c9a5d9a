/* Rules of all or nothing while doubles become whole steps: cents that rounding lost are given back,
 * noise that opened a line is taken away, and what no cents can mend is reported. The doubles are
 * given by hand.
 */
#include "tests/support/case_tables.h"
#include "tests/support/given_lines.h"

typedef struct RepairCase {
    const char *label;
    CaseFile files[CASE_FILES];
    bool last_resort;
    const char *broken; /* id of the rule that no rounding keeps, or NULL */
    GivenLine given[GIVEN_LINES];
} RepairCase;

#define SEATS INT64_C(1000000)

static void assert_repaired(const RepairCase *c)
{
    int broken;
    int64_t excess;
    Pipeline *run = given_extract(c->label, c->files, c->given, c->last_resort, &broken, &excess);
    if (broken >= 0)
        assert_case_int(c->label, broken < (int)run->rules.count, true);
    assert_case_text(c->label, broken < 0 ? "" : run->rules.rules[broken].id,
                     c->broken == NULL ? "" : c->broken);
    assert_case_int(c->label, excess > 0, c->broken != NULL);
    if (c->broken != NULL) {
        pipeline_free(run);
        return;
    }
    assert_given(c->label, run, c->given);
    pipeline_free(run);
}

/* ---- least amounts -------------------------------------------------------------------------- */

static const RepairCase MINIMA[] = {
    {"the cent that rounding down took from the least",
     {NEEDS(",min_quantity", "N1,HW,10,EUR,6\n"), OFFERS("", "O1,DE,6,EUR\n")},
     false,
     NULL,
     {{"N1", "O1", 5.996, 600}}},
    {"of two donors: one cent is enough",
     {NEEDS(",min_quantity", "N1,HW,10,EUR,6\n"), OFFERS("", "O1,DE,3,EUR\nO2,FR,3,EUR\n")},
     false,
     NULL,
     {{"N1", "O1", 2.996, 300}, {"N1", "O2", 3.0, 300}}},
    /* O1 has 10.00, all of it given */
    {"the cent comes from another line of the offer",
     {NEEDS(",min_quantity", "N1,HW,10,EUR,6\nN2,HW,9,EUR,\n"), OFFERS("", "O1,DE,10,EUR\n")},
     false,
     NULL,
     {{"N1", "O1", 5.994, 600}, {"N2", "O1", 4.01, 400}}},
    {"but not from one that needs it itself",
     {NEEDS(",min_quantity", "N1,HW,10,EUR,6\nN2,HW,9,EUR,4\n"), OFFERS("", "O1,DE,9.99,EUR\n")},
     false,
     "N1",
     {{"N1", "O1", 5.994, 0}, {"N2", "O1", 4.0, 0}}},
    {"in the last resort it goes",
     {NEEDS(",min_quantity", "N1,HW,10,EUR,6\nN2,HW,4,EUR,4\n"), OFFERS("", "O1,DE,9.99,EUR\n")},
     true,
     NULL,
     {{"N1", "O1", 5.994, 0}, {"N2", "O1", 4.0, 400}}},
    {"a cent of noise is no line",
     {NEEDS(",min_quantity", "N1,HW,10,EUR,6\n")},
     false,
     NULL,
     {{"N1", "O1", 0.011, 0}}},
    {"all of an indivisible need, but for a cent that is not there",
     {NEEDS(",indivisible", "N1,HW,10,EUR,yes\n"), OFFERS("", "O1,DE,9.99,EUR\n")},
     false,
     "N1",
     {{"N1", "O1", 9.99, 0}}},
    {"all of an indivisible need in three currencies' cents",
     {NEEDS(",indivisible", "N1,HW,10,EUR,yes\n"),
      OFFERS("", "O1,DE,4,EUR\nO2,DE,4,EUR\nO3,DE,4,EUR\n")},
     false,
     NULL,
     {{"N1", "O1", 10.0 / 3, 334}, {"N1", "O2", 10.0 / 3, 333}, {"N1", "O3", 10.0 / 3, 333}}},
    {"seats are not made up of thin air",
     {NEEDS(",min_quantity", "N2,HW,5,seat,3\n")},
     false,
     "N2",
     {{"N2", "O2", 2, 0}}},
    {"too few seats go in the last resort",
     {NEEDS(",min_quantity", "N2,HW,5,seat,3\n")},
     true,
     NULL,
     {{"N2", "O2", 2, 0}}},
};

/* ---- tickets -------------------------------------------------------------------------------- */

static const RepairCase TICKETS[] = {
    /* 4.49 is 4.988... of gross, up 4.99: a cent short of the ticket */
    {"gross that is a cent short of an offer's ticket",
     {NEEDS("", "N1,HW,10,EUR\n"), OFFERS(",overhead,min_ticket", "O1,DE,5,EUR,0.1,5\n")},
     false,
     NULL,
     {{"N1", "O1", 4.496, 450}}},
    /* in dollars, rounded up by line: 2.99 + 2.99 EUR is 3.74 + 3.74 = 7.48 of 7.49; 3.00 is 3.75 */
    {"two lines that are a cent short of a donor's ticket",
     {{"rates.csv", "currency,rate\nUSD,0.8\n"},
      NEEDS("", "N1,HW,9,EUR\n"),
      OFFERS("", "O1,DE,3,EUR\nO2,DE,2.99,EUR\n"),
      {"donors.csv", "id,min_ticket,currency\nDE,7.49,USD\n"}},
     false,
     NULL,
     {{"N1", "O1", 2.994, 300}, {"N1", "O2", 2.99, 299}}},
    {"a ticket that is far away",
     {NEEDS("", "N1,HW,10,EUR\n"), OFFERS(",min_ticket", "O1,DE,9,EUR,5\n")},
     false,
     "O1",
     {{"N1", "O1", 3, 0}}},
    {"... is nothing in the last resort; others stay",
     {NEEDS("", "N1,HW,10,EUR\nN2,HW,6,EUR\n"), OFFERS(",min_ticket", "O1,DE,9,EUR,5\n")},
     true,
     NULL,
     {{"N1", "O1", 3, 0}, {"N2", "O1", 6, 600}}},
};

/* ---- counts --------------------------------------------------------------------------------- */

static const RepairCase NUMBERS[] = {
    {"a second donor of two cents is noise; the first makes them good",
     {NEEDS(",max_donors", "N1,HW,10,EUR,1\n"), OFFERS("", "O1,DE,99,EUR\nO2,FR,99,EUR\n")},
     false,
     NULL,
     {{"N1", "O1", 9.98, 1000}, {"N1", "O2", 0.02, 0}}},
    {"a second donor that is none",
     {NEEDS(",max_donors", "N1,HW,10,EUR,1\n"), OFFERS("", "O1,DE,6,EUR\nO2,FR,4,EUR\n")},
     false,
     "N1",
     {{"N1", "O1", 6, 0}, {"N1", "O2", 4, 0}}},
    {"... goes in the last resort, the smaller",
     {NEEDS(",max_donors", "N1,HW,10,EUR,1\n"), OFFERS("", "O1,DE,4,EUR\nO2,FR,6,EUR\n")},
     true,
     NULL,
     {{"N1", "O1", 4, 0}, {"N1", "O2", 6, 600}}},
    {"what is agreed stays, and the larger goes",
     {NEEDS(",max_donors", "N1,HW,10,EUR,1\n"),
      OFFERS("", "O1,DE,4,EUR\nO2,FR,6,EUR\n"),
      {"commitments.csv", "need,offer,kind,quantity\nN1,O1,fixed,4\n"}},
     true,
     NULL,
     {{"N1", "O1", 4, 400}, {"N1", "O2", 6, 0}}},
    {"the noise of a third need",
     {NEEDS("", "N1,HW,5,EUR\nN2,HW,5,EUR\nN3,HW,5,EUR\n"),
      OFFERS(",max_needs", "O1,DE,9,EUR,2\n")},
     false,
     NULL,
     {{"N1", "O1", 5, 500}, {"N2", "O1", 3.99, 400}, {"N3", "O1", 0.01, 0}}},
};

/* ---- floors, each offer full ------------------------------------------------------------------ */

#define FLOORS(more)                                                                               \
    {                                                                                              \
        "rules.csv", "id,kind,need,value,currency\nF1,floor,N1,6,EUR\nF2,floor,N2,8,EUR\n" more    \
    }

static const RepairCase CHAINS[] = {
    /* N2 gives N1 a cent of O1, and N3 gives N2 one of O2 */
    {"a cent that goes from N3 over N2 to N1",
     {NEEDS("", "N1,HW,9,EUR\nN2,HW,9,EUR\nN3,HW,9,EUR\n"),
      OFFERS(",not_needs", "O1,DE,10,EUR,N3\nO2,FR,10,EUR,N1\n"), FLOORS("")},
     false,
     NULL,
     {{"N1", "O1", 5.99, 600},
      {"N2", "O1", 4.01, 400},
      {"N2", "O2", 3.99, 400},
      {"N3", "O2", 6.01, 600}}},
    {"that N3 cannot spare",
     {NEEDS("", "N1,HW,9,EUR\nN2,HW,9,EUR\nN3,HW,9,EUR\n"),
      OFFERS(",not_needs", "O1,DE,10,EUR,N3\nO2,FR,10,EUR,N1\n"), FLOORS("F3,floor,N3,6.01,EUR\n")},
     false,
     "F1",
     {{"N1", "O1", 5.99, 0}, {"N2", "O1", 4.01, 0}, {"N2", "O2", 3.99, 0}, {"N3", "O2", 6.01, 0}}},
    /* 668 yen are 4.01, 665 are 3.99; 666 are 4.00 to the offer and to the floor */
    {"in steps smaller than a cent",
     {NEEDS("", "N1,HW,9,EUR\nN2,HW,1500,JPY\nN3,HW,9,EUR\n"),
      OFFERS(",not_needs", "O1,DE,10,EUR,N3\nO2,FR,10,EUR,N1\n"),
      {"rates.csv", "currency,rate\nJPY,0.006\n"},
      FLOORS("")},
     false,
     NULL,
     {{"N1", "O1", 5.99, 600},
      {"N2", "O1", 668, 666},
      {"N2", "O2", 665, 666},
      {"N3", "O2", 6.01, 600}}},
};

static void a_least_amount_is_kept_to_the_cent(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(MINIMA); i++)
        assert_repaired(&MINIMA[i]);
}

static void a_ticket_is_kept_to_the_cent(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(TICKETS); i++)
        assert_repaired(&TICKETS[i]);
}

static void a_floor_is_kept_by_cents_that_go_the_long_way_round(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CHAINS); i++)
        assert_repaired(&CHAINS[i]);
}

static void noise_is_not_counted(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(NUMBERS); i++)
        assert_repaired(&NUMBERS[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_least_amount_is_kept_to_the_cent),
        cmocka_unit_test(a_ticket_is_kept_to_the_cent),
        cmocka_unit_test(a_floor_is_kept_by_cents_that_go_the_long_way_round),
        cmocka_unit_test(noise_is_not_counted),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
