/* The rows of C6 to C11: which lines a program lets through, told by hand for small rounds. A point is
 * allowed when some choice of the binaries keeps every row; all of them are tried.
 */
#include "tests/support/case_tables.h"

enum { LINES_AT_MOST = 5, BINARIES_AT_MOST = 14, POINTS_AT_MOST = 14 };

/** Lines as "need offer", and what each gives: whole currency units, or steps. */
typedef struct Point {
    bool allowed;
    double x[LINES_AT_MOST]; /* beside WholesCase.lines */
} Point;

typedef struct WholesCase {
    const char *label;
    CaseFile files[CASE_FILES];
    const char *lines[LINES_AT_MOST][2];
    Point points[POINTS_AT_MOST];
    int count;
} WholesCase;

#define TWO_OFFERS OFFERS("", "O1,DE,100,EUR\nO2,FR,100,EUR\n")
#define ONE_OFFER OFFERS("", "O1,DE,1000,EUR\n")

/* ---- what is allowed ------------------------------------------------------------------------ */

static bool keeps_rows(const Lp *lp, const double *x)
{
    for (int j = 0; j < lp->column_count; j++)
        if (x[j] < lp->lower[j] - 1e-9 || x[j] > lp->upper[j] + 1e-9)
            return false;
    for (int i = 0; i < lp->row_count; i++) {
        double sum = 0;
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++)
            sum += lp->element[k] * x[lp->element_column[k]];
        if (sum < lp->row_lower[i] - 1e-9 || sum > lp->row_upper[i] + 1e-9)
            return false;
    }
    return true;
}

/** Tries every choice of the binaries; an outcome's f is as good as one. */
static bool some_choice_keeps_rows(const Formulation *form, double *x)
{
    int binaries[BINARIES_AT_MOST], count = 0;
    for (int j = (int)form->pairs->count; j < form->lp.column_count; j++)
        if (form->lp.integer[j] || form->origin[j].kind == COLUMN_FULL) {
            assert_true(count < BINARIES_AT_MOST);
            binaries[count++] = j;
        }
    for (int choice = 0; choice < 1 << count; choice++) {
        for (int k = 0; k < count; k++)
            x[binaries[k]] = (choice >> k) & 1;
        if (keeps_rows(&form->lp, x))
            return true;
    }
    return false;
}

/** The point with these lines, all else worked out. */
static double *point_of(const Pipeline *run, const WholesCase *c, const double *given)
{
    double *x = ARENA_NEW(run->arena, (size_t)run->form.lp.column_count, double);
    assert_non_null(x);
    for (int k = 0; k < LINES_AT_MOST && c->lines[k][0] != NULL; k++)
        x[case_pair_of(run, c->lines[k][0], c->lines[k][1]) - run->pairs.pairs] = given[k];
    formulation_complete(&run->form, x);
    return x;
}

static bool is_allowed(const Pipeline *run, const WholesCase *c, const double *given)
{
    double *x = point_of(run, c, given);
    bool completed = keeps_rows(&run->form.lp, x);
    bool allowed = some_choice_keeps_rows(&run->form, x);
    assert_case_int(c->label, completed, allowed); /* what is worked out is the best choice */
    return allowed;
}

static Pipeline *formulate(const WholesCase *c)
{
    Pipeline *run = case_formulate(c->files);
    if (run->status != STATUS_OK)
        pipeline_print(run);
    assert_case_int(c->label, run->status, STATUS_OK);
    return run;
}

static void assert_points(const WholesCase *c)
{
    Pipeline *run = formulate(c);
    for (int i = 0; i < c->count; i++)
        if (is_allowed(run, c, c->points[i].x) != c->points[i].allowed)
            fail_msg("case \"%s\": point %d (%g, %g, %g, %g) should %sbe allowed", c->label, i,
                     c->points[i].x[0], c->points[i].x[1], c->points[i].x[2], c->points[i].x[3],
                     c->points[i].allowed ? "" : "not ");
    pipeline_free(run);
}

#define YES true
#define NO false

/* ---- C6 ------------------------------------------------------------------------------------- */

static const WholesCase MINIMA[] = {
    {"a least amount, of all donors together",
     {NEEDS(",min_quantity", "N1,HW,10,EUR,6\n"), TWO_OFFERS},
     {{"N1", "O1"}, {"N1", "O2"}},
     {{YES, {0}},
      {NO, {5.99}},
      {YES, {6}},
      {YES, {3, 3}},
      {NO, {0.01}},
      {YES, {5, 5}},
      {NO, {5, 5.01}}},
     7},
    {"a least share, partly covered",
     {NEEDS(",min_share,covered", "N1,HW,10,EUR,0.6,4\n"), ONE_OFFER},
     {{"N1", "O1"}},
     {{YES, {0}}, {NO, {1.99}}, {YES, {2}}, {YES, {6}}, {NO, {6.01}}},
     5},
    {"seats that cannot be divided, of two",
     {NEEDS(",indivisible", "N1,HW,5,seat,yes\n"), OFFERS("", "O1,DE,5,seat\nO2,FR,5,seat\n")},
     {{"N1", "O1"}, {"N1", "O2"}},
     {{YES, {0}}, {NO, {4}}, {YES, {5}}, {YES, {2, 3}}, {NO, {1, 1}}},
     5},
    {"an agreed amount below the least asks for the least",
     {NEEDS(",min_quantity", "N1,HW,10,EUR,6\n"),
      TWO_OFFERS,
      {"commitments.csv", "need,offer,kind,quantity\nN1,O1,at_least,3\n"}},
     {{"N1", "O1"}, {"N1", "O2"}},
     {{NO, {0}}, {NO, {3}}, {YES, {3, 3}}, {YES, {6}}, {NO, {2, 6}}},
     5},
    {"nothing is wanted",
     {NEEDS(",min_quantity,indivisible,covered", "N1,HW,10,EUR,6,yes,10\n"), ONE_OFFER},
     {{"N1", "O1"}},
     {{YES, {0}}, {NO, {0.01}}},
     2},
    {"more than there is can only be left",
     {NEEDS(",min_quantity", "N1,HW,10,EUR,6\n"), OFFERS("", "O1,DE,5,EUR\n")},
     {{"N1", "O1"}},
     {{YES, {0}}, {NO, {5}}, {NO, {6}}},
     3},
};

/* ---- C7 ------------------------------------------------------------------------------------- */

static const WholesCase TICKETS[] = {
    {"gross, of one offer for one need",
     {NEEDS("", "N1,HW,10,EUR\nN2,HW,10,EUR\n"),
      OFFERS(",overhead,min_ticket", "O1,DE,100,EUR,0.2,5\nO2,FR,100,EUR,,\n")},
     {{"N1", "O1"}, {"N2", "O1"}, {"N1", "O2"}},
     {{YES, {0}},
      {NO, {3.99}},
      {YES, {4}},
      {NO, {4, 3.99}},
      {YES, {4, 4}},
      {NO, {3.9, 0, 6.1}},
      {YES, {4, 0, 0.01}}},
     7},
    {"of a child alone: its parent's lines are free",
     {NEEDS("", "N1,HW,10,EUR\n"),
      OFFERS(",parent,min_ticket", "O1,DE,100,EUR,,\nO2,FR,100,EUR,O1,5\n")},
     {{"N1", "O1"}, {"N1", "O2"}},
     {{YES, {1}}, {NO, {1, 4}}, {YES, {1, 5}}},
     3},
    {"of a parent alone",
     {NEEDS("", "N1,HW,10,EUR\n"),
      OFFERS(",parent,min_ticket", "O1,DE,100,EUR,,5\nO2,FR,100,EUR,O1,\n")},
     {{"N1", "O1"}, {"N1", "O2"}},
     {{NO, {1}}, {NO, {4, 4}}, {YES, {5, 1}}, {YES, {0, 1}}},
     4},
    /* 5 EUR and 6.25 USD are 10 EUR */
    {"of all the money of a root donor, at the rates",
     {{"rates.csv", "currency,rate\nUSD,0.8\n"},
      NEEDS("", "N1,HW,20,EUR\n"),
      OFFERS(",parent", "O1,DE,100,EUR,\nO2,FR,100,USD,O1\nO3,FR,100,EUR,\n"),
      {"donors.csv", "id,min_ticket\nDE,10\nFR,\n"}},
     {{"N1", "O1"}, {"N1", "O2"}, {"N1", "O3"}},
     {{YES, {0}},
      {NO, {5, 4.99}},
      {YES, {5, 5}},
      {NO, {9, 0, 9}},
      {YES, {0, 10}},
      {YES, {0, 0, 1}}},
     6},
    {"above what is wanted: never",
     {NEEDS("", "N1,HW,10,EUR\n"), OFFERS(",min_ticket", "O1,DE,100,EUR,10.01\n")},
     {{"N1", "O1"}},
     {{YES, {0}}, {NO, {10}}, {NO, {0.01}}},
     3},
    {"above what the offer has: never",
     {NEEDS("", "N1,HW,100,EUR\n"), OFFERS(",min_ticket", "O1,DE,50,EUR,60\n")},
     {{"N1", "O1"}},
     {{YES, {0}}, {NO, {50}}, {NO, {60}}},
     3},
    {"one seat that is enough by itself, and one that is not",
     {NEEDS(",unit_cost", "N1,HW,1,seat,30\nN2,HW,1,seat,10\n"),
      OFFERS(",min_ticket", "O1,DE,100,EUR,20\n")},
     {{"N1", "O1"}, {"N2", "O1"}},
     {{YES, {0}}, {YES, {1}}, {NO, {0, 1}}, {NO, {1, 1}}},
     4},
    {"a row over two needs",
     {NEEDS("", "N1,HW,10,EUR\nN2,HW,10,EUR\n"),
      TWO_OFFERS,
      {"rules.csv", "id,kind,donor,value\nR1,ticket,DE,12\n"}},
     {{"N1", "O1"}, {"N2", "O1"}, {"N1", "O2"}},
     {{YES, {0}}, {NO, {10}}, {NO, {6, 5.99}}, {YES, {6, 6}}, {YES, {0, 0, 1}}, {NO, {6, 0, 9}}},
     6},
    {"a value that nothing of it has",
     {NEEDS("", "N1,HW,10,kit\n"),
      OFFERS("", "O1,DE,10,kit\n"),
      {"rules.csv", "id,kind,value\nR1,ticket,1\n"}},
     {{"N1", "O1"}},
     {{YES, {0}}, {NO, {10}}},
     2},
    {"a ticket of nothing",
     {NEEDS("", "N1,HW,10,EUR\n"), ONE_OFFER, {"rules.csv", "id,kind,value\nR1,ticket,0\n"}},
     {{"N1", "O1"}},
     {{YES, {0}}, {YES, {0.01}}},
     2},
};

/* ---- C8 ------------------------------------------------------------------------------------- */

static const WholesCase NUMBERS[] = {
    {"one donor, with what it pays through others",
     {NEEDS(",max_donors", "N1,HW,10,EUR,1\n"),
      OFFERS(",parent", "O1,DE,100,EUR,\nO2,FR,100,EUR,O1\nO3,FR,100,EUR,\n")},
     {{"N1", "O1"}, {"N1", "O2"}, {"N1", "O3"}},
     {{YES, {0}}, {YES, {5, 5}}, {NO, {5, 0, 5}}, {NO, {0, 5, 0.01}}, {YES, {0, 0, 9}}},
     5},
    {"one donor of what cannot be divided",
     {NEEDS(",max_donors,indivisible", "N1,HW,10,EUR,1,yes\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,DE,100,EUR\nO3,FR,100,EUR\n")},
     {{"N1", "O1"}, {"N1", "O2"}, {"N1", "O3"}},
     {{YES, {0}}, {YES, {5, 5}}, {NO, {5, 0, 5}}, {NO, {5}}, {YES, {0, 0, 10}}},
     5},
    {"needs of an offer",
     {NEEDS("", "N1,HW,10,EUR\nN2,HW,1,EUR\nN3,HW,10,EUR\n"),
      OFFERS(",max_needs", "O1,DE,100,EUR,2\nO2,FR,100,EUR,\n")},
     {{"N1", "O1"}, {"N2", "O1"}, {"N3", "O1"}, {"N3", "O2"}},
     {{YES, {1, 1, 0}}, {NO, {1, 1, 0.01}}, {YES, {1, 1, 0, 9}}, {YES, {0, 0, 9}}},
     4},
    {"none at all",
     {NEEDS("", "N1,HW,10,EUR\n"),
      TWO_OFFERS,
      {"rules.csv", "id,kind,donor,count,of\nR1,count,DE,0,needs\n"}},
     {{"N1", "O1"}, {"N1", "O2"}},
     {{YES, {0, 10}}, {NO, {0.01, 0}}},
     2},
    {"offers together over two needs",
     {NEEDS("", "N1,HW,10,EUR\nN2,HW,10,EUR\n"),
      TWO_OFFERS,
      {"rules.csv", "id,kind,count,of\nR1,count,1,offers\n"}},
     {{"N1", "O1"}, {"N2", "O1"}, {"N1", "O2"}, {"N2", "O2"}},
     {{YES, {1, 1}}, {NO, {1, 0, 0, 1}}, {YES, {0, 0, 1, 1}}, {NO, {1, 0, 1, 0}}},
     4},
};

/* ---- C9 ------------------------------------------------------------------------------------- */

static const WholesCase REQUIRES[] = {
    {"all of one first",
     {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,10,EUR,N1\n"), ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}},
     {{YES, {0}},
      {YES, {5}},
      {NO, {9.99, 0.01}},
      {YES, {10, 0.01}},
      {YES, {10, 10}},
      {NO, {0, 10}}},
     6},
    {"all of a list, in whole steps",
     {NEEDS(",requires", "N1,HW,3,seat,\nN2,HW,10,EUR,\nN3,HW,10,EUR,N1;N2\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,FR,3,seat\n")},
     {{"N1", "O2"}, {"N2", "O1"}, {"N3", "O1"}},
     {{YES, {3, 10, 1}}, {NO, {2, 10, 1}}, {NO, {3, 9, 1}}, {YES, {1, 1, 0}}},
     4},
    {"any of a mark",
     {NEEDS(",alternative,requires", "N1,HW,10,EUR,X,\nN2,HW,20,EUR,X,\nN3,HW,10,EUR,,X\n"),
      ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}, {"N3", "O1"}},
     {{YES, {10, 0, 1}}, {YES, {0, 20, 1}}, {NO, {0, 19, 1}}, {NO, {0, 0, 1}}, {NO, {5, 10, 0}}},
     5},
    {"through an outcome, which takes nothing",
     {NEEDS(",requires,unit_cost",
            "N1,HW,10,EUR,,\nN2,HW,10,EUR,,\nN3,HW,10,EUR,W,\nW,HW,0,,N1;N2,5\n"),
      ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}, {"N3", "O1"}},
     {{YES, {10, 10, 1}}, {NO, {10, 9, 1}}, {NO, {0, 0, 1}}, {YES, {9, 10, 0}}},
     4},
    {"one that is covered elsewhere is met",
     {NEEDS(",requires,covered", "N1,HW,10,EUR,,10\nN2,HW,10,EUR,N1,\n"), ONE_OFFER},
     {{"N2", "O1"}},
     {{YES, {5}}, {YES, {10}}},
     2},
    {"a member that is covered elsewhere meets the mark",
     {NEEDS(",alternative,requires,covered",
            "N1,HW,10,EUR,X,,10\nN2,HW,10,EUR,X,,\nN3,HW,10,EUR,,X,\n"),
      ONE_OFFER},
     {{"N2", "O1"}, {"N3", "O1"}},
     {{YES, {0, 5}}, {NO, {10, 5}}},
     2},
    {"one of unknown amount never is",
     {NEEDS(",requires", "N1,HW,unknown,EUR,\nN2,HW,10,EUR,N1\n"), ONE_OFFER},
     {{"N2", "O1"}},
     {{YES, {0}}, {NO, {0.01}}, {NO, {10}}},
     3},
    {"one that is not ready never is, nor one that nobody gives",
     {NEEDS(",requires,ready",
            "N1,HW,10,EUR,,no\nN2,HW,10,EUR,N1,\nN3,HW,5,boat,,\nN4,HW,10,EUR,N3,\n"),
      ONE_OFFER},
     {{"N2", "O1"}, {"N4", "O1"}},
     {{YES, {0}}, {NO, {1}}, {NO, {0, 1}}},
     3},
    {"one that cannot be divided",
     {NEEDS(",requires,indivisible", "N1,HW,10,EUR,,yes\nN2,HW,10,EUR,N1,yes\n"), ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}},
     {{YES, {0}}, {YES, {10}}, {YES, {10, 10}}, {NO, {0, 10}}, {NO, {5, 10}}},
     5},
    {"a member of its own bundle",
     {NEEDS(",requires,bundle", "N1,HW,10,EUR,N2,B\nN2,HW,10,EUR,,B\n"), ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}},
     {{YES, {0}}, {YES, {10, 10}}, {NO, {0, 10}}, {NO, {10, 9}}},
     4},
};

/* ---- C10 and C11 ---------------------------------------------------------------------------- */

static const WholesCase MARKS[] = {
    {"a bundle of two, all of each",
     {NEEDS(",bundle", "N1,HW,10,EUR,B\nN2,HW,3,seat,B\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,FR,3,seat\n")},
     {{"N1", "O1"}, {"N2", "O2"}},
     {{YES, {0}}, {NO, {10}}, {NO, {0, 3}}, {NO, {10, 2}}, {YES, {10, 3}}},
     5},
    {"members with a minimum of their own need no more",
     {NEEDS(",bundle,min_quantity", "N1,HW,10,EUR,B,4\nN2,HW,10,EUR,B,\nN3,HW,9,EUR,B,0.01\n"),
      ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}, {"N3", "O1"}},
     {{YES, {0}},
      {YES, {4, 10, 0.01}},
      {NO, {4, 10, 0}},
      {NO, {3.99, 10, 9}},
      {NO, {10, 9, 9}},
      {YES, {10, 10, 9}}},
     6},
    {"what is covered elsewhere drops out",
     {NEEDS(",bundle,covered", "N1,HW,10,EUR,B,\nN2,HW,10,EUR,B,10\n"), ONE_OFFER},
     {{"N1", "O1"}},
     {{YES, {0}}, {YES, {10}}, {NO, {5}}},
     3},
    {"an unknown amount keeps all others from being served",
     {NEEDS(",bundle", "N1,HW,10,EUR,B\nN2,HW,unknown,EUR,B\nN3,HW,1,EUR,\n"), ONE_OFFER},
     {{"N1", "O1"}, {"N3", "O1"}},
     {{YES, {0, 1}}, {NO, {10}}},
     2},
    {"so does one that is not ready, unless it is covered",
     {NEEDS(",bundle,ready,covered", "N1,HW,10,EUR,B,,\nN2,HW,10,EUR,B,no,\n"
                                     "N3,HW,10,EUR,C,,\nN4,HW,10,EUR,C,no,10\n"),
      ONE_OFFER},
     {{"N1", "O1"}, {"N3", "O1"}},
     {{YES, {0}}, {NO, {10}}, {YES, {0, 10}}},
     3},
    {"at most one alternative",
     {NEEDS(",alternative", "N1,HW,10,EUR,A\nN2,HW,1,seat,A\nN3,HW,10,EUR,A\n"),
      OFFERS("", "O1,DE,100,EUR\nO2,FR,3,seat\n")},
     {{"N1", "O1"}, {"N2", "O2"}, {"N3", "O1"}},
     {{YES, {0}}, {YES, {10}}, {YES, {0.01}}, {NO, {5, 1}}, {NO, {0.01, 0, 0.01}}, {YES, {0, 1}}},
     6},
    {"one that is covered in part is the chosen one",
     {NEEDS(",alternative,covered", "N1,HW,10,EUR,A,\nN2,HW,10,EUR,A,1\n"), ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}},
     {{YES, {0}}, {NO, {0.01}}, {YES, {0, 9}}},
     3},
    {"a bundle or another need",
     {NEEDS(",alternative,bundle", "N1,HW,10,EUR,A,B\nN2,HW,10,EUR,,B\nN3,HW,10,EUR,A,\n"),
      ONE_OFFER},
     {{"N1", "O1"}, {"N2", "O1"}, {"N3", "O1"}},
     {{YES, {10, 10}}, {NO, {10, 10, 1}}, {YES, {0, 0, 1}}, {NO, {0, 10, 1}}},
     4},
};

#define ASSERT_ALL(cases)                                                                          \
    do {                                                                                           \
        (void)state;                                                                               \
        for (size_t i = 0; i < COUNT_OF(cases); i++)                                               \
            assert_points(&(cases)[i]);                                                            \
    } while (0)

static void a_need_gets_nothing_or_its_least(void **state)
{
    ASSERT_ALL(MINIMA);
}

static void a_ticket_is_nothing_or_enough(void **state)
{
    ASSERT_ALL(TICKETS);
}

static void no_more_are_in_use_than_may_be(void **state)
{
    ASSERT_ALL(NUMBERS);
}

static void what_is_required_is_met_in_full_first(void **state)
{
    ASSERT_ALL(REQUIRES);
}

static void bundles_go_together_and_alternatives_apart(void **state)
{
    ASSERT_ALL(MARKS);
}

/* ---- tightening ----------------------------------------------------------------------------- */

/** Tightens the first rule of @p family, or (FAMILY_CIVIL: none) need @p need never to be full. */
static void assert_tightened(const WholesCase *c, RuleFamily family, int need, int64_t amount)
{
    Pipeline *run = formulate(c);
    size_t index = run->rules.count + (size_t)need;
    for (size_t r = run->rules.count; r-- > 0;)
        if (run->rules.rules[r].family == family)
            index = r;
    for (int i = 0; i < c->count; i++)
        assert_case(c->label, is_allowed(run, c, c->points[i].x));
    assert_case(c->label, formulation_tighten(&run->form, index, amount));
    for (int i = 0; i < c->count; i++) {
        double *x = point_of(run, c, c->points[i].x);
        assert_case_int(c->label, some_choice_keeps_rows(&run->form, x), c->points[i].allowed);
    }
    pipeline_free(run);
}

/* All points are allowed before; `allowed` is what they are afterwards. */
static void a_tightened_row_asks_for_more_or_for_nothing(void **state)
{
    static const WholesCase minimum = {
        "two cents more than the least",
        {NEEDS(",min_quantity", "N1,HW,10,EUR,6\n"), ONE_OFFER},
        {{"N1", "O1"}},
        {{YES, {0}}, {NO, {6}}, {NO, {6.01}}, {YES, {6.02}}, {YES, {10}}},
        5};
    static const WholesCase piece = {"all or nothing: nothing",
                                     {NEEDS(",indivisible", "N1,HW,10,EUR,yes\n"), ONE_OFFER},
                                     {{"N1", "O1"}},
                                     {{YES, {0}}, {NO, {10}}},
                                     2};
    static const WholesCase ticket = {
        "a cent more than the ticket",
        {NEEDS("", "N1,HW,10,EUR\n"), OFFERS(",min_ticket", "O1,DE,100,EUR,5\n")},
        {{"N1", "O1"}},
        {{YES, {0}}, {NO, {5}}, {YES, {5.01}}, {YES, {10}}},
        4};
    static const WholesCase full = {
        "never met in full",
        {NEEDS(",requires", "N1,HW,10,EUR,\nN2,HW,10,EUR,N1\n"), ONE_OFFER},
        {{"N1", "O1"}, {"N2", "O1"}},
        {{YES, {0}}, {YES, {10, 0}}, {NO, {10, 1}}},
        3};
    (void)state;
    assert_tightened(&minimum, FAMILY_MINIMUM, 0, 2);
    assert_tightened(&piece, FAMILY_MINIMUM, 0, 1);
    assert_tightened(&ticket, FAMILY_TICKET, 0, 1);
    assert_tightened(&full, FAMILY_CIVIL, 0, 1);
}

/** A number of donors has no row that more could be asked of, nor has a need that nobody waits for. */
static void what_has_no_row_is_not_tightened(void **state)
{
    static const CaseFile FILES[] = {
        {"needs.csv", "id,category,quantity,max_donors\nN1,HW,100,1\n"},
        {"offers.csv", "id,donor,quantity\nO1,DE,60\nO2,FR,60\n"},
        {NULL, NULL}};
    (void)state;
    Pipeline *run = case_formulate(FILES);
    assert_int_equal(run->status, STATUS_OK);
    size_t count = (size_t)(case_rule_of(run, FAMILY_NUMBER, "N1") - run->rules.rules);
    size_t offer = (size_t)(case_rule_of(run, FAMILY_OFFER, "O1") - run->rules.rules);
    assert_false(formulation_tighten(&run->form, count, 1));
    assert_false(formulation_tighten(&run->form, run->rules.count, 1));
    assert_true(formulation_tighten(&run->form, offer, 1));
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_need_gets_nothing_or_its_least),
        cmocka_unit_test(a_ticket_is_nothing_or_enough),
        cmocka_unit_test(no_more_are_in_use_than_may_be),
        cmocka_unit_test(what_is_required_is_met_in_full_first),
        cmocka_unit_test(bundles_go_together_and_alternatives_apart),
        cmocka_unit_test(a_tightened_row_asks_for_more_or_for_nothing),
        cmocka_unit_test(what_has_no_row_is_not_tightened),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
