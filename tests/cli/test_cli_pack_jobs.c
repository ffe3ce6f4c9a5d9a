/* A pack written by several processes: the same bytes however many there are, and all files or none whatever
 * becomes of one of them. */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

/* 30 donors, 40 beneficiaries and two more workbooks, whose lists are longer than one that is built as a
 * whole (ROWS_FEW of io/book_rows.c). */
static void open_wide_round(Program *p)
{
    program_open(p);
    program_script(
        p, "mkdir w; awk 'BEGIN { print \"id,title,beneficiary,category,priority,quantity,unit\"; "
           "for (n = 1; n <= 2200; n++) printf \"N-%d,Need %d,B-%d,%s,%d,%d,EUR\\n\", n, n, "
           "n % 40, n % 3 ? \"HW\" : \"SW\", 1 + n % 4, 1000 + n * 7919 % 5000 }' >w/needs.csv; "
           "awk 'BEGIN { print \"id,donor,category,quantity,unit\"; "
           "for (o = 1; o <= 60; o++) printf \"O-%d,D-%d,%s,%d,EUR\\n\", o, o % 30, "
           "o % 3 ? \"HW\" : \"SW\", 20000 + o * 6007 % 40000 }' >w/offers.csv; "
           "$ALLOT solve w --tables t --explain none -q");
    assert_exit(p, 0);
}

static void any_number_of_jobs_gives_the_same_pack(void **state)
{
    Program p;
    (void)state;
    open_wide_round(&p);
    program_script(&p, "set -e\n"
                       "$ALLOT pack w t p -q\n"
                       "for j in 1 2 5 100; do $ALLOT pack w t p$j -q --jobs $j; done\n"
                       "for j in 1 2 5 100; do diff -r p p$j; done\n"
                       "find p5 | wc -l; find p5 -size 0\n");
    assert_exit(&p, 0);
    assert_string_equal(p.run.out, "143\n"); /* the folder, 70 parties' two, two workbooks */
    program_close(&p);
}

/* What is said and left is the same as where one process writes everything; libxlsxwriter says more by itself,
 * in lines that begin with [ERROR]. */
static void a_disk_that_is_full_under_any_process_leaves_nothing(void **state)
{
    Program p;
    (void)state;
    open_wide_round(&p);
    program_script(&p,
                   "mkdir there; for blocks in 0 1 8 16 24 32 64 128 256 512 8192; do\n"
                   "  for j in 1 3; do (trap '' XFSZ; ulimit -f $blocks;\n"
                   "    $ALLOT pack w t p -q --jobs $j 2>&1; echo exit $?) | cat >$j.out\n"
                   "    if test -d p; then rm -r p; echo $blocks enough >>$j.out; fi\n"
                   "  done\n"
                   "  sed -i '/^.ERROR/d' 1.out 3.out; cmp 1.out 3.out || cat 1.out 3.out; grep -h "
                   "'exit\\|enough\\|E042' 3.out\n"
                   "done | sort | uniq -c >said\n"
                   "cat said; ls -A\n"
                   "(trap '' XFSZ; ulimit -f 16; $ALLOT pack w t there -q --jobs 3 2>&1) | cat\n"
                   "ls -A there | wc -l");
    assert_exit(&p, 0);
    assert_prints(&p, "exit 5\n");
    assert_prints(&p, " p/internal.xlsx: error E042: cannot write: File too large\n");
    assert_prints(&p, " 1 8192 enough\n");
    assert_prints(&p, "there/internal.xlsx: error E042: cannot write: File too large\n0\n");
    assert_null(strstr(p.run.out, "differ"));
    program_close(&p);
}

/* A signal ends the process in the middle of a long list, which is written beside its workbook first. */
static void a_process_that_dies_leaves_nothing(void **state)
{
    Program p;
    (void)state;
    open_wide_round(&p);
    program_script(&p, "mkdir there; for blocks in 1 8 16 24 32 64 128; do for d in p there; do\n"
                       "  (ulimit -f $blocks; ulimit -c 0; $ALLOT pack w t $d -q --jobs 2 2>&1;\n"
                       "    echo exit $?) | cat\n"
                       "done; done | grep -v ' [NW][0-9]*: ' | sort | uniq -c; ls -A . there");
    assert_exit(&p, 0);
    assert_prints(&p, " 14 exit 70\n");
    assert_prints(&p, "error E043: p: its process was ended: File size limit exceeded\n");
    assert_string_equal(strstr(p.run.out, ".:\n"), ".:\nr\nt\nthere\nw\n\nthere:\n");
    program_close(&p);
}

#ifndef __SANITIZE_ADDRESS__ /* which maps more than any limit */
/* The processes need more than the one that starts them: where memory is just too little, it is theirs. */
static void memory_that_runs_out_in_a_process_is_said_as_anywhere(void **state)
{
    Program p;
    (void)state;
    open_wide_round(&p);
    program_script(&p, "try() { rm -rf p; (ulimit -v $1; $ALLOT pack w t p -q --jobs 2) 2>said; }\n"
                       "low=20000; high=800000; try $high || exit 90; try $low && exit 91\n"
                       "while test $((high - low)) -gt 100; do\n"
                       "  v=$(((low + high) / 2))\n"
                       "  if try $v; then high=$v; continue; fi\n"
                       "  low=$v; test ! -e p || ls -A p; cp said last\n"
                       "done; grep -c . last; cat last");
    assert_exit(&p, 0);
    assert_string_equal(p.run.out, "1\nallot: out of memory\n");
    program_close(&p);
}
#endif

/* As told by what a signal ends: a task, which is a finding, or the program. */
static void one_job_is_no_process(void **state)
{
    Program p;
    (void)state;
    open_wide_round(&p);
    program_script(&p, "ulimit -f 8; ulimit -c 0; $ALLOT pack w t p -q --jobs 1");
    assert_exit(&p, 128 + 25); /* SIGXFSZ */
    assert_null(strstr(p.run.err, "E043"));
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_jobs_gives_the_same_pack),
        cmocka_unit_test(a_disk_that_is_full_under_any_process_leaves_nothing),
        cmocka_unit_test(a_process_that_dies_leaves_nothing),
#ifndef __SANITIZE_ADDRESS__
        cmocka_unit_test(memory_that_runs_out_in_a_process_is_said_as_anywhere),
#endif
        cmocka_unit_test(one_job_is_no_process),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
