/* What `allot publish` shows to everybody: a small round and its plan, both by hand, and the file that
 * follows from them to the byte; that nothing of a restricted need is in it; that the program's own
 * reader takes it.
 */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

static const char SETTINGS[] = "key,value\nround,2026-Q1\nstart,2026-01-01\nend,2026-03-31\n"
                               "plan_on,pledged\n";

/* N-2 is restricted, and MOD has no other need. */
static const char NEEDS[] =
    "id,title,beneficiary,region,category,quantity,unit,unit_cost,sensitivity,notes,mine\n"
    "N-1,Firewalls,HOSP,Lviv,HW,1000,EUR,,open,noteq,mineq\n"
    "N-2,Radarq,MOD,Secretq,HW,500,EUR,,restricted,noteq,mineq\n"
    "N-3,\"Training, on site\",COURT,,TRN,10,seat,50,open,,\n";

static const char OFFERS[] = "id,donor,quantity,unit,category,status,overhead,notes,source\n"
                             "O-1,DA,900,GBP,*,committed,,noteq,sourceq\n"
                             "O-2,DB,12,seat,TRN,paid,,,\n"
                             "O-3,DC,30000,JPY,*,pledged,,,\n"
                             "O-4,DA,500,EUR,*,paid,0.2,,\n";

/* 600 EUR are 480 GBP at 1.25; 180 EUR 30,000 yen at 0.006; 160 EUR 200 EUR less a fifth. */
static const char PLAN[] = "need,offer,quantity\n"
                           "N-1,O-1,600\n"
                           "N-1,O-3,180\n"
                           "N-1,O-4,160\n"
                           "N-2,O-1,275\n"
                           "N-3,O-2,10\n";

static const char ALL[] =
    "round,need,title,beneficiary,beneficiary_name,region,category,offer,donor,donor_name,modality,"
    "basis,quantity,unit,pledged,committed,paid,offer_currency,start,end\n"
    "#activity+programme+code,#need+code,#need+name,#beneficiary+code,#beneficiary+name,#adm1+name,"
    "#sector+code,#meta+offer+code,#org+funder+code,#org+funder+name,#modality,#status,#output+num,"
    "#output+type,#value+pledged,#value+committed,#value+disbursement,#currency+code,#date+start,"
    "#date+end\n"
    "2026-Q1,N-1,Firewalls,HOSP,City hospital,Lviv,HW,O-1,DA,Albion,cash,committed,600.00,EUR,,"
    "480.00,,GBP,2026-01-01,2026-03-31\n"
    "2026-Q1,N-1,Firewalls,HOSP,City hospital,Lviv,HW,O-3,DC,,cash,pledged,180.00,EUR,30000,,,JPY,"
    "2026-01-01,2026-03-31\n"
    "2026-Q1,N-1,Firewalls,HOSP,City hospital,Lviv,HW,O-4,DA,Albion,cash,paid,160.00,EUR,,,200.00,"
    "EUR,2026-01-01,2026-03-31\n"
    "2026-Q1,N-3,\"Training, on site\",COURT,,,TRN,O-2,DB,,in-kind,paid,10,seat,,,,,2026-01-01,"
    "2026-03-31\n";

static const char TOTALS[] =
    "round,need,title,beneficiary,beneficiary_name,region,category,quantity,unit,start,end\n"
    "#activity+programme+code,#need+code,#need+name,#beneficiary+code,#beneficiary+name,#adm1+name,"
    "#sector+code,#output+num,#output+type,#date+start,#date+end\n"
    "2026-Q1,N-1,Firewalls,HOSP,City hospital,Lviv,HW,940.00,EUR,2026-01-01,2026-03-31\n"
    "2026-Q1,N-3,\"Training, on site\",COURT,,,TRN,10,seat,2026-01-01,2026-03-31\n";

static void open_round(Program *p)
{
    program_open(p);
    program_table(p, "settings.csv", SETTINGS);
    program_table(p, "needs.csv", NEEDS);
    program_table(p, "offers.csv", OFFERS);
    program_table(p, "rates.csv", "currency,rate\nGBP,1.25\nJPY,0.006\n");
    program_table(p, "donors.csv", "id,name,contact\nDA,Albion,contactq\nDB,,\nDC,,\n");
    program_table(p, "beneficiaries.csv", "id,name\nHOSP,City hospital\nMOD,Defenceq\nCOURT,\n");
    program_put(p, "t", "assignments.csv", PLAN);
}

static void assert_file(const Program *p, const char *name, const char *expected)
{
    char *text = program_read(p, name);
    assert_string_equal(text, expected);
    free(text);
}

static void lines_are_published_in_the_currencies_in_which_they_are_given(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    ALLOT(&p, "publish", "r", "t", "out.csv", "--set", "release=all");
    assert_exit(&p, 0);
    assert_prints(&p, "out.csv: 4 lines; 1 line on restricted needs left out\n");
    assert_file(&p, "out.csv", ALL);
    program_close(&p);
}

/* A text that a spreadsheet would carry out as a formula is a text for everybody. */
static void texts_that_look_like_formulas_are_published_as_texts(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_table(&p, "needs.csv",
                  "id,title,beneficiary,region,category,quantity,unit\n"
                  "N-1,\"=HYPERLINK(\"\"x\"\",\"\"y\"\")\",@HOSP,+NORTH,-HW,1000,EUR\n");
    program_table(&p, "offers.csv", "id,donor,quantity,unit,category\nO-1,=DA,900,EUR,*\n");
    program_table(&p, "donors.csv", "id,name\n=DA,-1+2\n");
    program_table(&p, "beneficiaries.csv", "id,name\n@HOSP,City-hospital\n");
    program_put(&p, "t", "assignments.csv", "need,offer,quantity\nN-1,O-1,900\n");
    ALLOT(&p, "publish", "r", "t", "out.csv", "--set", "release=all");
    assert_exit(&p, 0);
    char *text = program_read(&p, "out.csv");
    assert_non_null(
        strstr(text, "\n2026-Q1,N-1,\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\",'@HOSP,City-hospital,"
                     "'+NORTH,'-HW,O-1,'=DA,'-1+2,cash,committed,900.00,EUR,,900.00,,"));
    free(text);
    program_close(&p);
}

static void totals_name_nobody_who_gives(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    ALLOT(&p, "publish", "r", "t", "out.csv", "--set", "release=totals");
    assert_exit(&p, 0);
    assert_prints(&p, "out.csv: 2 needs; 1 line on restricted needs left out\n");
    assert_file(&p, "out.csv", TOTALS);
    program_close(&p);
}

static void a_round_that_is_the_parties_own_is_not_published(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    ALLOT(&p, "publish", "r", "t", "out.csv");
    assert_exit(&p, 1);
    assert_says(&p,
                "error E026: release is 'own': nothing of this round may be shown to everybody");
    assert_false(program_wrote(&p, "out.csv"));
    program_close(&p);
}

/** Restricted: N-2's id, title, beneficiary, place, amount, and what is given of O-1 for it (220 GBP). */
static void nothing_of_a_restricted_need_or_of_what_is_internal_is_in_the_file(void **state)
{
    static const char *const HIDDEN[] = {"N-2",     "Radarq",  "MOD",      "Defenceq",
                                         "Secretq", "275",     "220",      "noteq",
                                         "mineq",   "sourceq", "contactq", "restricted"};
    static const char *const LEVELS[] = {"release=all", "release=totals"};
    Program p;
    (void)state;
    open_round(&p);
    for (size_t level = 0; level < COUNT_OF(LEVELS); level++) {
        ALLOT(&p, "publish", "r", "t", "out.csv", "-q", "--set", LEVELS[level]);
        assert_exit(&p, 0);
        char *text = program_read(&p, "out.csv");
        for (size_t i = 0; i < COUNT_OF(HIDDEN); i++)
            assert_case(HIDDEN[i], strstr(text, HIDDEN[i]) == NULL);
        free(text);
    }
    program_close(&p);
}

/* By tests/tools/hxl_check.py, which has the lists of the HXL standard and knows nothing of this program. */
static void tags_and_values_are_those_of_the_hxl_standard(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(&p, "set -e; for level in all totals; do "
                       "$ALLOT publish r t $level.csv -q --set release=$level; "
                       "/usr/bin/python3 $TOP/tests/tools/hxl_check.py $level.csv; done");
    assert_exit(&p, 0);
    assert_prints(&p, "20 tags, own: +committed +offer +pledged; 0 faults\n");
    assert_prints(&p, "11 tags, own: none; 0 faults\n");
    program_close(&p);
}

/** The tags are set aside, and the lines are a plan again: published once more they are the same. */
static void the_programs_own_reader_takes_the_file_with_its_tags(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    ALLOT(&p, "publish", "r", "t", "out.csv", "-q", "--set", "release=all");
    program_script(&p, "mkdir again && cp out.csv again/assignments.csv && $ALLOT publish r again "
                       "twice.csv --set release=all --verbose && cmp out.csv twice.csv");
    assert_exit(&p, 0);
    assert_null(strstr(p.run.err, "again/"));
    assert_prints(&p, "twice.csv: 4 lines\n");
    program_close(&p);
}

static void a_plan_that_breaks_a_rule_is_not_published(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(&p, "echo N-3,O-2,13 | sed '1i need,offer,quantity' >t/assignments.csv; "
                       "$ALLOT publish r t out.csv --set release=all");
    assert_exit(&p, 1);
    assert_false(program_wrote(&p, "out.csv"));
    ALLOT(&p, "publish", "r", "t", "out.xlsx", "--set", "release=all");
    assert_exit(&p, 2);
    assert_says(&p, "publish writes .csv, not 'out.xlsx'");
    program_close(&p);
}

/** A disk that is full leaves what was there. */
static void a_file_that_cannot_be_written_is_said(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    ALLOT(&p, "publish", "r", "t", "/dev/full", "--set", "release=all");
    assert_exit(&p, 5);
    assert_says(&p, "/dev/full: error E042: cannot write");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_published_in_the_currencies_in_which_they_are_given),
        cmocka_unit_test(texts_that_look_like_formulas_are_published_as_texts),
        cmocka_unit_test(totals_name_nobody_who_gives),
        cmocka_unit_test(a_round_that_is_the_parties_own_is_not_published),
        cmocka_unit_test(nothing_of_a_restricted_need_or_of_what_is_internal_is_in_the_file),
        cmocka_unit_test(tags_and_values_are_those_of_the_hxl_standard),
        cmocka_unit_test(the_programs_own_reader_takes_the_file_with_its_tags),
        cmocka_unit_test(a_plan_that_breaks_a_rule_is_not_published),
        cmocka_unit_test(a_file_that_cannot_be_written_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
