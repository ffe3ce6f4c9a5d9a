/* Equal input gives equal bytes: again, in another folder, under another locale, zone, home and umask;
 * and from shuffled rows and columns, where only hashes of the input and places in its files differ.
 */
#include "tests/support/program.h"

#include <stdlib.h>

/* Two donors with limits, wholes, three currencies, reasons of several kinds, scenarios. */
static void open_round(Program *p)
{
    program_open(p);
    program_table(p, "needs.csv",
                  "id,title,beneficiary,region,category,quantity,unit,unit_cost,currency,priority,"
                  "indivisible,requires,max_donors,tags\n"
                  "N-1,Firewalls,HOSPITAL,NORTH,HW,60000,EUR,,,1,,,,a\n"
                  "N-2,Training,COURT,NORTH,TRN,10,seat,2000,USD,2,,N-1,,a;b\n"
                  "N-3,Backup,WATERWORKS,NORTH,BKP,40000,EUR,,,2,yes,,1,\n"
                  "N-4,Network,TOWN-HALL,SOUTH,HW,50000,EUR,,,2,,,,b\n"
                  "N-5,Notebooks,COURT,SOUTH,HW,9,server,,,3,,,,\n");
    program_table(p, "offers.csv",
                  "id,donor,quantity,unit,only_regions,max_share,status\n"
                  "O-1,DONOR-A,96000,EUR,,,\nO-2,DONOR-B,300000,SEK,SOUTH,0.5,\n"
                  "O-3,DONOR-B,7,seat,,,paid\nO-4,DONOR-A,5000,EUR,,,pledged\n");
    program_table(p, "donors.csv",
                  "id,name,budget,currency\nDONOR-A,Aland,90000,EUR\n"
                  "DONOR-B,Bergen,,\n");
    program_table(p, "rates.csv", "currency,rate\nSEK,0.09\nUSD,0.92\n");
    program_table(p, "rules.csv",
                  "id,kind,each,value,currency,category,reason\n"
                  "R-1,limit,beneficiary,45000,EUR,HW,ceiling\nR-2,limit,,70000,EUR,HW,\n");
    program_table(p, "scenarios.csv",
                  "scenario,table,id,column,value\nless,offers,O-1,quantity,60000\n"
                  "more,offers,O-2,quantity,500000\nmore,needs,N-4,weight,2\n");
}

static void again_and_elsewhere_gives_the_same_bytes(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(&p, "set -e\n"
                       "$ALLOT solve r -o 1.xlsx --tables t1\n"
                       "$ALLOT solve r -o 2.xlsx --tables t2\n"
                       "mkdir -p 'another place/für'; cp -r r 'another place/für/r'\n"
                       "top=$PWD; cd 'another place/für'; umask 077\n"
                       "env -i PATH=/nowhere HOME=/nonexistent TZ=Asia/Kathmandu LC_ALL=C.UTF-8 "
                       "LANGUAGE=de OMP_NUM_THREADS=3 \"$ALLOT\" solve r -o $top/3.xlsx "
                       "--tables $top/t3\n"
                       "cd $top\n"
                       "cmp 1.xlsx 2.xlsx; cmp 1.xlsx 3.xlsx; diff -r t1 t2; diff -r t1 t3\n"
                       "test -s t1/assignments.csv\n");
    assert_exit(&p, 0);
    program_close(&p);
}

/** Rows from the last to the first, columns likewise; no cell holds a comma. */
#define SHUFFLE                                                                                    \
    "mkdir s; for f in r/*.csv; do\n"                                                              \
    "  { head -n 1 $f; tail -n +2 $f | tac; } |\n"                                                 \
    "    awk -F, '{for (i = NF; i > 1; i--) printf \"%s,\", $i; print $1}' >s/${f#r/}\n"           \
    "done\n"

/** A sheet's cells with their texts, the numbers of rows in them masked: `cells STRINGS SHEET`. */
#define CELLS                                                                                      \
    "cells() { { sed 's/<si>/\\n<si>/g' \"$1\"; echo; echo ===; sed 's/<c /\\n<c /g' \"$2\"; } "   \
    "|\n"                                                                                          \
    "  sed -E 's/ (row|line) [0-9]+/ \\1 N/g' |\n"                                                 \
    "  awk '/^===/ {sheet = 1; next} !sheet && /^<si>/ {text[n++] = $0} sheet {\n"                 \
    "    if (match($0, /t=\"s\"><v>[0-9]+/)) {\n"                                                  \
    "      k = substr($0, RSTART + 9, RLENGTH - 9);\n"                                             \
    "      $0 = substr($0, 1, RSTART + 8) text[k] substr($0, RSTART + RLENGTH)}\n"                 \
    "    print}'; }\n"

/* summary.csv has the hashes, problems.csv and the columns `row` the places. The workbook's sheets are
 * compared cell by cell, the hashes, the numbers of rows and the sheet Problems left out. */
static void shuffled_rows_and_columns_change_hashes_and_places_alone(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(&p,
                   "set -e; exec >&2\n" SHUFFLE CELLS "! cmp -s r/needs.csv s/needs.csv\n"
                   "mkdir x; mv s x/r; $ALLOT solve r -o 1.xlsx --tables t1\n"
                   "cd x; $ALLOT solve r -o 2.xlsx --tables ../t2; cd ..; mv x/2.xlsx .\n"
                   "for t in assignments needs offers stages; do cmp t1/$t.csv t2/$t.csv; done\n"
                   "for k in 1 2; do\n"
                   "  sed -E '/^sha256_/d' t$k/summary.csv >$k.sum\n"
                   "  cut -d, -f1-3,5- t$k/problems.csv | sed -E 's/(line|row) [0-9]+/\\1/' | sort "
                   ">$k.problems\n"
                   "  mkdir $k; (cd $k; unzip -q ../$k.xlsx)\n"
                   "  n=$(sed 's/<sheet /\\n&/g' $k/xl/workbook.xml | grep '<sheet ' | "
                   "grep -n 'name=\"Problems\"' | cut -d: -f1)\n"
                   "  test -n \"$n\"; rm $k/xl/worksheets/sheet$n.xml\n"
                   "  sed -E -i 's/[0-9a-f]{64}/HASH/g' $(find $k -name '*.xml')\n"
                   "done\n"
                   "cmp 1.sum 2.sum; cmp 1.problems 2.problems\n"
                   "test -s 1/xl/worksheets/sheet1.xml\n"
                   "for sheet in 1/xl/worksheets/*.xml; do\n"
                   "  for k in 1 2; do\n"
                   "    cells $k/xl/sharedStrings.xml $k/${sheet#1/} >$k.cells; test -s $k.cells\n"
                   "  done\n"
                   "  diff 1.cells 2.cells\n"
                   "done\n");
    assert_exit(&p, 0);
    program_close(&p);
}

static void sweeps_give_the_same_bytes_with_one_process_and_with_two(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(&p, "set -e\n"
                       "for what in stress scenarios; do\n"
                       "  for j in 1 2; do\n"
                       "    $ALLOT $what r --jobs $j -o $what$j.xlsx --tables $what$j\n"
                       "  done\n"
                       "  cmp ${what}1.xlsx ${what}2.xlsx; diff -r ${what}1 ${what}2\n"
                       "done\n");
    assert_exit(&p, 0);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(again_and_elsewhere_gives_the_same_bytes),
        cmocka_unit_test(shuffled_rows_and_columns_change_hashes_and_places_alone),
        cmocka_unit_test(sweeps_give_the_same_bytes_with_one_process_and_with_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
