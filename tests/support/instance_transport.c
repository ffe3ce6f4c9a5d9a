/* Transportation problems from textbooks.
 *
 * canning: G. B. Dantzig, Linear Programming and Extensions, Princeton 1963, section 3.3, as
 *   R. E. Rosenthal's tutorial and the model library of GAMS have it (trnsport): 153.675 thousand.
 * The others: F. S. Hillier and G. J. Lieberman, Introduction to Operations Research, the chapter
 * "The Transportation and Assignment Problems":
 *   peas: P & T Company, 152,535;
 *   planes: Northern Airplane Company, a month is not supplied from a later one, 77.3;
 *   water: Metro Water District, whose cities have a least amount each and share what there is: 2,460;
 *   products, split: Better Products Company, option 1, a product may be made in several plants, 3,260;
 *   products, whole: its option 2, each is made in one plant: 3,290.
 */
#include "tests/support/instance_transport.h"

#include <stdio.h>

enum { SOURCES_MOST = 4, MARKETS_MOST = 4 };

/** No shipping: pairs without a row (`eligibility = pairs`). */
#define BARRED (-1.0)

typedef struct Transport {
    const char *name;
    int sources, markets;
    double supply[SOURCES_MOST];
    double demand[MARKETS_MOST];
    double least[MARKETS_MOST]; /* what a market is sent at least; 0: no such rule */
    double cost[SOURCES_MOST][MARKETS_MOST];
    bool whole;      /* a market is served by one source, in full or not at all */
    double shortage; /* what the supplies leave of the demands */
    double optimum;
} Transport;

static const Transport transports[INSTANCE_TRANSPORTS] = {
    {.name = "canning",
     .sources = 2,
     .markets = 3,
     .supply = {350, 600},
     .demand = {325, 300, 275},
     .cost = {{0.225, 0.153, 0.162}, {0.225, 0.162, 0.126}},
     .optimum = 153.675},
    {.name = "peas",
     .sources = 3,
     .markets = 4,
     .supply = {75, 125, 100},
     .demand = {80, 65, 70, 85},
     .cost = {{464, 513, 654, 867}, {352, 416, 690, 791}, {995, 682, 388, 685}},
     .optimum = 152535},
    {.name = "planes",
     .sources = 4,
     .markets = 4,
     .supply = {25, 35, 30, 10},
     .demand = {10, 15, 25, 20},
     .cost = {{1.080, 1.095, 1.110, 1.125},
              {BARRED, 1.110, 1.125, 1.140},
              {BARRED, BARRED, 1.100, 1.115},
              {BARRED, BARRED, BARRED, 1.130}},
     .optimum = 77.3},
    {.name = "water",
     .sources = 3,
     .markets = 4,
     .supply = {50, 60, 50},
     .demand = {50, 70, 30, 60},
     .least = {30, 70, 0, 10},
     .cost = {{16, 13, 22, 17}, {14, 13, 19, 15}, {19, 20, 23, BARRED}},
     .shortage = 50,
     .optimum = 2460},
    {.name = "products, split",
     .sources = 3,
     .markets = 4,
     .supply = {75, 75, 45},
     .demand = {20, 30, 30, 40},
     .cost = {{41, 27, 28, 24}, {40, 29, BARRED, 23}, {37, 30, 27, 21}},
     .optimum = 3260},
    {.name = "products, whole",
     .sources = 3,
     .markets = 4,
     .supply = {75, 75, 45},
     .demand = {20, 30, 30, 40},
     .cost = {{41, 27, 28, 24}, {40, 29, BARRED, 23}, {37, 30, 27, 21}},
     .whole = true,
     .optimum = 3290},
};

static void write_markets(const Transport *transport, TextRound *round)
{
    char market[32], rule[32];
    for (int m = 0; m < transport->markets; m++) {
        snprintf(market, sizeof market, "market%d", m + 1);
        size_t row = instance_need(round, market, transport->demand[m], "case");
        if (transport->whole) {
            text_set(text_table(round, "needs"), row, "indivisible", "yes");
            text_set(text_table(round, "needs"), row, "max_donors", "1");
        }
        snprintf(rule, sizeof rule, "least%d", m + 1);
        if (transport->least[m] > 0)
            instance_rule(round, rule, "floor", market, transport->least[m], "case");
    }
}

static void write_sources(const Transport *transport, TextRound *round)
{
    char market[32], source[32];
    for (int s = 0; s < transport->sources; s++) {
        snprintf(source, sizeof source, "source%d", s + 1);
        (void)instance_offer(round, source, transport->supply[s], "case");
        for (int m = 0; m < transport->markets; m++) {
            if (transport->cost[s][m] < 0)
                continue;
            snprintf(market, sizeof market, "market%d", m + 1);
            size_t row = instance_pair(round, market, source);
            text_set(text_table(round, "pairs"), row, "cost", "%.10g", transport->cost[s][m]);
        }
    }
}

Instance instance_transport(size_t index)
{
    const Transport *transport = &transports[index];
    Instance instance = instance_new(transport->name, "quantity");
    text_setting(instance.round, "stages", "cost");
    text_setting(instance.round, "eligibility", "pairs");
    write_markets(transport, instance.round);
    write_sources(transport, instance.round);
    instance_stage(&instance, "tier 1", transport->shortage);
    instance_stage(&instance, "cost", transport->optimum);
    return instance;
}
