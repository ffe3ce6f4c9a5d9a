/* Plants that open for a fee.
 *
 * bins: S. Martello and P. Toth, Knapsack Problems, Wiley 1990, chapter 8: nine things of 70, 60, 50, 33, 33,
 *   33, 11, 7 and 3 in bins of 100. Their sum fits three bins and they need four: 70, 60 and 50 are apart, and
 *   one 33 at most goes beside 60 and beside 50, none beside 70.
 * six, ten: drawn as G. Cornuejols, R. Sridharan and J.-M. Thizy draw capacitated plants (European Journal of
 *   Operational Research 50 (1991) 280-297), with what all plants have three times what is asked for. Each
 *   job is of one plant, or, in "split", of several. The optima are those of cbc 2.10.8, searched to their
 *   end (`ratio 0 allow 0`) on the program with "job <= plant open" for each pair.
 */
#include "tests/support/instance_plants.h"

#include <stdio.h>

/** Plants and jobs; the hours and the fee of each plant; the hours of each job; for each plant what each job
 *  costs there. */
static const char bins[] = "6 9\n"
                           "100 100 100 100 100 100\n"
                           "1 1 1 1 1 1\n"
                           "70 60 50 33 33 33 11 7 3\n"
                           "0 0 0 0 0 0 0 0 0\n"
                           "0 0 0 0 0 0 0 0 0\n"
                           "0 0 0 0 0 0 0 0 0\n"
                           "0 0 0 0 0 0 0 0 0\n"
                           "0 0 0 0 0 0 0 0 0\n"
                           "0 0 0 0 0 0 0 0 0\n";

static const char six[] = "6 15\n"
                          "226 213 262 229 24 114\n"
                          "1683 1483 1737 1686 502 1223\n"
                          "33 14 30 13 34 35 34 28 32 19 24 20 12 21 8\n"
                          "292 44 252 57 315 290 75 235 175 93 120 73 72 46 83\n"
                          "196 34 120 92 223 150 155 206 145 79 188 75 93 69 63\n"
                          "250 26 202 66 274 235 81 216 148 77 139 59 76 31 75\n"
                          "98 125 193 83 87 185 345 13 100 70 161 98 61 135 22\n"
                          "47 101 72 109 72 42 310 127 127 81 215 104 95 130 27\n"
                          "156 127 236 65 150 237 335 40 104 70 124 93 42 129 37\n";

static const char ten[] = "10 20\n"
                          "36 143 108 52 49 108 127 101 143 129\n"
                          "689 1253 1156 748 753 1149 1235 1079 1210 1210\n"
                          "19 6 24 12 22 17 6 35 15 9 22 18 11 15 34 17 10 11 22 9\n"
                          "119 42 139 90 147 76 6 291 132 69 181 148 35 22 236 34 56 95 102 37\n"
                          "142 21 57 97 42 167 52 209 98 8 31 94 69 129 313 111 102 58 67 75\n"
                          "156 25 65 106 45 179 56 230 107 7 19 105 77 137 338 123 110 64 80 82\n"
                          "128 37 96 95 107 102 17 282 129 54 142 140 39 38 266 44 71 90 69 47\n"
                          "141 34 51 102 65 130 30 276 127 37 100 134 50 67 299 68 86 85 46 60\n"
                          "141 20 71 96 55 170 55 198 93 12 39 89 71 136 312 117 103 54 76 76\n"
                          "81 14 78 63 85 103 33 154 74 37 106 72 28 89 199 52 65 48 37 41\n"
                          "36 33 222 10 215 86 50 129 52 87 227 78 56 141 53 105 42 52 170 38\n"
                          "158 53 163 114 168 102 11 361 162 79 203 183 57 9 301 68 73 116 132 54\n"
                          "81 41 180 64 183 25 17 250 111 81 212 131 28 61 147 39 26 86 131 13\n";

/** One way to say it in a round. */
typedef enum JobKind {
    JOB_PIECE, /* one piece, which takes hours (pairs.use) */
    JOB_HOURS, /* so many hours, all of one plant */
    JOB_SPLIT  /* so many hours */
} JobKind;

typedef struct Plants {
    const char *name;
    const char *figures;
    JobKind kind;
    double optimum;
} Plants;

static const Plants plants[INSTANCE_PLANTS] = {
    {"bins", bins, JOB_HOURS, 4},
    {"six plants", six, JOB_PIECE, 4467},
    {"six plants, hours", six, JOB_HOURS, 4467},
    {"six plants, split", six, JOB_SPLIT, 4451 + 5.0 / 6},
    {"ten plants", ten, JOB_HOURS, 4451},
};

enum { PLANTS_MOST = 10, JOBS_MOST = 20, NAME = 32 };

static void write_plants(const char **at, int count, TextRound *round)
{
    char id[NAME];
    double hours[PLANTS_MOST];
    TextTable *rules = text_table(round, "rules");
    for (int p = 0; p < count; p++)
        hours[p] = instance_figure(at);
    for (int p = 0; p < count; p++) {
        snprintf(id, sizeof id, "plant%02d", p + 1);
        (void)instance_offer(round, id, hours[p], "hour");
        size_t row = text_row(rules);
        text_set(rules, row, "id", "open%02d", p + 1);
        text_set(rules, row, "kind", "fee");
        text_set(rules, row, "offer", "%s", id);
        text_set(rules, row, "value", "%.10g", instance_figure(at));
    }
}

static void write_jobs(const char **at, int count, JobKind kind, double *hours, TextRound *round)
{
    char id[NAME];
    TextTable *needs = text_table(round, "needs");
    for (int j = 0; j < count; j++) {
        hours[j] = instance_figure(at);
        snprintf(id, sizeof id, "job%02d", j + 1);
        bool piece = kind == JOB_PIECE;
        size_t row = instance_need(round, id, piece ? 1 : hours[j], piece ? "job" : "hour");
        if (kind == JOB_HOURS) {
            text_set(needs, row, "indivisible", "yes");
            text_set(needs, row, "max_donors", "1");
        }
    }
}

Instance instance_plants(size_t index)
{
    const Plants *own = &plants[index];
    const char *at = own->figures;
    int count = instance_count(&at), jobs = instance_count(&at);
    char job[NAME], plant[NAME];
    double hours[JOBS_MOST];
    Instance instance = instance_new(own->name, "quantity");
    TextTable *pairs = text_table(instance.round, "pairs");
    assert_true(count <= PLANTS_MOST && jobs <= JOBS_MOST);
    text_setting(instance.round, "stages", "cost");
    text_setting(instance.round, "eligibility", "pairs");
    write_plants(&at, count, instance.round);
    write_jobs(&at, jobs, own->kind, hours, instance.round);
    for (int p = 0; p < count; p++)
        for (int j = 0; j < jobs; j++) {
            bool piece = own->kind == JOB_PIECE;
            snprintf(plant, sizeof plant, "plant%02d", p + 1);
            snprintf(job, sizeof job, "job%02d", j + 1);
            size_t row = instance_pair(instance.round, job, plant);
            text_set(pairs, row, "cost", "%.15g", instance_figure(&at) / (piece ? 1 : hours[j]));
            text_set(pairs, row, "use", "%.10g", piece ? hours[j] : 1);
        }
    instance_figures_end(at);
    instance_stage(&instance, "tier 1", 0);
    instance_stage(&instance, "cost", own->optimum);
    return instance;
}
