/* Knapsack problems in several dimensions of the OR-Library, files mknap1 and mknap2.
 *
 * mknap1: C. C. Petersen, Computational experience with variants of the Balas algorithm applied to the
 *   selection of R&D projects, Management Science 13 (1967) 736-750.
 * weing: H. M. Weingartner and D. N. Ness, Methods for the solution of the multi-dimensional 0/1
 *   knapsack problem, Operations Research 15 (1967) 83-103.
 * weish: W. Shi, A branch and bound method for the multiconstraint zero one knapsack problem, Journal of
 *   the Operational Research Society 30 (1979) 369-378.
 * pb: A. Freville and G. Plateau, Hard 0-1 multiknapsack test problems for size reduction methods,
 *   Investigacion Operativa 1 (1990) 251-270.
 * The optima stand in the files.
 */
#include "tests/support/instance_knapsack.h"

#include <stdio.h>

enum { ITEMS_MOST = 90, RESOURCES_MOST = 10 };

/** Items and resources; the profit of each item; for each resource what each item takes; what there
 *  is of each resource. */
typedef struct Knapsack {
    const char *name;
    double optimum; /* greatest profit */
    const char *figures;
} Knapsack;

static const Knapsack knapsacks[INSTANCE_KNAPSACKS] = {
    {"mknap1-1", 3800,
     "6 10\n"
     "100 600 1200 2400 500 2000\n"
     "8 12 13 64 22 41\n"
     "8 12 13 75 22 41\n"
     "3 6 4 18 6 4\n"
     "5 10 8 32 6 12\n"
     "5 13 8 42 6 20\n"
     "5 13 8 48 6 20\n"
     "0 0 0 0 8 0\n"
     "3 0 4 0 8 0\n"
     "3 2 4 0 8 4\n"
     "3 2 4 8 8 4\n"
     "80 96 20 36 44 48 10 18 22 24\n"},
    {"mknap1-2", 8706.1,
     "10 10\n"
     "600.1 310.5 1800 3850 18.6 198.7 882 4200 402.5 327\n"
     "20 5 100 200 2 4 60 150 80 40\n"
     "20 7 130 280 2 8 110 210 100 40\n"
     "60 3 50 100 4 2 20 40 6 12\n"
     "60 8 70 200 4 6 40 70 16 20\n"
     "60 13 70 250 4 10 60 90 20 24\n"
     "60 13 70 280 4 10 70 105 22 28\n"
     "5 2 20 100 2 5 10 60 0 0\n"
     "45 14 80 180 6 10 40 100 20 0\n"
     "55 14 80 200 6 10 50 140 30 40\n"
     "65 14 80 220 6 10 50 180 30 50\n"
     "450 540 200 360 440 480 200 360 440 480\n"},
    {"mknap1-3", 4015,
     "15 10\n"
     "100 220 90 400 300 400 205 120 160 580 400 140 100 1300 650\n"
     "8 24 13 80 70 80 45 15 28 90 130 32 20 120 40\n"
     "8 44 13 100 100 90 75 25 28 120 130 32 40 160 40\n"
     "3 6 4 20 20 30 8 3 12 14 40 6 3 20 5\n"
     "5 9 6 40 30 40 16 5 18 24 60 16 11 30 25\n"
     "5 11 7 50 40 40 19 7 18 29 70 21 17 30 25\n"
     "5 11 7 55 40 40 21 9 18 29 70 21 17 35 25\n"
     "0 0 1 10 4 10 0 6 0 6 32 3 0 70 10\n"
     "3 4 5 20 14 20 6 12 10 18 42 9 12 100 20\n"
     "3 6 9 30 29 20 12 12 10 30 42 18 18 110 20\n"
     "3 8 9 35 29 20 16 15 10 30 42 20 18 120 20\n"
     "550 700 130 240 280 310 110 205 260 275\n"},
    {"mknap1-4", 6120,
     "20 10\n"
     "100 220 90 400 300 400 205 120 160 580 400 140 100 1300 650 320 480 80 60 2550\n"
     "8 24 13 80 70 80 45 15 28 90 130 32 20 120 40 30 20 6 3 180\n"
     "8 44 13 100 100 90 75 25 28 120 130 32 40 160 40 60 55 10 6 240\n"
     "3 6 4 20 20 30 8 3 12 14 40 6 3 20 5 0 5 3 0 20\n"
     "5 9 6 40 30 40 16 5 18 24 60 16 11 30 25 10 13 5 1 80\n"
     "5 11 7 50 40 40 19 7 18 29 70 21 17 30 25 15 25 5 1 100\n"
     "5 11 7 55 40 40 21 9 18 29 70 21 17 35 25 20 25 5 2 110\n"
     "0 0 1 10 4 10 0 6 0 6 32 3 0 70 10 0 0 0 0 0\n"
     "3 4 5 20 14 20 6 12 10 18 42 9 12 100 20 5 6 4 1 20\n"
     "3 6 9 30 29 20 12 12 10 30 42 18 18 110 20 15 18 7 2 40\n"
     "3 8 9 35 29 20 16 15 10 30 42 20 18 120 20 20 22 7 3 50\n"
     "550 700 130 240 280 310 110 205 260 275\n"},
    {"mknap1-5", 12400,
     "28 10\n"
     "100 220 90 400 300 400 205 120 160 580 400 140 100 1300 650 320 480 80 60 2550 3100\n"
     "1100 950 450 300 220 200 520\n"
     "8 24 13 80 70 80 45 15 28 90 130 32 20 120 40 30 20 6 3 180 220 50 30 50 12 5 8 18\n"
     "8 44 13 100 100 90 75 25 28 120 130 32 40 160 40 60 55 10 6 240 290 80 90 70 27 17 8\n"
     "28\n"
     "3 6 4 20 20 30 8 3 12 14 40 6 3 20 5 0 5 3 0 20 30 40 10 0 5 0 0 10\n"
     "5 9 6 40 30 40 16 5 18 24 60 16 11 30 25 10 13 5 1 80 60 50 20 30 10 5 3 20\n"
     "5 11 7 50 40 40 19 7 18 29 70 21 17 30 25 15 25 5 1 100 70 55 20 50 15 15 6 20\n"
     "5 11 7 55 40 40 21 9 18 29 70 21 17 35 25 20 25 5 2 110 70 55 20 50 20 15 6 20\n"
     "0 0 1 10 4 10 0 6 0 6 32 3 0 70 10 0 0 0 0 0 30 10 0 10 10 5 0 10\n"
     "3 4 5 20 14 20 6 12 10 18 42 9 12 100 20 5 6 4 1 20 50 30 5 20 20 10 10 20\n"
     "3 6 9 30 29 20 12 12 10 30 42 18 18 110 20 15 18 7 2 40 60 50 25 25 25 15 10 28\n"
     "3 8 9 35 29 20 16 15 10 30 42 20 18 120 20 20 22 7 3 50 60 55 25 30 25 15 10 28\n"
     "930 1210 272 462 532 572 240 400 470 490\n"},
    {"mknap1-6", 10618,
     "39 5\n"
     "560 1125 300 620 2100 431 68 328 47 122 322 196 41 25 425 4260 416 115 82 22 631 132\n"
     "420 86 42 103 215 81 91 26 49 420 316 72 71 49 108 116 90\n"
     "40 91 10 30 160 20 3 12 3 18 9 25 1 1 10 280 10 8 1 1 49 8 21 6 1 5 10 8 2 1 0 10 42\n"
     "6 4 8 0 10 1\n"
     "16 92 41 16 150 23 4 18 6 0 12 8 2 1 0 200 20 6 2 1 70 9 22 4 1 5 10 6 4 0 4 12 8 4\n"
     "3 0 10 0 6\n"
     "38 39 32 71 80 26 5 40 8 12 30 15 0 1 23 100 0 20 3 0 40 6 8 0 6 4 22 4 6 1 5 14 8 2\n"
     "8 0 20 0 0\n"
     "8 71 30 60 200 18 6 30 4 8 31 6 3 0 18 60 21 4 0 2 32 15 31 2 2 7 8 2 8 0 2 8 6 7 1\n"
     "0 0 20 8\n"
     "38 52 30 42 170 9 7 20 0 3 21 4 1 2 14 310 8 4 6 1 18 15 38 10 4 8 6 0 0 3 0 10 6 1\n"
     "3 0 3 5 4\n"
     "600 500 500 500 600\n"},
    {"mknap1-7", 16537,
     "50 5\n"
     "560 1125 300 620 2100 431 68 328 47 122 322 196 41 25 425 4260 416 115 82 22 631 132\n"
     "420 86 42 103 215 81 91 26 49 420 316 72 71 49 108 116 90 738 1811 430 3060 215 58\n"
     "296 620 418 47 81\n"
     "40 91 10 30 160 20 3 12 3 18 9 25 1 1 10 280 10 8 1 1 49 8 21 6 1 5 10 8 2 1 0 10 42\n"
     "6 4 8 0 10 1 40 86 11 120 8 3 32 28 13 2 4\n"
     "16 92 41 16 150 23 4 18 6 0 12 8 2 1 0 200 20 6 2 1 70 9 22 4 1 5 10 6 4 0 4 12 8 4\n"
     "3 0 10 0 6 28 93 9 30 22 0 36 45 13 2 2\n"
     "38 39 32 71 80 26 5 40 8 12 30 15 0 1 23 100 0 20 3 0 40 6 8 0 6 4 22 4 6 1 5 14 8 2\n"
     "8 0 20 0 0 6 12 6 80 13 6 22 14 0 1 2\n"
     "8 71 30 60 200 18 6 30 4 8 31 6 3 0 18 60 21 4 0 2 32 15 31 2 2 7 8 2 8 0 2 8 6 7 1\n"
     "0 0 20 8 14 20 2 40 6 1 14 20 12 0 1\n"
     "38 52 30 42 170 9 7 20 0 3 21 4 1 2 14 310 8 4 6 1 18 15 38 10 4 8 6 0 0 3 0 10 6 1\n"
     "3 0 3 5 4 0 30 12 16 18 3 16 22 30 4 0\n"
     "800 650 550 550 650\n"},
    {"weing1", 141278,
     "28 2\n"
     "1898 440 22507 270 14148 3100 4650 30800 615 4975 1160 4225 510 11880 479 440 490\n"
     "330 110 560 24355 2885 11748 4550 750 3720 1950 10500\n"
     "45 0 85 150 65 95 30 0 170 0 40 25 20 0 0 25 0 0 25 0 165 0 85 0 0 0 0 100\n"
     "30 20 125 5 80 25 35 73 12 15 15 40 5 10 10 12 10 9 0 20 60 40 50 36 49 40 19 150\n"
     "600 600\n"},
    {"weing2", 130883,
     "28 2\n"
     "1898 440 22507 270 14148 3100 4650 30800 615 4975 1160 4225 510 11880 479 440 490\n"
     "330 110 560 24355 2885 11748 4550 750 3720 1950 10500\n"
     "45 0 85 150 65 95 30 0 170 0 40 25 20 0 0 25 0 0 25 0 165 0 85 0 0 0 0 100\n"
     "30 20 125 5 80 25 35 73 12 15 15 40 5 10 10 12 10 9 0 20 60 40 50 36 49 40 19 150\n"
     "500 500\n"},
    {"pb1", 3090,
     "27 4\n"
     "560 1125 68 47 122 196 41 25 115 82 22 631 132 420 86 42 103 81 26 49 316 72 71 49\n"
     "108 116 90\n"
     "40 91 3 3 18 25 1 1 8 1 1 49 8 21 6 1 5 8 1 0 42 6 4 8 0 10 1\n"
     "16 92 4 6 0 8 2 1 6 2 1 70 9 22 4 1 5 6 0 4 8 4 3 0 10 0 6\n"
     "38 39 5 8 12 15 0 1 20 3 0 40 6 8 0 6 4 4 1 5 8 2 8 0 20 0 0\n"
     "38 52 7 0 3 4 1 2 4 6 1 18 15 38 10 4 8 0 3 0 6 1 3 0 3 5 4\n"
     "207 185 168 160\n"},
    {"weish30", 11191,
     "90 5\n"
     "360 83 59 130 431 67 230 52 93 125 670 892 600 38 48 147 78 256 63 17 120 164 432 35\n"
     "92 110 22 42 50 323 514 28 87 73 78 15 26 78 210 36 85 189 274 43 33 10 19 389 276\n"
     "312 94 68 73 192 41 163 16 40 195 138 73 152 400 26 14 170 205 57 369 435 123 25 94\n"
     "88 90 146 55 29 82 74 100 72 31 29 316 244 70 82 90 52\n"
     "7 0 30 22 80 94 11 81 70 64 59 18 0 36 3 8 15 42 9 0 42 47 52 32 26 48 55 6 29 84 2\n"
     "4 18 56 7 29 93 44 71 3 86 66 31 65 0 79 20 65 52 13 48 14 5 72 14 39 46 27 11 91 15\n"
     "25 0 94 53 48 27 99 6 17 69 43 0 57 7 21 78 10 37 26 20 8 4 43 17 25 36 60 84 40\n"
     "8 66 98 50 0 30 0 88 15 37 26 72 61 57 17 27 83 3 9 66 97 42 2 44 71 11 25 74 90 20\n"
     "0 38 33 14 9 23 12 58 6 14 78 0 12 99 84 31 16 7 33 20 5 18 96 63 31 0 70 4 66 9 15\n"
     "25 2 0 48 1 40 31 82 79 56 34 3 19 52 36 95 6 35 34 74 26 10 85 63 31 22 9 92 18\n"
     "3 74 88 50 55 19 0 6 30 62 17 81 25 46 67 28 36 8 1 52 19 37 27 62 39 84 16 14 21 5\n"
     "60 82 72 89 16 5 29 7 80 97 41 46 15 92 51 76 57 90 10 37 25 93 5 39 0 97 6 96 2 81\n"
     "69 4 32 78 65 83 62 89 45 53 52 76 72 23 89 48 41 1 27 19 3 32 82 20 2 51 18 42 4 26\n"
     "21 40 0 6 82 91 43 30 62 91 10 41 12 4 80 77 98 50 78 35 7 1 96 67 85 4 23 38 2 57 4\n"
     "53 0 33 2 25 14 97 87 42 15 65 19 83 67 70 80 39 9 5 41 31 36 15 30 87 28 13 40 0 51\n"
     "79 75 43 91 60 24 18 85 83 3 85 2 5 51 63 52 85 17 62 7 86 48 2 1 15 74 80 57 16\n"
     "94 86 80 92 31 17 65 51 46 66 44 3 26 0 39 20 11 6 55 70 11 75 82 35 47 99 5 14 23\n"
     "38 94 66 64 27 77 50 28 25 61 10 30 15 12 24 90 25 39 47 98 83 56 36 6 66 89 45 38 1\n"
     "18 88 19 39 20 1 7 34 68 32 31 58 41 99 92 67 33 26 25 68 37 6 11 17 48 79 63 77 17\n"
     "29 18 60\n"
     "2100 1100 3300 3700 3600\n"},
};

/** An instance as read. */
typedef struct Figures {
    int items, resources;
    double profit[ITEMS_MOST];
    double takes[RESOURCES_MOST][ITEMS_MOST];
    double total; /* of the profits */
} Figures;

static Figures read_items(const char **at)
{
    Figures read = {.items = instance_count(at), .resources = instance_count(at)};
    assert_true(read.items <= ITEMS_MOST && read.resources <= RESOURCES_MOST);
    for (int i = 0; i < read.items; i++) {
        read.profit[i] = instance_figure(at);
        read.total += read.profit[i];
    }
    for (int r = 0; r < read.resources; r++)
        for (int i = 0; i < read.items; i++)
            read.takes[r][i] = instance_figure(at);
    return read;
}

/** The parts of an item: a need for each resource that it takes of. The profit is the weight of the
 *  first when they are a bundle, of the outcome when one requires them. */
static void write_item(const Figures *read, int item, KnapsackForm form, TextRound *round)
{
    TextTable *needs = text_table(round, "needs");
    char id[32], part[48], unit[32], list[256] = "";
    size_t length = 0;
    snprintf(id, sizeof id, "item%02d", item + 1);
    for (int r = 0; r < read->resources; r++) {
        if (read->takes[r][item] <= 0)
            continue;
        snprintf(part, sizeof part, "%s.r%02d", id, r + 1);
        snprintf(unit, sizeof unit, "unit%02d", r + 1);
        size_t row = instance_need(round, part, read->takes[r][item], unit);
        text_set(needs, row, "indivisible", "yes");
        text_set(needs, row, "weight", "%.10g",
                 form == KNAPSACK_BUNDLES && length == 0 ? read->profit[item] : 0.0);
        if (form == KNAPSACK_BUNDLES)
            text_set(needs, row, "bundle", "%s", id);
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s",
                                   length == 0 ? "" : ";", part);
        assert_true(length < sizeof list);
    }
    assert_true(length > 0);
    if (form == KNAPSACK_OUTCOMES) {
        size_t row = instance_need(round, id, 0, "item");
        text_set(needs, row, "weight", "%.10g", read->profit[item]);
        text_set(needs, row, "requires", "%s", list);
    }
}

Instance instance_knapsack(size_t index, KnapsackForm form)
{
    const char *at = knapsacks[index].figures;
    Figures read = read_items(&at);
    char offer[32], unit[32];
    Instance instance = instance_new(knapsacks[index].name, "share");
    for (int i = 0; i < read.items; i++)
        write_item(&read, i, form, instance.round);
    for (int r = 0; r < read.resources; r++) {
        snprintf(offer, sizeof offer, "resource%02d", r + 1);
        snprintf(unit, sizeof unit, "unit%02d", r + 1);
        (void)instance_offer(instance.round, offer, instance_figure(&at), unit);
    }
    instance_figures_end(at);
    instance_stage(&instance, "tier 1", read.total - knapsacks[index].optimum);
    return instance;
}
