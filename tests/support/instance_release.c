/* The next release problem of A. J. Bagnall, V. J. Rayward-Smith and I. M. Whittley, Information and
 * Software Technology 43 (2001) 883-890: which features to build within a budget so that customers
 * of the greatest profit have all that they ask.
 *
 * The instance is nrp-1 of the classic set of J. Xuan, H. Jiang, Z. Ren and Z. Luo, IEEE Transactions
 * on Software Engineering 38 (2012) 1195-1212, with budgets of 30, 50 and 70 percent of what all
 * features cost. The optima are those of N. Veerapen, G. Ochoa, M. Harman and E. K. Burke, Information
 * and Software Technology 65 (2015) 1-13: 1204, 1840, 2507.
 */
#include "tests/support/instance_release.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LIST_MOST = 256 };

/** Levels; for each level the number of features and the cost of each; the number of prerequisites
 *  and for each a feature and one that needs it; the number of customers and for each the profit,
 *  how many features are asked for, and which. */
static const char *const nrp1 =
    "3\n"
    "20\n"
    "4 3 4 1 5 5 5 3 5 3 4 4 3 5 1 1 3 2 2 3\n"
    "40\n"
    "8 8 2 6 7 4 5 3 6 3 7 2 6 3 5 2 2 4 2 5 4 5 2 2 8 4 2 4 8 7 3 6 6 4 3 6 4 8 6 7\n"
    "80\n"
    "9 6 10 6 9 10 7 9 7 6 10 6 5 10 5 6 6 6 5 6 8 10 9 6 10 7 10 8 9 9 6 10 8 8 10 10 6\n"
    "7 6 8 7 10 7 9 6 6 8 6 7 8 7 7 6 7 9 6 7 6 8 6 6 7 5 7 5 8 9 10 10 6 5 9 8 10 7 8 7\n"
    "9 7 7\n"
    "97\n"
    "1 85 2 98 2 37 2 92 2 51 2 135 2 73 2 72 3 61 5 114 5 37 5 92 5 48 5 119 6 130 6 42\n"
    "6 130 6 130 6 130 7 129 7 120 7 68 7 95 7 108 7 54 10 124 10 133 10 127 10 116 11 38\n"
    "11 101 11 61 12 103 12 125 13 28 13 59 14 135 14 103 14 34 14 107 17 74 17 120 17 50\n"
    "17 27 17 102 17 88 17 104 19 76 19 34 19 120 20 81 20 33 20 27 20 81 20 129 20 123\n"
    "20 21 21 100 21 66 22 77 22 89 24 94 24 126 27 108 29 98 32 118 32 83 34 112 35 79\n"
    "38 124 38 104 39 90 39 64 40 94 42 89 43 107 43 91 44 132 44 92 45 115 45 98 46 133\n"
    "47 63 48 82 49 87 49 110 51 136 52 138 52 137 53 77 53 133 54 113 55 61 56 62 57 91\n"
    "57 138 60 85\n"
    "100\n"
    "36 1 66  29 5 68 1 128 139 61  33 2 129 59  22 2 75 104  33 1 93  34 2 3 120\n"
    "27 4 47 35 119 66  26 2 75 24  35 4 120 133 108 19  36 2 77 60  28 1 50\n"
    "31 5 63 24 81 126 123  29 3 36 102 59  30 5 22 114 27 120 58  29 5 77 119 23 48 73\n"
    "36 1 61  28 1 81  31 1 78  20 3 94 123 92  24 1 128  35 5 21 91 26 40 107\n"
    "33 3 109 76 59  26 4 68 120 105 54  34 5 14 38 103 110 29  26 3 91 104 51\n"
    "34 5 115 73 112 125 56  25 2 108 96  34 3 59 41 72  26 4 133 134 122 59\n"
    "29 5 100 136 23 98 26  27 1 133  26 4 64 76 67 38  34 5 43 73 83 124 102  28 1 116\n"
    "28 5 91 103 76 137 106  37 3 75 113 103  32 4 97 96 120 38  23 1 15  30 3 56 84 123\n"
    "26 2 3 126  27 5 62 12 57 43 51  31 4 79 60 42 75  36 1 24  38 2 105 21\n"
    "29 4 98 134 64 114  30 5 61 26 27 59 53  28 1 117  29 2 45 139  19 3 21 32 132\n"
    "25 3 119 107 29  31 5 106 23 118 37 107  36 2 73 93  30 2 86 102\n"
    "28 5 39 76 63 139 52  24 3 69 127 95  29 5 115 28 119 100 32  35 3 52 90 116\n"
    "23 5 109 104 90 120 93  26 2 46 85  25 2 101 129  26 1 74  40 2 25 57  23 1 72\n"
    "25 1 134  33 3 74 104 133  23 1 120  31 5 101 138 118 100 28  35 4 131 114 50 104\n"
    "35 1 123  27 1 137  41 2 99 23  32 2 81 133  39 3 97 128 51  21 4 65 84 80 30\n"
    "37 1 67  27 1 64  18 5 86 16 12 78 11  27 1 2  25 4 61 126 63 113  32 2 24 104\n"
    "28 4 84 85 119 46  29 5 59 79 63 104 88  28 1 73  28 5 116 43 114 83 97  23 2 78 101\n"
    "32 2 15 120  22 2 40 77  25 1 134  22 4 124 81 61 98  24 2 43 121  35 3 121 93 33\n"
    "23 5 37 97 34 73 53  31 3 124 74 91  21 3 137 71 41  35 5 85 125 58 104 40  27 1 104\n"
    "27 5 79 123 63 34 87  33 2 101 134  28 3 83 37 85  22 1 85\n";

typedef struct Budget {
    const char *name;
    double share;   /* of what all features cost, rounded to a whole number */
    double optimum; /* greatest profit */
} Budget;

static const Budget budgets[INSTANCE_RELEASES] = {{"nrp-1-0.3", 0.3, 1204},
                                                  {"nrp-1-0.5", 0.5, 1840},
                                                  {"nrp-1-0.7", 0.7, 2507}};

/** Adds a feature to a list of them, once. */
static void list_feature(char list[LIST_MOST], int feature)
{
    char id[32];
    size_t length = strlen(list);
    snprintf(id, sizeof id, "f%03d", feature);
    if (strstr(list, id) != NULL)
        return;
    assert_true(length + strlen(id) + 1 < LIST_MOST);
    snprintf(list + length, LIST_MOST - length, "%s%s", length == 0 ? "" : ";", id);
}

/** Under `value` a feature is money that is worth nothing by itself, under `share` so many points. */
static double write_features(const char **at, bool money, TextRound *round)
{
    TextTable *needs = text_table(round, "needs");
    double total = 0;
    char id[32];
    int levels = instance_count(at), feature = 0;
    for (int level = 0; level < levels; level++)
        for (int count = instance_count(at); count > 0; count--) {
            double cost = instance_figure(at);
            total += cost;
            snprintf(id, sizeof id, "f%03d", ++feature);
            size_t row = instance_need(round, id, cost, money ? "EUR" : "point");
            text_set(needs, row, "weight", "0");
            text_set(needs, row, "indivisible", "yes");
        }
    return total;
}

static void write_prerequisites(const char **at, TextRound *round)
{
    static const char *const column = "requires";
    TextTable *needs = text_table(round, "needs");
    for (int count = instance_count(at); count > 0; count--) {
        int before = instance_count(at), after = instance_count(at);
        char list[LIST_MOST];
        snprintf(list, sizeof list, "%s", text_get(needs, (size_t)after - 1, column));
        list_feature(list, before);
        text_set(needs, (size_t)after - 1, column, "%s", list);
    }
}

/** @return the profit of all customers together. */
static double write_customers(const char **at, bool money, TextRound *round)
{
    TextTable *needs = text_table(round, "needs");
    double total = 0;
    char id[32];
    int customers = instance_count(at);
    for (int c = 0; c < customers; c++) {
        double profit = instance_figure(at);
        char list[LIST_MOST] = "";
        for (int count = instance_count(at); count > 0; count--)
            list_feature(list, instance_count(at));
        snprintf(id, sizeof id, "customer%03d", c + 1);
        size_t row = instance_need(round, id, 0, money ? "customer" : "point");
        text_set(needs, row, money ? "unit_cost" : "weight", "%.10g", profit);
        text_set(needs, row, "requires", "%s", list);
        total += profit;
    }
    return total;
}

Instance instance_release(size_t index, ReleaseForm form)
{
    const char *at = nrp1;
    bool money = form == RELEASE_MONEY;
    Instance instance = instance_new(budgets[index].name, money ? "value" : "share");
    double cost = write_features(&at, money, instance.round);
    double budget = round(budgets[index].share * cost);
    write_prerequisites(&at, instance.round);
    double profit = write_customers(&at, money, instance.round);
    instance_figures_end(at);
    (void)instance_offer(instance.round, "budget", budget, money ? "EUR" : "point");
    instance_stage(&instance, "tier 1", profit - budgets[index].optimum);
    return instance;
}
