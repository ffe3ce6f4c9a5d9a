/* Rows beside the class network, of small rounds whose rows are worked out by hand: written as
 * "N2/3000 <= N1/2000" (what a class gets) and "O1>N1/6000 + O2>N1/5000 <= 1" (lines of one need).
 */
#include "tests/support/round_case.h"

#include <stdio.h>
#include <string.h>

#include "allot/relaxed_round.h"
#include "allot/side_choices.h"

enum { TEXT_MOST = 1024 };

/** A round, its relaxation, the network with the marked needs apart, and the rows. */
typedef struct Sides {
    const char *label;
    Pipeline *run;
    Round relaxed;
    SideRules rules;
    bool *apart;
    ClassNetwork net;
    SideRows rows;
    double *flow; /* [arc_count] scratch */
} Sides;

static void build(Sides *s)
{
    assert_case_int(s->label,
                    class_network_build_apart(&s->relaxed, NULL, s->apart, s->run->arena, &s->net),
                    STATUS_OK);
    assert_case_int(s->label, side_rows_build(&s->rules, &s->net, s->apart, &s->rows), STATUS_OK);
    s->flow = ARENA_NEW(s->run->arena, (size_t)s->net.arc_count, double);
    assert_non_null(s->flow);
}

static void open_sides(Sides *s, const char *label, const char *needs, const char *offers,
                       const char *donors)
{
    const CaseFile files[CASE_FILES] = {{"needs.csv", needs},
                                        {"offers.csv", offers},
                                        {"settings.csv", "key,value\nfairness,none\n"},
                                        {donors == NULL ? NULL : "donors.csv", donors}};
    bool fits;
    *s = (Sides){.label = label, .run = case_formulate(files)};
    assert_case_int(label, s->run->status, STATUS_OK);
    Arena *arena = s->run->arena;
    assert_case_int(label, relaxed_round_build(&s->run->form, arena, &s->relaxed, &fits),
                    STATUS_OK);
    assert_case(label, fits);
    assert_case_int(label, side_rules_init(&s->run->form, &s->relaxed, arena, &s->rules),
                    STATUS_OK);
    s->apart = ARENA_NEW(arena, s->run->round.need_count, bool);
    assert_non_null(s->apart);
    assert_case_int(label, side_rules_mark(&s->rules, s->apart), STATUS_OK);
    build(s);
}

static void close_sides(Sides *s)
{
    pipeline_free(s->run);
}

/* ---- rows as text --------------------------------------------------------------------------- */

/** The need whose class arc it is, or that stands alone behind the node the line leads to. */
static const char *need_of(const Sides *s, int arc)
{
    const ClassNetwork *net = &s->net;
    bool is_line = arc >= net->first_flow && arc < net->first_flow + net->flow_count;
    for (size_t n = 0; n < s->run->round.need_count; n++) {
        int class = net->classes->class_of[n], own = net->first_class + class;
        if (class >= 0 && (is_line ? net->from[own] == net->to[arc] : own == arc))
            return s->run->round.needs[n].id;
    }
    return "?";
}

static void write_term(const Sides *s, const SideTerm *term, const char *plus, char *out)
{
    size_t at = strlen(out);
    const ClassNetwork *net = &s->net;
    int line = term->arc - net->first_flow;
    bool is_line = line >= 0 && line < net->flow_count;
    snprintf(out + at, TEXT_MOST - at, "%s%s%s%s/%lld", plus,
             is_line ? s->run->round.offers[net->flow_offer[line]].id : "", is_line ? ">" : "",
             need_of(s, term->arc), (long long)term->size);
}

static void write_terms(const Sides *s, size_t first, size_t count, char *out)
{
    for (size_t k = 0; k < count; k++)
        write_term(s, &s->rows.terms[first + k], k > 0 ? " + " : "", out);
}

static void write_row(const Sides *s, const SideRow *row, char *out)
{
    write_terms(s, row->left, row->left_count, out);
    size_t at = strlen(out);
    snprintf(out + at, TEXT_MOST - at, " <= ");
    if (row->at_most_one || row->most != 1) {
        at = strlen(out);
        snprintf(out + at, TEXT_MOST - at, "%lld%s", (long long)row->most,
                 row->at_most_one ? "" : " * ");
    }
    if (!row->at_most_one && row->right_count == 0)
        strncat(out, "nothing", TEXT_MOST - strlen(out) - 1);
    write_terms(s, row->right, row->right_count, out);
    strncat(out, "\n", TEXT_MOST - strlen(out) - 1);
}

static void assert_rows(const Sides *s, const char *expected)
{
    char text[TEXT_MOST] = "";
    for (size_t r = 0; r < s->rows.row_count; r++)
        write_row(s, &s->rows.rows[r], text);
    assert_case_text(s->label, text, expected);
}

/* ---- known from the start ------------------------------------------------------------------- */

typedef struct RowsCase {
    const char *label, *needs, *offers, *donors;
    const char *apart; /* one sign a need: + stands apart */
    const char *rows;
} RowsCase;

#define NEEDS(columns, rows) "id,category,quantity" columns "\n" rows
#define ONE_OFFER "id,donor,quantity\nO1,D1,100\n"
#define THREE_DONORS "id,donor,quantity\nO1,D1,60\nO2,D2,50\nO3,D3,30\n"
#define ONE_DONOR_TWICE "id,donor,quantity\nO1,D1,60\nO2,D1,55\nO3,D3,30\n"

static const RowsCase CASES[] = {
    {"nothing is asked", NEEDS("", "N1,HW,20\nN2,HW,30\n"), ONE_OFFER, NULL, "--", ""},
    {"a prerequisite", NEEDS(",requires", "N1,HW,20,\nN2,HW,30,N1\nN3,HW,5,\n"), ONE_OFFER, NULL,
     "++-", "N2/3000 <= N1/2000\n"},
    {"what is covered elsewhere of both asks for the rest alone",
     NEEDS(",requires,covered", "N1,HW,20,,5\nN2,HW,30,N1,10\n"), ONE_OFFER, NULL, "++",
     "N2/2000 <= N1/1500\n"},
    {"a prerequisite that is covered elsewhere asks nothing",
     NEEDS(",requires,covered", "N1,HW,20,,20\nN2,HW,30,N1,\n"), ONE_OFFER, NULL, "--", ""},
    {"a prerequisite beyond all offers is never met",
     NEEDS(",requires", "N1,HW,200,\nN2,HW,30,N1\n"), ONE_OFFER, NULL, "++",
     "N2/3000 <= nothing\n"},
    {"a chain", NEEDS(",requires", "N1,HW,20,\nN2,HW,30,N1\nN3,HW,40,N2;N1\n"), ONE_OFFER, NULL,
     "+++", "N2/3000 <= N1/2000\nN3/4000 <= N2/3000\nN3/4000 <= N1/2000\n"},
    /* 3 things at 0.335 are 1.005: at most 101 cents are given, and 100 of value are enough */
    {"half a cent is rounded in favour of the plan",
     "id,category,quantity,unit,unit_cost,requires\nN1,HW,3,seat,0.335,\nN2,HW,3,seat,0.335,N1\n",
     ONE_OFFER, NULL, "++", "N2/101 <= N1/100\n"},
    {"a bundle of two, both ways", NEEDS(",bundle", "N1,HW,10,B\nN2,HW,20,B\n"), ONE_OFFER, NULL,
     "++", "N1/1000 <= N2/2000\nN2/2000 <= N1/1000\n"},
    {"a bundle of three, round the ring; a least amount is enough to be served",
     NEEDS(",bundle,min_quantity", "N1,HW,10,B,\nN2,HW,20,B,5\nN3,HW,30,B,\n"), ONE_OFFER, NULL,
     "+++", "N1/1000 <= N2/500\nN2/2000 <= N3/3000\nN3/3000 <= N1/1000\n"},
    {"one donor of three", NEEDS(",max_donors", "N1,HW,100,1\n"), THREE_DONORS, NULL, "+",
     "O1>N1/6000 + O2>N1/5000 + O3>N1/3000 <= 1\n"},
    {"two donors of three, of whom one has less than half", NEEDS(",max_donors", "N1,HW,100,2\n"),
     THREE_DONORS, NULL, "+", "O1>N1/6000 + O2>N1/5000 + O3>N1/3000 <= 2\n"},
    {"a least amount: any donors, and those of a need that is served",
     NEEDS(",max_donors,min_quantity", "N1,HW,100,1,20\n"), THREE_DONORS, NULL, "+",
     "O1>N1/6000 + O2>N1/5000 + O3>N1/3000 <= N1/2000\n"
     "O1>N1/6000 + O2>N1/5000 + O3>N1/3000 <= 1\n"},
    {"an indivisible need", NEEDS(",max_donors,indivisible", "N1,HW,100,2,yes\n"), THREE_DONORS,
     NULL, "+", "O1>N1/6000 + O2>N1/5000 + O3>N1/3000 <= 2 * N1/10000\n"},
    {"two donors can bear all, whoever they are", NEEDS(",max_donors", "N1,HW,60,2\n"),
     THREE_DONORS, NULL, "-", ""},
    {"no more donors than may be", NEEDS(",max_donors", "N1,HW,100,3\n"), THREE_DONORS, NULL, "-",
     ""},
    {"two offers of one donor", NEEDS(",max_donors", "N1,HW,100,1\n"), ONE_DONOR_TWICE, NULL, "+",
     "O1>N1/10000 + O2>N1/10000 + O3>N1/3000 <= 1\n"},
    {"two offers behind one budget", NEEDS(",max_donors", "N1,HW,100,1\n"), ONE_DONOR_TWICE,
     "id,budget\nD1,70\nD3,\n", "+", "O1>N1/7000 + O2>N1/7000 + O3>N1/3000 <= 1\n"},
    {"an offer gives no more than its share of a need", NEEDS(",max_donors", "N1,HW,100,1\n"),
     "id,donor,quantity,max_share\nO1,D1,90,0.4\nO2,D2,50,\n", NULL, "+",
     "O1>N1/4000 + O2>N1/5000 <= 1\n"},
    {"an offer gives no more than its parent has", NEEDS(",max_donors", "N1,HW,100,1\n"),
     "id,donor,quantity,parent,category\nO1,D1,90,P,HW\nP,D1,45,,TRN\nO2,D2,50,,\n", NULL, "+",
     "O1>N1/4500 + O2>N1/5000 <= 1\n"},
};

static void rows_are_those_worked_out_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const RowsCase *c = &CASES[i];
        Sides s;
        char apart[8] = "";
        open_sides(&s, c->label, c->needs, c->offers, c->donors);
        for (size_t n = 0; n < s.run->round.need_count; n++)
            apart[n] = s.apart[n] ? '+' : '-';
        assert_case_text(c->label, apart, c->apart);
        assert_rows(&s, c->rows);
        close_sides(&s);
    }
}

/* ---- added where a flow breaks them --------------------------------------------------------- */

static const char INDIVISIBLE[] = NEEDS(",indivisible,priority", "N1,HW,100,yes,1\nN2,HW,40,,2\n");
static const char TWO_OFFERS[] = "id,donor,quantity\nO1,D1,60\nO2,D2,60\n";

static double *class_flow(Sides *s, int need)
{
    return &s->flow[s->net.first_class + s->net.classes->class_of[need]];
}

static double *line_flow(Sides *s, int need, int offer)
{
    int node = s->net.from[s->net.first_class + s->net.classes->class_of[need]];
    for (int k = 0; k < s->net.flow_count; k++)
        if (s->net.to[s->net.first_flow + k] == node && s->net.flow_offer[k] == offer)
            return &s->flow[s->net.first_flow + k];
    fail_msg("%s: no such line", s->label);
    return NULL;
}

/** The indivisible need alone, and only while it is served in part. */
static void a_need_of_all_or_nothing_stands_apart_once_it_is_served_in_part(void **state)
{
    static const struct {
        double given;
        int marked;
    } STEPS[] = {{0, 0}, {0.4, 0}, {6000, 1}, {9999.6, 0}, {10000, 0}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(STEPS); i++) {
        Sides s;
        open_sides(&s, "served in part", INDIVISIBLE, TWO_OFFERS, NULL);
        assert_false(s.apart[0] || s.apart[1]);
        *class_flow(&s, 0) = STEPS[i].given;
        *class_flow(&s, 1) = 2000; /* divisible: never */
        assert_int_equal(side_rules_mark_partly(&s.rules, &s.net, s.flow, s.apart),
                         STEPS[i].marked);
        assert_int_equal(s.apart[0], STEPS[i].marked);
        assert_false(s.apart[1]);
        assert_int_equal(side_rules_mark_partly(&s.rules, &s.net, s.flow, s.apart), 0);
        close_sides(&s);
    }
}

typedef struct CutCase {
    const char *label;
    double first, second; /* what the two offers give the indivisible need, of 60 each at most */
    const char *rows;
} CutCase;

/** Of 100 wanted: a line as a share of its 60 against the need's share of its 100. */
static const CutCase CUTS[] = {
    {"one offer, all it has", 6000, 0, "O1>N1/6000 <= N1/10000\n"},
    {"one offer, half of what it has", 3000, 0, "O1>N1/6000 <= N1/10000\n"},
    {"evenly", 3000, 3000, ""},
    {"just within", 3750, 2500, ""},                        /* 3750 / 6000 = 0.625 = 6250 / 10000 */
    {"just above", 3800, 2500, "O1>N1/6000 <= N1/10000\n"}, /* 0.633 > 0.630 */
    {"the other offer", 100, 4000, "O2>N1/6000 <= N1/10000\n"},
    {"nothing", 0, 0, ""},
};

static void a_row_of_all_or_nothing_is_added_where_a_flow_breaks_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CUTS); i++) {
        Sides s;
        open_sides(&s, CUTS[i].label, INDIVISIBLE, TWO_OFFERS, NULL);
        s.apart[0] = true;
        build(&s);
        assert_rows(&s, "");
        *line_flow(&s, 0, 0) = CUTS[i].first;
        *line_flow(&s, 0, 1) = CUTS[i].second;
        *class_flow(&s, 0) = CUTS[i].first + CUTS[i].second;
        assert_case_int(CUTS[i].label, side_rows_cut(&s.rules, &s.net, s.apart, s.flow, &s.rows),
                        STATUS_OK);
        assert_rows(&s, CUTS[i].rows);
        close_sides(&s);
    }
}

/** A divisible need, one that does not stand apart: no row, whatever flows. */
static void nothing_is_added_for_others(void **state)
{
    Sides s;
    (void)state;
    open_sides(&s, "others", INDIVISIBLE, TWO_OFFERS, NULL);
    s.apart[1] = true;
    build(&s);
    *line_flow(&s, 1, 0) = *class_flow(&s, 1) = 1000;
    *line_flow(&s, 0, 0) = *class_flow(&s, 0) = 6000;
    assert_int_equal(side_rows_cut(&s.rules, &s.net, s.apart, s.flow, &s.rows), STATUS_OK);
    assert_rows(&s, "");
    close_sides(&s);
}

/* ---- choices -------------------------------------------------------------------------------- */

/** The sides of every choice, a line each. */
static void write_choices(Sides *s, const SideChoice *choices, size_t count, char *out)
{
    for (size_t c = 0; c < count; c++) {
        SideMoves moves;
        assert_case_int(
            s->label,
            side_choice_moves(&s->rules, &s->net, s->apart, &choices[c], s->run->arena, &moves),
            STATUS_OK);
        for (int side = 0; side < moves.sides; side++)
            for (size_t k = 0; k < moves.count[side]; k++) {
                const SideMove *move = &moves.moves[side][k];
                write_term(s, &(SideTerm){move->arc, move->lower > 0 ? move->lower : move->upper},
                           k > 0      ? ", "
                           : side > 0 ? " | "
                                      : "",
                           out);
                strncat(out, move->lower > 0 ? "+" : "-", TEXT_MOST - strlen(out) - 1);
            }
        strncat(out, "\n", TEXT_MOST - strlen(out) - 1);
    }
}

typedef struct ChoiceCase {
    const char *label, *needs, *offers;
    double has[3];       /* what the needs get, */
    double lines[3];     /* and the first of them by each offer */
    const char *choices; /* "N1/1000+": at least so much; "N1/0-": at most */
} ChoiceCase;

static const ChoiceCase CHOICES[] = {
    {"nothing flows", NEEDS(",indivisible", "N1,HW,100,yes\n"), TWO_OFFERS, {0}, {0}, ""},
    {"all or nothing, served in part",
     NEEDS(",indivisible", "N1,HW,100,yes\n"),
     TWO_OFFERS,
     {6000},
     {6000, 0},
     "N1/10000+ | N1/0-\n"},
    {"a least amount, which is reached",
     NEEDS(",min_quantity", "N1,HW,100,50\n"),
     TWO_OFFERS,
     {5000},
     {5000, 0},
     ""},
    {"a least amount, which is not",
     NEEDS(",min_quantity", "N1,HW,100,50\n"),
     TWO_OFFERS,
     {4000},
     {4000, 0},
     "N1/5000+ | N1/0-\n"},
    {"what a chain requires is met where its end is served",
     NEEDS(",requires,indivisible", "N1,HW,20,,\nN2,HW,30,N1,\nN3,HW,40,N2,yes\n"),
     TWO_OFFERS,
     {2000, 3000, 1000},
     {0},
     "N3/4000+, N2/3000+, N1/2000+ | N3/0-\n"},
    {"a requirement that is met in part",
     NEEDS(",requires", "N1,HW,20,\nN2,HW,30,N1\n"),
     TWO_OFFERS,
     {1000, 1000},
     {0},
     "N1/2000+ | N2/0-\n"},
    {"three donors of two: the smallest, or one of the others, gives nothing",
     NEEDS(",max_donors", "N1,HW,100,2\n"),
     THREE_DONORS,
     {9000},
     {3000, 4000, 2000},
     "O3>N1/0- | O2>N1/0- | O1>N1/0-\n"},
    {"two donors of two",
     NEEDS(",max_donors", "N1,HW,100,2\n"),
     THREE_DONORS,
     {7000},
     {3000, 4000},
     ""},
    {"two offers of one donor give nothing together",
     NEEDS(",max_donors", "N1,HW,100,1\n"),
     ONE_DONOR_TWICE,
     {9000},
     {3000, 3000, 3000},
     "O3>N1/0- | O1>N1/0-, O2>N1/0-\n"},
    /* what the need gets is what is spent: no rounding comes between */
    {"a ticket",
     NEEDS(",max_donors", "N1,HW,200,1\n"),
     "id,donor,quantity,min_ticket\nO1,D1,100,70\nO2,D2,90,\n",
     {3000},
     {3000, 0},
     "O1>N1/7000+ | O1>N1/0-\n"},
    /* what is spent is 10/9 of what the need gets, rounded: of 70 it may be 69.99 before, and 69.99 times
     * 0.9 is 62.991 */
    {"a ticket of an offer with overhead",
     NEEDS(",max_donors", "N1,HW,200,1\n"),
     "id,donor,quantity,min_ticket,overhead\nO1,D1,100,70,0.1\nO2,D2,90,,\n",
     {3000},
     {3000, 0},
     "O1>N1/6299+ | O1>N1/0-\n"},
};

static void choices_are_those_worked_out_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CHOICES); i++) {
        const ChoiceCase *c = &CHOICES[i];
        Sides s;
        SideChoice found[4];
        char text[TEXT_MOST] = "";
        open_sides(&s, c->label, c->needs, c->offers, NULL);
        s.apart[0] = true;
        build(&s);
        for (size_t n = 0; n < s.run->round.need_count; n++)
            *class_flow(&s, (int)n) = c->has[n];
        for (size_t o = 0; o < s.run->round.offer_count; o++)
            *line_flow(&s, 0, (int)o) = c->lines[o];
        int64_t *cost = ARENA_NEW(s.run->arena, (size_t)s.net.arc_count, int64_t);
        size_t count =
            side_choices_find(&s.rules, &s.net, s.apart, s.flow, cost, COUNT_OF(found), found);
        write_choices(&s, found, count, text);
        assert_case_text(c->label, text, c->choices);
        close_sides(&s);
    }
}

/** N1 is all or nothing, N2 has a least amount, N3 few donors, N4 may have of an offer with a ticket; N5
 *  divides as it likes, and N6, which wants nothing, too. */
static void whoever_a_flow_may_break_is_marked(void **state)
{
    (void)state;
    const bool expected[] = {true, true, true, true, false, false};
    Sides s;
    open_sides(&s, "all",
               "id,category,quantity,covered,indivisible,min_quantity,max_donors\nN1,HW,20,,yes,,\n"
               "N2,HW,20,,,5,\nN3,HW,20,,,,1\nN4,SW,20,,,,\nN5,HW,20,,,,\nN6,SW,20,20,,,\n",
               "id,donor,category,quantity,min_ticket\nO1,D1,HW,60,\nO2,D2,SW,60,9\n", NULL);
    memset(s.apart, 0, sizeof expected);
    side_rules_mark_all(&s.rules, s.apart);
    for (size_t n = 0; n < COUNT_OF(expected); n++)
        assert_int_equal(s.apart[n], expected[n]);
    close_sides(&s);
}

/** From the largest stake down: 4000 that lack at a cost of 2 against 3000 at a cost of 3. */
static void choices_stand_by_what_is_at_stake(void **state)
{
    (void)state;
    Sides s;
    SideChoice found[2];
    open_sides(&s, "stakes", NEEDS(",indivisible,priority", "N1,HW,100,yes,1\nN2,HW,100,yes,2\n"),
               TWO_OFFERS, NULL);
    s.apart[0] = s.apart[1] = true;
    build(&s);
    int64_t *cost = ARENA_NEW(s.run->arena, (size_t)s.net.arc_count, int64_t);
    *class_flow(&s, 0) = 6000;
    *class_flow(&s, 1) = 3000;
    cost[class_flow(&s, 0) - s.flow] = -2;
    cost[class_flow(&s, 1) - s.flow] = -3;
    assert_int_equal(side_choices_find(&s.rules, &s.net, s.apart, s.flow, cost, 2, found), 2);
    assert_int_equal(found[0].need, 1);
    assert_int_equal(found[1].need, 0);
    assert_true(found[0].stake == 9000 && found[1].stake == 8000);
    assert_int_equal(side_choices_find(&s.rules, &s.net, s.apart, s.flow, cost, 1, found), 1);
    assert_int_equal(found[0].need, 1);
    close_sides(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_worked_out_by_hand),
        cmocka_unit_test(a_need_of_all_or_nothing_stands_apart_once_it_is_served_in_part),
        cmocka_unit_test(a_row_of_all_or_nothing_is_added_where_a_flow_breaks_it),
        cmocka_unit_test(nothing_is_added_for_others),
        cmocka_unit_test(choices_are_those_worked_out_by_hand),
        cmocka_unit_test(choices_stand_by_what_is_at_stake),
        cmocka_unit_test(whoever_a_flow_may_break_is_marked),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
