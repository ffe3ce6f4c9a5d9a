/* Generalised assignment problems of the OR-Library, files gap1 (c515), gap2 (c520) and gap3 (c525).
 *
 * J. E. Beasley, OR-Library: distributing test problems by electronic mail, Journal of the
 * Operational Research Society 41 (1990) 1069-1072. The instances are those of D. Cattrysse,
 * M. Salomon, L. N. Van Wassenhove, European Journal of Operational Research 72 (1994) 167-174, and
 * I. H. Osman, OR Spektrum 17 (1995) 211-225; the optima of maximising stand beside the files. Of
 * minimising c515-1 the example gap.mod of GLPK tells: 261.
 */
#include "tests/support/instance_assignment.h"

#include <stdio.h>
#include <stdlib.h>

/** Agents and jobs; for each agent the profit of each job; for each agent what each job takes; what
 *  each agent has. */
typedef struct Assigning {
    const char *name;
    double optimum; /* greatest profit */
    const char *figures;
} Assigning;

static const Assigning assignings[] = {
    {"c515-1", 336,
     "5 15\n"
     "17 21 22 18 24 15 20 18 19 18 16 22 24 24 16\n"
     "23 16 21 16 17 16 19 25 18 21 17 15 25 17 24\n"
     "16 20 16 25 24 16 17 19 19 18 20 16 17 21 24\n"
     "19 19 22 22 20 16 19 17 21 19 25 23 25 25 25\n"
     "18 19 15 15 21 25 16 16 23 15 22 17 19 22 24\n"
     "8 15 14 23 8 16 8 25 9 17 25 15 10 8 24\n"
     "15 7 23 22 11 11 12 10 17 16 7 16 10 18 22\n"
     "21 20 6 22 24 10 24 9 21 14 11 14 11 19 16\n"
     "20 11 8 14 9 5 6 19 19 7 6 6 13 9 18\n"
     "8 13 13 13 10 20 25 16 16 17 10 10 5 12 23\n"
     "36 34 38 27 33\n"},
    {"c515-2", 327,
     "5 15\n"
     "19 23 24 20 20 25 16 21 24 15 17 17 20 20 20\n"
     "25 24 16 21 19 17 17 19 23 21 21 23 20 15 16\n"
     "16 21 25 22 24 24 16 17 15 18 15 17 18 24 18\n"
     "25 24 18 19 15 18 20 22 23 18 16 19 17 15 22\n"
     "25 19 21 22 20 15 20 19 18 18 17 23 17 25 25\n"
     "16 12 8 20 18 10 12 8 14 23 19 14 15 15 24\n"
     "16 18 19 22 13 20 9 7 25 10 20 13 11 15 16\n"
     "6 20 20 5 14 12 6 15 22 18 13 23 23 18 25\n"
     "18 23 25 17 25 13 23 23 13 20 20 23 17 19 24\n"
     "12 17 15 25 22 5 24 19 12 25 23 21 23 19 18\n"
     "36 37 38 48 44\n"},
    {"c515-3", 339,
     "5 15\n"
     "22 21 16 17 21 15 17 22 22 25 18 20 24 15 22\n"
     "23 24 19 15 16 21 15 25 16 21 20 19 16 23 20\n"
     "21 20 21 25 21 20 21 19 17 16 25 19 15 15 15\n"
     "17 21 25 25 23 22 20 19 20 25 15 20 21 25 23\n"
     "15 25 23 19 17 17 25 24 24 17 24 19 18 19 16\n"
     "23 10 15 13 17 10 13 6 9 21 20 7 9 25 8\n"
     "17 13 8 23 11 18 7 22 13 5 24 24 15 10 22\n"
     "22 17 22 23 20 11 17 25 23 9 22 20 15 9 25\n"
     "5 19 25 16 15 10 18 9 11 20 7 21 15 8 25\n"
     "22 9 10 23 19 21 17 15 15 17 25 19 10 9 21\n"
     "32 37 44 35 40\n"},
    {"c515-4", 341,
     "5 15\n"
     "15 25 20 18 19 21 18 22 24 15 25 17 17 15 22\n"
     "20 18 25 25 16 24 22 24 17 18 23 25 21 25 24\n"
     "25 19 18 18 23 18 15 22 23 16 25 22 22 15 16\n"
     "19 19 23 17 19 19 22 19 23 22 24 22 25 19 16\n"
     "25 24 17 19 25 19 23 19 25 15 19 21 18 19 22\n"
     "20 20 18 9 18 5 16 18 13 24 21 23 15 19 9\n"
     "5 12 18 8 22 19 19 11 7 19 20 17 21 25 5\n"
     "18 8 8 9 20 20 23 13 15 12 6 12 25 25 23\n"
     "17 19 24 9 16 22 10 17 12 17 15 21 16 18 6\n"
     "14 6 20 6 21 5 11 23 20 21 20 18 13 13 21\n"
     "39 36 37 38 37\n"},
    {"c515-5", 326,
     "5 15\n"
     "25 25 18 24 20 19 25 24 23 15 18 18 25 15 22\n"
     "25 18 17 22 21 23 20 23 16 19 15 18 16 23 16\n"
     "18 16 19 15 15 18 15 20 19 24 22 20 25 16 21\n"
     "18 21 16 18 17 24 18 23 22 16 17 22 22 18 16\n"
     "17 18 15 21 23 21 24 23 20 22 19 15 22 22 25\n"
     "16 20 9 22 17 19 20 22 20 13 6 20 23 19 7\n"
     "12 22 18 18 6 13 17 17 17 14 20 12 17 14 22\n"
     "5 19 19 14 24 16 7 8 9 22 13 23 24 15 20\n"
     "20 8 6 9 5 17 23 18 14 12 14 17 15 23 21\n"
     "6 6 24 24 8 7 5 25 21 18 12 20 20 7 12\n"
     "40 38 38 35 34\n"},
    {"c520-1", 434,
     "5 20\n"
     "15 12 16 15 20 18 11 14 23 14 18 13 11 15 17 18 20 11 20 24\n"
     "22 14 10 15 12 21 24 16 17 22 11 15 18 15 18 23 22 23 21 13\n"
     "25 11 22 10 22 17 22 12 21 21 16 14 23 21 14 17 25 18 15 15\n"
     "23 13 14 25 21 18 23 19 17 18 20 20 22 24 23 13 17 22 20 21\n"
     "15 25 22 14 17 21 16 21 20 12 15 18 17 21 20 20 13 14 23 14\n"
     "11 11 5 25 10 17 16 20 5 20 14 10 15 6 11 14 13 8 15 11\n"
     "17 17 12 23 16 25 13 16 19 16 24 17 24 6 6 16 25 21 5 18\n"
     "13 13 20 17 8 7 16 9 23 18 21 24 11 15 12 24 19 23 13 12\n"
     "6 10 18 16 12 25 17 7 10 6 20 20 9 20 11 21 6 9 20 23\n"
     "7 14 18 24 7 24 18 19 18 23 15 16 14 9 16 25 15 20 23 17\n"
     "42 54 52 47 55\n"},
    {"c525-1", 580,
     "5 25\n"
     "18 19 19 17 24 25 24 25 25 23 20 21 25 17 25 21 25 19 23 19 20 15 25 23 17\n"
     "25 17 18 16 18 15 23 20 19 22 23 18 17 16 16 24 16 23 23 24 19 17 15 17 17\n"
     "17 25 15 23 21 20 24 17 21 22 22 15 18 23 17 22 20 24 19 18 15 15 18 19 19\n"
     "21 16 25 23 18 21 18 16 21 21 15 21 24 23 24 23 20 25 24 18 19 23 22 22 16\n"
     "24 16 24 19 16 25 23 25 17 21 21 22 17 25 19 21 23 19 17 24 19 15 20 15 20\n"
     "25 23 5 13 6 15 24 9 17 11 5 6 8 14 9 9 21 23 13 8 22 20 24 15 20\n"
     "18 8 5 20 8 7 13 17 9 16 19 11 6 12 25 23 9 21 11 15 24 23 15 21 12\n"
     "7 25 13 9 16 16 8 17 5 17 10 18 21 25 17 24 20 16 9 18 18 18 16 6 24\n"
     "25 11 8 7 25 20 24 16 9 15 22 10 17 6 22 11 19 20 14 14 8 18 22 18 22\n"
     "7 16 20 18 13 10 15 20 5 19 11 6 11 23 15 21 15 20 21 11 9 25 17 18 12\n"
     "58 58 62 64 60\n"},
};

/** One way to say it in a round. */
typedef struct Form {
    const char *name;
    size_t assigning;
    int parts;   /* a job is so many pieces, all of one agent */
    double sign; /* of the cost of a profit: -1 maximises, 1 minimises */
    double optimum;
} Form;

static const Form other_forms[INSTANCE_ASSIGNMENTS - COUNT_OF(assignings)] = {
    {"c515-1, jobs of four pieces", 0, 4, -1, -336},
    {"c515-1, least cost", 0, 1, 1, 261},
};

static Form form_of(size_t index)
{
    size_t count = COUNT_OF(assignings);
    assert_true(index < INSTANCE_ASSIGNMENTS);
    return index >= count
               ? other_forms[index - count]
               : (Form){assignings[index].name, index, 1, -1, -assignings[index].optimum};
}

static void write_jobs(const Form *form, int jobs, TextRound *round)
{
    char job[32];
    for (int j = 0; j < jobs; j++) {
        snprintf(job, sizeof job, "job%02d", j + 1);
        size_t row = instance_need(round, job, form->parts, "piece");
        if (form->parts > 1) {
            text_set(text_table(round, "needs"), row, "indivisible", "yes");
            text_set(text_table(round, "needs"), row, "max_donors", "1");
        }
    }
}

/** Fills `cost` or `use` of the pairs, agent after agent, whose rows stand in that order. */
static void write_figures(const Form *form, const char **at, const char *column, double sign,
                          TextRound *round)
{
    TextTable *pairs = text_table(round, "pairs");
    for (size_t row = 0; row < pairs->count; row++)
        text_set(pairs, row, column, "%.10g", sign * instance_figure(at) / form->parts);
}

Instance instance_assignment(size_t index)
{
    Form form = form_of(index);
    const char *at = assignings[form.assigning].figures;
    int agents = instance_count(&at), jobs = instance_count(&at);
    char job[32], agent[32];
    Instance instance = instance_new(form.name, "quantity");
    text_setting(instance.round, "stages", "cost");
    text_setting(instance.round, "eligibility", "pairs");
    write_jobs(&form, jobs, instance.round);
    for (int a = 0; a < agents; a++) {
        snprintf(agent, sizeof agent, "agent%d", a + 1);
        for (int j = 0; j < jobs; j++) {
            snprintf(job, sizeof job, "job%02d", j + 1);
            (void)instance_pair(instance.round, job, agent);
        }
    }
    write_figures(&form, &at, "cost", form.sign, instance.round);
    write_figures(&form, &at, "use", 1, instance.round);
    for (int a = 0; a < agents; a++) {
        snprintf(agent, sizeof agent, "agent%d", a + 1);
        (void)instance_offer(instance.round, agent, instance_figure(&at), "hour");
    }
    instance_figures_end(at);
    instance_stage(&instance, "tier 1", 0);
    instance_stage(&instance, "cost", form.optimum);
    return instance;
}
