/* Programs that other solvers called infeasible although there is a plan, or found more in than there is: what `allot export` writes in each
 * format, as every solver reads it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/fault_case.h"

enum { SCRIPT = 1200 };

typedef struct ExportFault {
    FaultCase round; /* its line is not looked at */
    const char *donors;
    const char *stage;
    double value; /* as in stages.csv, worked out by hand */
} ExportFault;

static const ExportFault FAULTS[] = {
    /* at most 0.6 of a need is D1's: 455,681.04 and 36,749,965.42 of 62,009,410.79. A share that may move by a
       thousand-millionth was taken for one half way, and six cents of a need were missing */
    {.round = {"a share of sixty millions",
               "id,category,quantity\nN1,TRN,759468.41\nN2,HW,61249942.38\n",
               "id,donor,quantity\nO1,D1,47009250.02\n", "key,value\nstages,splits\n", NULL, NULL,
               NULL},
     .donors = "id,max_share\nD1,0.6\n",
     .stage = "fairness 1.1",
     .value = 37205646.46 / 62009410.79},
    /* N1 is below the ticket; with it unmet, and N2 and N3 met, 51,814 are left */
    {.round = {"a need met but for the slack of its tier",
               "id,beneficiary,category,priority,quantity,indivisible\nN1,B0,TRN,1,2000,\n"
               "N3,,TRN,3,26293,\nN2,B0,TRN,1,43586,yes\n",
               "id,donor,quantity,min_ticket\nO1,D1,123693,11570\n", "key,value\n", NULL, NULL,
               NULL},
     .stage = "tier 3",
     .value = 0},
    /* one offer may be used: of the money N14 and N08 in full and N05 by 18 of 24 licences, 2.75 of five, which
       the 40 licences never reach; nothing is given in kind. The solver's own point was better at the burden of
       money than any plan, by cents, and was held to that */
    {.round = {"a burden as the plan has it",
               "id,category,quantity,unit_cost,priority,requires,unit\nN05,TRN,24,2777,,,licence\n"
               "N06,TRN,32,2793,1,N05,seat\nN00,TRN,,,2,,\nN14,SOC,14887.48,,,,\n"
               "N08,SOC,26,1574,,,licence\n",
               "id,donor,quantity,unit,unit_value\nO1,D2,40,licence,993\nO4,D0,107612.35,,\n",
               "key,value\nfairness,none\nmeasure,share\nstages,lapsing;change;cost;burden\n",
               "rules.csv", "id,kind,count,of\nC1,count,1,offers\n", NULL},
     .donors = "id,share_key\nD0,4\nD2,4\n",
     .stage = "burden in kind",
     .value = 0},
    /* keys that are all 0 part nothing: the model in MathProg counted all that D1 gives */
    {.round = {"a burden without keys above 0", "id,category,quantity,indivisible\nN1,A,2000,yes\n",
               "id,donor,quantity\nO1,D1,2000\n", "key,value\nstages,burden\n", NULL, NULL, NULL},
     .donors = "id,share_key\nD1,0\n",
     .stage = "burden",
     .value = 0},
    /* 2,000 pay N1 or N2, and they are served together. The model in MathProg took one seat of N2 for served
       with nothing, as its least amount is no more than a step: 2,000 were met */
    {.round =
         {"a bundle of one seat each",
          "id,category,quantity,unit,unit_cost,bundle\nN1,A,1,seat,2000,S\nN2,A,1,seat,1500,S\n",
          "id,donor,quantity\nO1,D1,2000\n", "key,value\nfairness,none\n", NULL, NULL, NULL},
     .stage = "tier 1",
     .value = 3500},
};

/** One solver's word on one format, printed behind "found ". */
static const struct {
    const char *file, *command;
    bool negated; /* the objective is minimised: a share comes with its sign changed */
} SOLVERS[] = {
    {"x.mps", "glpsol --freemps x.mps --write s >l; awk '$1 == \"s\" { print \"found\", $NF }' s",
     true},
    {"x.lp", "glpsol --lp x.lp --write s >l; awk '$1 == \"s\" { print \"found\", $NF }' s", true},
    {"x.mps", "cbc x.mps solve >l; sed -n 's/^Objective value: */found /p' l", true},
    {"x.lp", "cbc x.lp solve >l; sed -n 's/^Objective value: */found /p' l", true},
    {"x.dat",
     "glpsol -m \"$TOP/models/allocation.mod\" -d x.dat >l; ! grep -q ' HAS NO ' l && "
     "sed -n 's/^stage .*: /found /p' l",
     false},
};

static void assert_found(Program *p, const ExportFault *fault)
{
    double sign = strncmp(fault->stage, "fairness", 8) == 0 ? -1.0 : 1.0;
    for (size_t k = 0; k < COUNT_OF(SOLVERS); k++) {
        char script[SCRIPT];
        (void)snprintf(script, sizeof script,
                       "\"$ALLOT\" export r %s --stage '%s' -q 2>err || cat err; %s",
                       SOLVERS[k].file, fault->stage, SOLVERS[k].command);
        program_script(p, script);
        const char *at = strstr(p->run.out, "found ");
        if (at == NULL)
            fail_msg("%s: '%s' finds nothing: %s", fault->round.label, SOLVERS[k].command,
                     p->run.out);
        double found = at == NULL ? NAN : strtod(at + strlen("found "), NULL);
        assert_close(found, (SOLVERS[k].negated ? sign : 1.0) * fault->value, 2e-8, 1e-8);
    }
}

static void others_find_what_there_is(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(FAULTS); k++) {
        Program p;
        program_open(&p);
        fault_case_write(&p, &FAULTS[k].round);
        if (FAULTS[k].donors != NULL)
            program_table(&p, "donors.csv", FAULTS[k].donors);
        assert_found(&p, &FAULTS[k]);
        program_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_find_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
