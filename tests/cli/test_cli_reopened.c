/* An urgent need where all is agreed: nobody is asked again whose line need not lose anything. Tiny rounds are held
 * against every way in which the agreed lines could lose: how much the urgent need has, what is taken and what the tiers
 * lose must be the least there is, and of the ways that reach that, one with the fewest lines is decided. Of as many
 * lines those of the fewest donors are looked for, and not found in every round: in 790 of the first 800.
 */
#include "tests/support/program.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINES_MOST = 5,
    OFFERS_MOST = 4,
    TIERS = 3,
    AMOUNT_MOST = 6,
    ROUNDS = 60,
    CENTS = 100,
    TEXT_MOST = 2048
};

static const char *const DONORS[] = {"DE", "EE", "FR", "PL"};

/** Line i: N-i, all of its own, from an offer; the offer serves its lines' needs and, where it is open to it, U-1. */
typedef struct Case {
    int lines, offers;
    int amount[LINES_MOST], tier[LINES_MOST], offer[LINES_MOST];
    bool whole[LINES_MOST]; /* all or nothing */
    int spare[OFFERS_MOST], donor[OFFERS_MOST];
    bool serves[OFFERS_MOST]; /* U-1 */
    int urgent;
} Case;

/** How a way to lose is judged: what U-1 lacks, what is taken, what the tiers lose, the first first; then lines. */
typedef struct Judged {
    int lacks, taken, tiers[TIERS];
    int opened, donors;
} Judged;

static uint32_t seed;

static int drawn(int least, int most)
{
    seed = (uint32_t)((uint64_t)seed * 48271u % 2147483647u);
    return least + (int)(seed / 7 % (uint32_t)(most - least + 1));
}

static Case draw(uint32_t number)
{
    Case c = {.lines = 0};
    seed = number * 7919u + 1;
    c.lines = drawn(2, LINES_MOST);
    c.offers = drawn(1, OFFERS_MOST);
    bool any_whole = drawn(0, 2) == 0, one_tier = drawn(0, 1) == 0;
    for (int o = 0; o < c.offers; o++) {
        c.spare[o] = drawn(0, 3) == 0 ? drawn(1, 3) : 0;
        c.donor[o] = drawn(0, 3);
        c.serves[o] = o == 0 || drawn(0, 4) > 0;
    }
    for (int i = 0; i < c.lines; i++) {
        c.amount[i] = drawn(1, AMOUNT_MOST);
        c.tier[i] = one_tier ? 2 : drawn(1, TIERS);
        c.offer[i] = drawn(0, c.offers - 1);
        c.whole[i] = any_whole && drawn(0, 1) == 0;
    }
    c.urgent = drawn(1, 12);
    return c;
}

/** What the losses, in cents, come to. */
static Judged judge(const Case *c, const int *lost)
{
    Judged j = {.lacks = CENTS * c->urgent};
    bool asked[4] = {false};
    for (int o = 0; o < c->offers; o++)
        j.lacks -= c->serves[o] ? CENTS * c->spare[o] : 0;
    for (int i = 0; i < c->lines; i++) {
        j.lacks -= c->serves[c->offer[i]] ? lost[i] : 0;
        j.taken += lost[i];
        j.tiers[c->tier[i] - 1] += lost[i];
        j.opened += lost[i] > 0;
        if (lost[i] > 0)
            asked[c->donor[c->offer[i]]] = true;
    }
    for (int d = 0; d < 4; d++)
        j.donors += asked[d];
    j.lacks = j.lacks < 0 ? 0 : j.lacks;
    return j;
}

/** Below 0 where @p a is better, by what it reaches and, @p all, by lines and donors. */
static int compare(const Judged *a, const Judged *b, bool all)
{
    int order = a->lacks != b->lacks ? a->lacks - b->lacks : a->taken - b->taken;
    for (int t = 0; t < TIERS && order == 0; t++)
        order = a->tiers[t] - b->tiers[t];
    if (order == 0 && all)
        order = a->opened != b->opened ? a->opened - b->opened : a->donors - b->donors;
    return order;
}

static void search(const Case *c, int line, int *lost, Judged *best)
{
    if (line == c->lines) {
        Judged j = judge(c, lost);
        if (best->opened < 0 || compare(&j, best, true) < 0)
            *best = j;
        return;
    }
    for (int l = 0; l <= c->amount[line]; l += c->whole[line] ? c->amount[line] : 1) {
        lost[line] = CENTS * l;
        search(c, line + 1, lost, best);
    }
}

/* ---- the same, decided -------------------------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void add(char *text, const char *format, ...)
{
    size_t length = strlen(text);
    va_list list;
    va_start(list, format);
    (void)vsnprintf(text + length, TEXT_MOST - length, format, list);
    va_end(list);
}

static void write_offers(Program *p, const Case *c)
{
    char offers[TEXT_MOST] = "id,donor,quantity,only_needs\n", served[TEXT_MOST];
    for (int o = 0; o < c->offers; o++) {
        int sum = c->spare[o];
        served[0] = '\0';
        for (int i = 0; i < c->lines; i++) {
            sum += c->offer[i] == o ? c->amount[i] : 0;
            if (c->offer[i] == o)
                add(served, "N-%d;", i);
        }
        add(served, "%s", c->serves[o] ? "U-1" : "N-none");
        add(offers, "O-%d,%s,%d,%s\n", o, DONORS[c->donor[o]], sum, served);
    }
    program_table(p, "offers.csv", offers);
}

static void write_answers(Program *p, const Case *c)
{
    for (int d = 0; d < 4; d++) {
        char answers[TEXT_MOST] = "need,offer,quantity,decision,agreed,other_need,comment\n";
        char name[32];
        size_t empty = strlen(answers);
        for (int i = 0; i < c->lines; i++)
            if (c->donor[c->offer[i]] == d)
                add(answers, "N-%d,O-%d,%d,agree,,,\n", i, c->offer[i], c->amount[i]);
        (void)snprintf(name, sizeof name, "donor-%s.csv", DONORS[d]);
        if (strlen(answers) > empty)
            program_put(p, "a", name, answers);
    }
}

static void write_round(Program *p, const Case *c)
{
    char needs[TEXT_MOST] = "id,category,quantity,priority,indivisible\nN-none,NO,1,3,\n";
    char lines[TEXT_MOST] = "need,offer,quantity\n";
    for (int i = 0; i < c->lines; i++) {
        add(needs, "N-%d,HW,%d,%d,%s\n", i, c->amount[i], c->tier[i], c->whole[i] ? "yes" : "");
        add(lines, "N-%d,O-%d,%d\n", i, c->offer[i], c->amount[i]);
    }
    add(needs, "U-1,SOC,%d,4,\n", c->urgent);
    program_script(p, "rm -rf r a before p t; mkdir r a before");
    program_table(p, "needs.csv", needs);
    write_offers(p, c);
    program_put(p, "before", "assignments.csv", lines);
    write_answers(p, c);
}

/** What each line has lost in the plan t, in cents. */
static void read_lost(Program *p, const Case *c, int *lost)
{
    for (int i = 0; i < c->lines; i++)
        lost[i] = CENTS * c->amount[i];
    program_script(p, "grep '^N-' t/assignments.csv | cut -d, -f1,4 | tr -d 'N.-'");
    for (const char *at = p->run.out; *at != '\0'; at = strchr(at, '\n') + 1) {
        char *end;
        long line = strtol(at, &end, 10);
        lost[line] -= (int)strtol(end + 1, NULL, 10);
    }
}

static Judged decided(Program *p, const Case *c)
{
    int lost[LINES_MOST];
    write_round(p, c);
    ALLOT(p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "p", "-q",
          "--explain", "none");
    assert_exit(p, 0);
    ALLOT(p, "solve", "r", "--urgent", "U-1", "--previous", "p", "--tables", "t", "-q", "--explain",
          "none");
    assert_exit(p, 0);
    read_lost(p, c, lost);
    return judge(c, lost);
}

static void nobody_is_asked_again_who_need_not_be(void **state)
{
    Program p;
    int more_donors = 0;
    (void)state;
    program_open(&p);
    for (uint32_t number = 0; number < ROUNDS; number++) {
        Case c = draw(number);
        Judged best = {.opened = -1};
        int lost[LINES_MOST];
        search(&c, 0, lost, &best);
        Judged is = decided(&p, &c);
        if (compare(&is, &best, false) != 0 || is.opened != best.opened)
            fail_msg("round %u: lacks %d, taken %d, tiers %d %d %d, opened %d of %d donors; best: "
                     "%d, %d, %d %d %d, %d of %d",
                     number, is.lacks, is.taken, is.tiers[0], is.tiers[1], is.tiers[2], is.opened,
                     is.donors, best.lacks, best.taken, best.tiers[0], best.tiers[1], best.tiers[2],
                     best.opened, best.donors);
        more_donors += is.donors > best.donors;
    }
    assert_in_range(more_donors, 0, 1);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_asked_again_who_need_not_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
