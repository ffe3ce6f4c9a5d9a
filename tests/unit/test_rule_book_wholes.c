/* Exact sums of rules of all or nothing and of rules that count, moved line by line. */
#include "allot/rule_book.h"
#include "tests/support/round_case.h"

#include <string.h>

/* N1 10 EUR, N2 20 EUR, N3 5 seats at 4 EUR; O1 and O2 money, O3 seats. A line of O1 is of 5 EUR at
 * least, N1 takes 6 EUR or nothing, at most one donor serves N2, R1 lets offers serve two needs, R2 is
 * a fee, R3 a ticket over N1 and N2 together. */
static const CaseFile FILES[] = {{"needs.csv",
                                  "id,category,quantity,unit,unit_cost,min_quantity,max_donors\n"
                                  "N1,HW,10,EUR,,6,\n"
                                  "N2,HW,20,EUR,,,1\n"
                                  "N3,HW,5,seat,4,,\n"},
                                 {"offers.csv", "id,donor,quantity,unit,min_ticket\n"
                                                "O1,DE,100,EUR,5\n"
                                                "O2,FR,100,EUR,\n"
                                                "O3,FR,5,seat,\n"},
                                 {"rules.csv", "id,kind,need,count,of,value\n"
                                               "R1,count,,2,needs,\n"
                                               "R2,fee,,,,7\n"
                                               "R3,ticket,N1;N2,,,8\n"},
                                 {NULL, NULL}};

#define SEATS INT64_C(1000000)

typedef struct Fixture {
    Pipeline *run;
    RuleBook book;
    int n1o1, n1o2, n2o1, n2o2, n3o3;
    size_t minimum, ticket, donors, needs, fee, row;
} Fixture;

static int pair_of(const Fixture *f, const char *need, const char *offer)
{
    return (int)(case_pair_of(f->run, need, offer) - f->run->pairs.pairs);
}

static size_t rule_of(const Fixture *f, RuleFamily family, const char *id, int pair)
{
    const RuleSet *rules = &f->run->rules;
    for (size_t r = 0; r < rules->count; r++)
        for (size_t k = 0; k < rules->rules[r].count; k++)
            if (rules->rules[r].family == family && rules->rules[r].pairs[k] == pair &&
                strcmp(rules->rules[r].id, id) == 0)
                return r;
    fail_msg("there is no rule of %s", id);
    return 0;
}

static void open_fixture(Fixture *f)
{
    f->run = case_formulate(FILES);
    if (f->run->status != STATUS_OK)
        pipeline_print(f->run);
    assert_int_equal(f->run->status, STATUS_OK);
    assert_int_equal(
        rule_book_init(&f->run->round, &f->run->pairs, &f->run->rules, f->run->arena, &f->book),
        STATUS_OK);
    f->n1o1 = pair_of(f, "N1", "O1");
    f->n1o2 = pair_of(f, "N1", "O2");
    f->n2o1 = pair_of(f, "N2", "O1");
    f->n2o2 = pair_of(f, "N2", "O2");
    f->n3o3 = pair_of(f, "N3", "O3");
    f->minimum = rule_of(f, FAMILY_MINIMUM, "N1", f->n1o1);
    f->ticket = rule_of(f, FAMILY_TICKET, "O1", f->n1o1);
    f->donors = rule_of(f, FAMILY_NUMBER, "N2", f->n2o1);
    f->needs = rule_of(f, FAMILY_NUMBER, "R1", f->n1o1);
    f->fee = rule_of(f, FAMILY_FEE, "R2", f->n1o1);
    f->row = rule_of(f, FAMILY_TICKET, "R3", f->n1o1);
}

static void set(Fixture *f, int pair, int64_t quantity)
{
    assert_int_equal(rule_book_set(&f->book, pair, quantity), STATUS_OK);
}

#define assert_slack(f, rule, want) assert_int_equal(rule_book_slack(&(f).book, (f).rule), (want))

static void an_empty_plan_breaks_nothing(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    assert_slack(f, minimum, INT64_MAX);
    assert_slack(f, ticket, INT64_MAX);
    assert_slack(f, row, INT64_MAX);
    assert_slack(f, fee, INT64_MAX);
    assert_slack(f, donors, 1);
    assert_slack(f, needs, 2);
    pipeline_free(f.run);
}

static void all_or_nothing_is_short_by_what_its_lines_lack_together(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    set(&f, f.n1o1, 499);
    assert_slack(f, minimum, -101);
    assert_slack(f, ticket, -1);
    assert_slack(f, row, -301);
    set(&f, f.n1o2, 101);
    assert_slack(f, minimum, 0);
    assert_slack(f, ticket, -1); /* of O1's own line */
    set(&f, f.n2o2, 250);
    assert_slack(f, minimum, 0);
    assert_slack(f, row, 50);
    set(&f, f.n1o1, 0);
    assert_slack(f, ticket, INT64_MAX);
    assert_slack(f, minimum, -499);
    set(&f, f.n1o2, 0);
    assert_slack(f, minimum, INT64_MAX); /* nothing is right, too */
    assert_slack(f, row, -550);
    pipeline_free(f.run);
}

static void items_count_once_however_many_lines_they_have(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    set(&f, f.n1o1, 600);
    set(&f, f.n1o2, 1);
    assert_slack(f, needs, 1);
    set(&f, f.n2o1, 500);
    assert_slack(f, needs, 0);
    assert_slack(f, donors, 0);
    set(&f, f.n2o2, 1);
    assert_slack(f, needs, 0);
    assert_slack(f, donors, -1);
    set(&f, f.n3o3, SEATS);
    assert_slack(f, needs, -1);
    set(&f, f.n3o3, 2 * SEATS); /* more of the same line */
    assert_slack(f, needs, -1);
    set(&f, f.n1o2, 0); /* the other line of N1 stays */
    assert_slack(f, needs, -1);
    set(&f, f.n1o1, 0);
    assert_slack(f, needs, 0);
    assert_slack(f, fee, INT64_MAX);
    pipeline_free(f.run);
}

static void a_line_below_its_least_is_not_admitted_and_none_is(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    assert_false(rule_book_admits(&f.book, f.n1o1, 1));
    assert_false(rule_book_admits(&f.book, f.n1o1, 599)); /* N1's least */
    assert_false(rule_book_admits(&f.book, f.n1o1, 799)); /* R3 */
    assert_true(rule_book_admits(&f.book, f.n1o1, 800));
    assert_false(rule_book_admits(&f.book, f.n2o1, 499));
    set(&f, f.n1o1, 800);
    assert_true(rule_book_admits(&f.book, f.n2o1, 500)); /* the row is met together */
    assert_false(rule_book_admits(&f.book, f.n1o1, 799));
    assert_true(rule_book_admits(&f.book, f.n1o1, 0));
    assert_true(rule_book_admits(&f.book, f.n1o1, 801));
    assert_int_equal(f.book.quantity[f.n1o1], 800); /* asking changes nothing */
    assert_slack(f, needs, 1);
    pipeline_free(f.run);
}

static void one_item_too_many_is_not_admitted(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    set(&f, f.n2o2, 900);
    assert_false(rule_book_admits(&f.book, f.n2o1, 500)); /* another donor */
    set(&f, f.n3o3, SEATS);
    assert_false(rule_book_admits(&f.book, f.n1o2, 600)); /* a third need */
    assert_true(rule_book_admits(&f.book, f.n2o2, 901));
    set(&f, f.n3o3, 0);
    assert_true(rule_book_admits(&f.book, f.n1o2, 600));
    pipeline_free(f.run);
}

/* What is broken may only get better. */
static void a_broken_rule_admits_what_brings_it_nearer(void **state)
{
    Fixture f;
    (void)state;
    open_fixture(&f);
    set(&f, f.n2o2, 900);
    set(&f, f.n1o2, 300);
    assert_slack(f, minimum, -300);
    assert_true(rule_book_admits(&f.book, f.n1o2, 301));
    assert_false(rule_book_admits(&f.book, f.n1o2, 299));
    assert_true(rule_book_admits(&f.book, f.n1o2, 0));
    pipeline_free(f.run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_plan_breaks_nothing),
        cmocka_unit_test(all_or_nothing_is_short_by_what_its_lines_lack_together),
        cmocka_unit_test(items_count_once_however_many_lines_they_have),
        cmocka_unit_test(a_line_below_its_least_is_not_admitted_and_none_is),
        cmocka_unit_test(one_item_too_many_is_not_admitted),
        cmocka_unit_test(a_broken_rule_admits_what_brings_it_nearer),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
