/* Faults of rounds of all or nothing that were mended, found by brute force over random rounds: each
 * the smallest round that showed it, with what is right by hand.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/fault_case.h"

static const FaultCase FAULTS[] = {
    /* ruin and recreate moved a point that a fairness before its tier had frozen */
    {"fairness first stays frozen",
     "id,category,unit,quantity,unit_cost,step\nN1,HW,seat,4,200,1\n"
     "N2,HW,EUR,6000,,1000\n",
     "id,donor,unit,quantity\nO1,DE,EUR,6500\n",
     "key,value\nwithin_tier,fairness;shortfall\ngap,0\n", NULL, NULL,
     "\ntier 1,min,1000,1000,0,optimal\n"},
    /* two needs of one bundle have one column, which a row that counts needs named twice */
    {"a bundle counts as many needs as it has",
     "id,category,quantity,bundle\nN1,HW,10,b\nN2,HW,10,b\n"
     "N3,HW,10,\n",
     "id,donor,quantity\nO1,D1,30\n", "key,value\nfairness,none\n", "donors.csv",
     "id,max_needs\nD1,2\n", "\ntier 1,min,10,10,0,optimal\n"},
    /* the first plan of the search in whole steps did not look at floors */
    {"a share of all is kept",
     "id,category,priority,unit,quantity,step,unit_cost\n"
     "N1,HW,3,EUR,4000,1000,\nN3,HW,1,kit,2,,200\n",
     "id,donor,unit,quantity,only_needs\nO1,D1,EUR,200,N3\nO2,D1,EUR,2250,N1\n",
     "key,value\ngap,0\n", "rules.csv", "id,kind,priority,share\nR02,floor,1,0.2\n",
     "\ntier 3,min,4000,4000,0,optimal\n"},
    /* a relaxation that leaned on the slack of a level row was frozen with that slack in it */
    {"what leans on a level is not frozen",
     "id,category,priority,quantity,step,weight\nN001,HARDWARE,3,2000,1000,1\n"
     "N002,HARDWARE,2,1000,1000,2\nN003,HARDWARE,1,1000,1000,1\nN004,HARDWARE,2,2000,1000,1\n",
     "id,donor,quantity,lapses,parent\nO01,D02,2500,,\nO02,D01,9500,2026-02-20,O01\n"
     "O03,D01,4000,2026-03-15,O02\n",
     "key,value\nfairness,need\nfairness_by,quantity\nstages,splits;lapsing;cost;change\n"
     "start,2026-01-15\nend,2026-03-31\ngap,0\n",
     NULL, NULL, "\nlapsing 2026-03-15,min,2000,"},
    /* GLPK branched where most was at stake and not where the proof lay */
    {"six needs and three donors are proven",
     "id,category,quantity,unit,indivisible,max_donors\n"
     "N-1,HW,70,EUR,yes,2\nN-2,HW,60,EUR,yes,2\n"
     "N-3,HW,50,EUR,yes,2\nN-4,HW,40,EUR,yes,2\n"
     "N-5,HW,30,EUR,yes,2\nN-6,HW,20,EUR,yes,2\n",
     "id,donor,quantity,unit\nO-1,A,65,EUR\nO-2,B,55,EUR\nO-3,C,45,EUR\n",
     "key,value\nfairness,none\n", NULL, NULL, "\ntier 1,min,110,110,0,optimal\n"},
    /* the relaxation charged seats to a budget of money: its bound was no bound */
    {"things are not charged to a budget",
     "id,category,unit,quantity,unit_cost,indivisible\nA,TRN,seat,6,1000,yes\n"
     "B,TRN,seat,5,1000,yes\nC,TRN,seat,5,1000,yes\n",
     "id,donor,unit,quantity\nO1,D1,seat,10\nO2,D1,EUR,1000\n", "key,value\nfairness,none\n",
     "donors.csv", "id,budget\nD1,100\n", "\ntier 1,min,6000,6000,0,optimal\n"},
    /* what is unmet was a difference of doubles, and not 0 */
    {"250 millions to the cent",
     "id,category,unit,quantity,indivisible\nA,C,EUR,254031238.52,yes\n",
     "id,donor,unit,quantity\nO0,D0,EUR,78845510.91\nO1,D1,EUR,105028580.30\n"
     "O2,D2,EUR,70157147.31\n",
     "key,value\nfairness,none\ngap,0\n", NULL, NULL, "\ntier 1,min,0,0,0,optimal\n"},
    /* cents too many were taken from a need that others wait for, which then was never to be full */
    {"cents are taken where nobody waits",
     "id,category,quantity,unit,unit_cost,requires,priority\nN-03,HW,11,seat,20000,,\n"
     "N-08,HW,4000000,UAH,,,\nN-10,HW,30000,,,,2\nN-12,HW,500000,UAH,,N-10,\n"
     "N-13,SOC,60000,,,N-12,1\n",
     "id,donor,quantity\nO-3,D6,140000\n", "key,value\ncurrency,EUR\n", "rates.csv",
     "currency,rate\nUAH,0.02\n",
     "\ntier 1,min,0,0,0,optimal\n"}, /* the relaxation and the search took weights 1e9 below the largest for nothing */
    {"a weight of 1 counts beside one of a thousand million",
     "id,category,quantity,indivisible,weight\nN1,HW,1000,yes,1000000000\nN2,HW,1000,yes,1\n"
     "N3,HW,1000,yes,0.5\n",
     "id,donor,quantity,max_needs\nO1,D1,2500,3\n", "key,value\nfairness,none\ngap,0\n", NULL, NULL,
     "\ntier 1,min,500,500,0,optimal\n"},
    /* the same in another currency: the step of the larger costs is no round figure */
    {"four weights apart, the least is left",
     "id,category,quantity,indivisible,weight,unit\nN1,HW,1000,yes,1000000000,EUR\n"
     "N2,HW,10000,yes,1000,PLN\nN3,HW,300,yes,1,EUR\nN4,HW,400,yes,0.001,EUR\n",
     "id,donor,quantity\nO1,D1,3700\n", "key,value\nfairness,none\ngap,0\n", "rates.csv",
     "currency,rate\nPLN,0.237\n",
     "\ntier 1,min,0.4,0.4,0,optimal\n"}, /* a point of the search that kept its rows only to within a tolerance was what tier 1 was held to:
       no fairness could be decided behind it, and what was left unproven was 0 */
    {"fairness is decided behind a tier that ended within its gap",
     "id,category,quantity,beneficiary,priority,max_donors,indivisible,min_quantity,weight\n"
     "N0,X,22000000,B0,2,,,,5\nN1,X,20000000,B1,1,2,,3618775.69,2\nN2,X,52700000,B2,1,2,,,1\n"
     "N3,X,69300000,B0,1,1,yes,,1\nN4,X,20000000,B1,2,2,yes,,5\nN5,X,90000000,B2,1,2,,,1\n"
     "N6,X,41900000,B0,1,2,,14684139.45,1\nN7,X,86000000,B1,1,1,yes,,1\n"
     "N8,X,94800000,B2,2,2,yes,,2\n",
     "id,donor,quantity,max_needs,min_ticket\nO0,D0,648.38,3,12000000\nO1,D1,145.13,2,8000000\n"
     "O2,D2,50000000,,5340000\n",
     "key,value\nfairness,beneficiary\nstages,none\n", "rules.csv",
     "id,kind,count,of,each\nR,count,3,donors,beneficiary\n",
     "\nfairness 1.1,max,0.107329086,"}, /* a mixed integer rounding cut of GLPK's cut the best plan off: without the least need one euro is
       missing, without the next one everything is there */
    {"one euro short in a hundred millions",
     "id,category,quantity,indivisible,max_donors\nN0,C,27730071,yes,3\nN1,C,19250000,yes,3\n"
     "N2,C,13780065,yes,3\nN3,C,22890000,yes,3\nN4,C,11920057,yes,3\nN5,C,12900000,yes,3\n",
     "id,donor,quantity,min_ticket\nO0,D0,32183378,1000000\nO1,D1,48275067,\nO2,D2,16091690,\n",
     "key,value\nfairness,none\ngap,0\n", NULL, NULL, "\ntier 1,min,12900000,"},
};

static void what_was_wrong_once_is_right(void **state)
{
    (void)state;
    assert_faults_mended(FAULTS, COUNT_OF(FAULTS));
}

/** An outcome had pairs of its own: a firmness stage was listed that nothing could ever fill. */
static void an_outcome_has_no_firmness(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(
        &p, "needs.csv",
        "id,category,unit,quantity,unit_cost,requires\nA1,HW,,0,7000,N1\nN1,HW,EUR,100,,\n");
    program_table(&p, "offers.csv",
                  "id,donor,unit,quantity,status,only_needs\nO1,DE,EUR,100,committed,A1\n"
                  "O2,DE,EUR,100,paid,\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    assert_exit(&p, 0);
    char *stages = program_read(&p, "t/stages.csv");
    assert_null(strstr(stages, "firmness"));
    assert_non_null(strstr(stages, "tier 1,min,0,0,0,optimal"));
    free(stages);
    program_close(&p);
}

/** The answer moved to a vertex missed a cent, and three needs that can all be met were forbidden one
 *  by one; what was proven of the program so cut short was called the round's optimum. The search in
 *  whole steps has the plan; GLPK alone may lack it, and must say so. */
static void a_cent_of_rounding_is_no_proof(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,unit,quantity,indivisible\nN0,C,JPY,7514,yes\nN1,C,EUR,7884,yes\n"
                  "N2,C,EUR,6316,yes\n");
    program_table(&p, "offers.csv",
                  "id,donor,unit,quantity\nO1,D1,USD,5594.50\nO2,D2,EUR,9078.48\n");
    program_table(&p, "rates.csv", "currency,rate\nUSD,0.9237\nJPY,0.006137\n");
    program_table(&p, "settings.csv", "key,value\nfairness,none\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    assert_exit(&p, 0);
    char *stages = program_read(&p, "t/stages.csv");
    assert_non_null(strstr(stages, "\ntier 1,min,0,0,0,"));
    free(stages);
    ALLOT(&p, "solve", "r", "--tables", "t", "-q", "--set", "engine=plain");
    assert_exit(&p, 0);
    stages = program_read(&p, "t/stages.csv");
    char *line = strstr(stages, "\ntier 1,min,");
    assert_non_null(line);
    *strchr(line + 1, '\n') = '\0'; /* this stage's own words alone */
    bool met = strncmp(line, "\ntier 1,min,0,", 14) == 0;
    if (!met && strstr(line, ",optimal") != NULL)
        fail_msg("proven, though all three needs can be met: %s", line + 1);
    free(stages);
    program_close(&p);
}

/** A search's point kept its rows to within a tolerance alone, which is cents where amounts are large:
 *  N-04, met but for them, was then never to be met, and N-12 got nothing (120,000 short). By hand: of
 *  money there is 50,000 (half of D1's budget is overhead), 120,000 and 100,000 (D3's budget), and 8 seats
 *  worth 160,000; N-04, N-12 and N-14 together ask 460,000 of these 430,000. */
static void a_search_ends_at_a_vertex(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,priority,quantity,unit,unit_cost,requires\n"
                  "N-02,SOC,,1000000,UAH,,\nN-04,SOC,,100000,,,\nN-08,HW,,1,seat,,\n"
                  "N-10,SOC,2,,,,\nN-12,HW,1,120000,,,N-04\nN-14,HW,1,12,seat,20000,\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit,status,overhead\nO-1,D3,8,seat,,\n"
                  "O-2,D1,480000,,pledged,50%\nO-6,D7,120000,,,\nO-9,D3,225000,,,\n");
    program_table(&p, "donors.csv", "id,budget,max_share\nD3,100000,0.7\nD1,100000,\nD7,,\n");
    program_table(&p, "rates.csv", "currency,rate\nUAH,0.02\n");
    program_table(&p, "settings.csv", "key,value\nplan_on,pledged\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    assert_exit(&p, 0);
    char *stages = program_read(&p, "t/stages.csv");
    assert_non_null(strstr(stages, "\ntier 1,min,30000,"));
    free(stages);
    program_close(&p);
}

/** Fairness among needs of all or nothing took one search a rank, and ended as it was at the 15th. By hand: of
 *  20 needs of 30 and 20 of 50, 610 meets 17 and 2, or 12 and 5, 7 and 8, 2 and 11, to the cent: 19 at most,
 *  so that of 40 shares the 22nd from below is the first that is 1. */
static void as_many_as_can_be_are_met(void **state)
{
    Program p;
    char needs[2048] = "id,category,quantity,indivisible\n";
    (void)state;
    program_open(&p);
    for (int n = 0; n < 40; n++)
        snprintf(needs + strlen(needs), sizeof needs - strlen(needs), "N%02d,HW,%d,yes\n", n,
                 n % 2 == 0 ? 50 : 30);
    program_table(&p, "needs.csv", needs);
    program_table(&p, "offers.csv", "id,donor,quantity\nO1,D1,610\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-q", "--explain", "none");
    assert_exit(&p, 0);
    char *stages = program_read(&p, "t/stages.csv");
    assert_non_null(strstr(stages, "\ntier 1,min,990,990,0,optimal\n"));
    assert_non_null(
        strstr(stages, "\nfairness 1.1,max,0,0,0,optimal\nfairness 1.22,max,1,1,0,optimal\n"));
    free(stages);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_wrong_once_is_right),
        cmocka_unit_test(an_outcome_has_no_firmness),
        cmocka_unit_test(a_cent_of_rounding_is_no_proof),
        cmocka_unit_test(a_search_ends_at_a_vertex),
        cmocka_unit_test(as_many_as_can_be_are_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
