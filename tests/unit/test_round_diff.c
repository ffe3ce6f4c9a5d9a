/* Two rounds compared: what is a change and what is not, judged by what a person would say of the two
 * tables; and that what takes a change back makes the second round read like the first.
 */
#include "allot/round_diff.h"
#include "tests/support/read_round.h"
#include "tests/support/test_support.h"

typedef struct Side {
    ReadRound f;
    RowTexts texts;
} Side;

static void read_side(Side *side, const CellChange *changes, size_t count)
{
    side->texts = (RowTexts){NULL, 0, 0};
    side->f.status = round_read(
        &(RoundSource){
            .path = side->f.dir, .changes = changes, .change_count = count, .texts = &side->texts},
        side->f.arena, side->f.diag, &side->f.round);
    assert_int_equal(side->f.status, STATUS_OK);
}

/* Both rounds of one file, and what differs. */
typedef struct Pair {
    Side before, after;
    InputChange *changes;
    size_t count;
} Pair;

static void diff(Pair *p)
{
    assert_int_equal(round_diff((DiffSide){&p->before.f.round, &p->before.texts},
                                (DiffSide){&p->after.f.round, &p->after.texts}, p->after.f.arena,
                                &p->changes, &p->count),
                     STATUS_OK);
}

static void open_pair(Pair *p, const char *file, const char *before, const char *after)
{
    read_round_open(&p->before.f);
    read_round_open(&p->after.f);
    if (before != NULL)
        write_file(p->before.f.dir, file, before);
    if (after != NULL)
        write_file(p->after.f.dir, file, after);
    read_side(&p->before, NULL, 0);
    read_side(&p->after, NULL, 0);
    diff(p);
}

static void close_pair(Pair *p)
{
    read_round_close(&p->before.f);
    read_round_close(&p->after.f);
}

/* ---- what is no change ---------------------------------------------------------------------- */

static const struct {
    const char *label, *file, *before, *after;
} SAME[] = {
    {"an amount written otherwise", "needs.csv", "id,category,quantity\nN1,HW,1234.5\n",
     "id,category,quantity\nN1,HW,\"1,234.50\"\n"},
    {"rows and columns in another order", "needs.csv", "id,category,quantity\nN1,HW,1\nN2,HW,2\n",
     "quantity,ID,Category\n2,N2,HW\n1,N1,HW\n"},
    {"a default spelled out", "needs.csv", "id,category,quantity\nN1,HW,1\n",
     "id,category,quantity,weight,ready,indivisible,unit\nN1,HW,1,1,yes,no,EUR\n"},
    {"another date form and order of a list", "offers.csv",
     "id,donor,quantity,category,lapses\nO1,EE,5,A;B,2026-02-01\n",
     "id,donor,quantity,category,lapses\nO1,EE,5,B; A,01.02.2026\n"},
    {"a column that nobody knows", "needs.csv", "id,category,quantity\nN1,HW,1\n",
     "id,category,quantity,colour\nN1,HW,1,red\n"},
    {"a setting's default", "settings.csv", NULL, "key,value\nfairness,Beneficiary\n"},
    {"a scenario", "scenarios.csv", NULL, "scenario,table,id,column,value\na,needs,N1,weight,2\n"},
    {"a share and a percentage", "offers.csv", "id,donor,quantity,max_share\nO1,EE,5,0.5\n",
     "id,donor,quantity,max_share\nO1,EE,5,50%\n"},
};

static void what_says_the_same_is_no_change(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(SAME); i++) {
        Pair p;
        open_pair(&p, SAME[i].file, SAME[i].before, SAME[i].after);
        assert_case_int(SAME[i].label, (int64_t)p.count, 0);
        close_pair(&p);
    }
}

/* ---- what is one ---------------------------------------------------------------------------- */

static const struct {
    const char *label, *file, *before, *after;
    InputChangeKind kind;
    const char *id, *column, *was, *is;
} CHANGED[] = {
    {"an amount", "needs.csv", "id,category,quantity\nN1,HW,1\n", "id,category,quantity\nN1,HW,2\n",
     INPUT_CELL, "N1", "quantity", "1", "2"},
    {"an amount that became unknown", "needs.csv", "id,category,quantity\nN1,HW,1\n",
     "id,category,quantity\nN1,HW,tbd\n", INPUT_CELL, "N1", "quantity", "1", ""},
    {"a column that was not there", "needs.csv", "id,category,quantity\nN1,HW,1\n",
     "id,category,quantity,requires\nN1,HW,1,N1\n", INPUT_CELL, "N1", "requires", "", "N1"},
    {"a setting", "settings.csv", NULL, "key,value\ngap,0.5\n", INPUT_CELL, "gap", "value",
     "0.0001", "0.5"},
    {"a row that came", "rates.csv", "currency,rate\nUSD,0.9\n",
     "currency,rate\nUSD,0.9\nGBP,1.2\n", INPUT_ADDED, "GBP", "", "", "rate 1.2"},
    {"a row that went", "needs.csv", "id,category,quantity\nN1,HW,1\nN2,TRN,2\n",
     "id,category,quantity\nN1,HW,1\n", INPUT_DROPPED, "N2", "", "category TRN, quantity 2", ""},
    {"a table that went", "rules.csv", "id,kind,count,of\nR1,count,3,donors\n", NULL, INPUT_DROPPED,
     "R1", "", "kind count, count 3, of donors", ""},
    {"one of two commitments on a pair", "commitments.csv",
     "need,offer,kind,quantity\nN1,O1,at_least,1\nN1,O1,at_most,5\n",
     "need,offer,kind,quantity\nN1,O1,at_least,2\nN1,O1,At most,5\n", INPUT_CELL, "N1/O1/at_least",
     "quantity", "1", "2"},
};

/* Row by row and cell by cell the same texts. */
static void assert_same_texts(const char *label, Pair *p)
{
    diff(p);
    assert_case_int(label, (int64_t)p->count, 0);
}

static void what_says_something_else_is_a_change_and_can_be_taken_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CHANGED); i++) {
        Pair p;
        open_pair(&p, CHANGED[i].file, CHANGED[i].before, CHANGED[i].after);
        assert_case_int(CHANGED[i].label, (int64_t)p.count, 1);
        const InputChange change = p.changes[0];
        assert_case_int(CHANGED[i].label, change.kind, CHANGED[i].kind);
        assert_case_text(CHANGED[i].label, change.id, CHANGED[i].id);
        assert_case_text(CHANGED[i].label, change.column, CHANGED[i].column);
        assert_case_text(CHANGED[i].label, change.before, CHANGED[i].was);
        assert_case_text(CHANGED[i].label, change.after, CHANGED[i].is);
        read_side(&p.after, change.undo, change.undo_count);
        assert_same_texts(CHANGED[i].label, &p);
        close_pair(&p);
    }
}

static void a_title_is_prose(void **state)
{
    Pair p;
    (void)state;
    open_pair(&p, "needs.csv", "id,category,quantity,title,region\nN1,HW,1,a,x\n",
              "id,category,quantity,title,region\nN1,HW,1,b,y\n");
    assert_int_equal(p.count, 2);
    assert_string_equal(p.changes[0].column, "title");
    assert_true(p.changes[0].is_prose);
    assert_false(p.changes[1].is_prose);
    close_pair(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_says_the_same_is_no_change),
        cmocka_unit_test(what_says_something_else_is_a_change_and_can_be_taken_back),
        cmocka_unit_test(a_title_is_prose),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
