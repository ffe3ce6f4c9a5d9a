/* Max-min fair sharing of links.
 *
 * D. Bertsekas and R. Gallager, Data Networks, second edition, Prentice Hall 1992, sections 6.1, 6.5.2:
 *   five sessions: links of capacity 1. Sessions 2, 3 and 5 share a link and get 1/3 each; one of them
 *     shares a second link with session 1, which gets 2/3; session 4 has a link of its own and gets 1.
 *     Capacities are times 3 here, so that the rates are whole.
 *   line: one session runs over all of n links, and each link has another one. Evenly each gets half
 *     a link, (n + 1) / 2 in all; the most that can be carried is n, with nothing for the long one.
 *     Here n = 3, capacities are 2, and both orders are asked: evenness or throughput first.
 * S. Keshav, An Engineering Approach to Computer Networking, Addison-Wesley 1997, pages 215-217:
 *   demands: 2, 2.6, 4 and 5 of a capacity of 10 are met with 2, 2.6, 2.7, 2.7;
 *   weights: demands of 4, 2, 10, 4 with the weights 2.5, 4, 0.5, 1 of a capacity of 16 are met with
 *     4, 2, 6, 4.
 */
#include "tests/support/instance_sharing.h"

enum { SESSIONS_MOST = 5, LINKS_MOST = 3 };

typedef struct Session {
    const char *id;
    double demand; /* as much as its links carry where nothing else is published */
    double weight;
    double rate; /* published */
} Session;

typedef struct Link {
    const char *sessions; /* a list */
    double capacity;
} Link;

typedef struct Sharing {
    const char *name;
    bool money;            /* rates are euros, else whole things */
    bool throughput_first; /* within_tier = shortfall;fairness */
    Session sessions[SESSIONS_MOST];
    Link links[LINKS_MOST];
} Sharing;

static const Sharing sharings[INSTANCE_SHARINGS] = {
    {.name = "five sessions",
     .sessions =
         {{"s1", 3, 1, 2}, {"s2", 3, 1, 1}, {"s3", 3, 1, 1}, {"s4", 3, 1, 3}, {"s5", 3, 1, 1}},
     .links = {{"s2;s3;s5", 3}, {"s1;s3", 3}, {"s4", 3}}},
    {.name = "line, even",
     .sessions = {{"long", 2, 1, 1}, {"s1", 2, 1, 1}, {"s2", 2, 1, 1}, {"s3", 2, 1, 1}},
     .links = {{"long;s1", 2}, {"long;s2", 2}, {"long;s3", 2}}},
    {.name = "line, most",
     .throughput_first = true,
     .sessions = {{"long", 2, 1, 0}, {"s1", 2, 1, 2}, {"s2", 2, 1, 2}, {"s3", 2, 1, 2}},
     .links = {{"long;s1", 2}, {"long;s2", 2}, {"long;s3", 2}}},
    {.name = "demands",
     .money = true,
     .sessions = {{"s1", 2, 1, 2}, {"s2", 2.6, 1, 2.6}, {"s3", 4, 1, 2.7}, {"s4", 5, 1, 2.7}},
     .links = {{"s1;s2;s3;s4", 10}}},
    {.name = "weights",
     .sessions = {{"s1", 4, 2.5, 4}, {"s2", 2, 4, 2}, {"s3", 10, 0.5, 6}, {"s4", 4, 1, 4}},
     .links = {{"s1;s2;s3;s4", 16}}},
};

static const char *const rule_ids[LINKS_MOST] = {"link1", "link2", "link3"};

Instance instance_sharing(size_t index)
{
    const Sharing *sharing = &sharings[index];
    const char *unit = sharing->money ? "EUR" : "rate";
    double missing = 0;
    Instance instance = instance_new(sharing->name, sharing->money ? "value" : "quantity");
    text_setting(instance.round, "fairness", "need");
    text_setting(instance.round, "fairness_by", "quantity");
    text_setting(instance.round, "within_tier",
                 sharing->throughput_first ? "shortfall;fairness" : "fairness;shortfall");
    (void)instance_offer(instance.round, "network", 1000, unit);
    for (int s = 0; s < SESSIONS_MOST && sharing->sessions[s].id != NULL; s++) {
        const Session *session = &sharing->sessions[s];
        size_t row = instance_need(instance.round, session->id, session->demand, unit);
        text_set(text_table(instance.round, "needs"), row, "weight", "%.10g", session->weight);
        instance_amount(&instance, session->id, session->rate, session->weight);
        missing += session->weight * (session->demand - session->rate);
    }
    for (int l = 0; l < LINKS_MOST && sharing->links[l].sessions != NULL; l++)
        instance_rule(instance.round, rule_ids[l], "limit", sharing->links[l].sessions,
                      sharing->links[l].capacity, unit);
    instance_stage(&instance, "tier 1", missing);
    return instance;
}
