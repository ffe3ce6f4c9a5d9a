/* A sweep in parts: decided apart, on other machines perhaps, and put together again. */
#include "tests/support/program.h"

static const char SCENARIOS[] = "scenario,table,id,column,value\n"
                                "a,offers,O-1,quantity,50000\n"
                                "b,needs,N-2,priority,1\n"
                                "c,offers,O-2,quantity,lots\n";

static void open_round(Program *p)
{
    program_open(p);
    program_table(p, "scenarios.csv", SCENARIOS);
    program_table(p, "settings.csv", "key,value\nstart,2026-01-01\nend,2026-03-31\n");
}

static void parts_put_together_are_what_one_run_writes(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(&p, "set -e\n"
                       "$ALLOT stress r -o whole.xlsx --tables t >whole.out\n"
                       "for n in 1 2 3 9; do\n"
                       "  for i in $(seq $n); do $ALLOT stress r --part $i/$n -o $i.part; done\n"
                       "  $ALLOT merge $(ls *.part | sort -r) -o m.xlsx --tables m >m.out\n"
                       "  cmp whole.xlsx m.xlsx; cmp t/stress.csv m/stress.csv\n"
                       "  rm -r *.part m.xlsx m\n"
                       "done\n");
    assert_exit(&p, 0);
    program_close(&p);
}

static void a_case_that_is_wrong_is_wrong_after_the_merge_too(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(&p, "$ALLOT scenarios r -o whole.xlsx >whole.out; test $? = 1 || exit 90\n"
                       "set -e\n"
                       "$ALLOT scenarios r --part 1/2 -o 1.part\n"
                       "$ALLOT scenarios r --part 2/2 -o 2.part\n"
                       "set +e\n"
                       "$ALLOT merge 1.part 2.part -o m.xlsx >m.out; test $? = 1 || exit 91\n"
                       "set -e\n"
                       "cmp whole.xlsx m.xlsx\n"
                       "sed -i /^workbook/d whole.out m.out; cmp whole.out m.out\n");
    assert_exit(&p, 0);
    program_close(&p);
}

static void a_merge_is_not_written_over_a_part(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(
        &p, "$ALLOT stress r --part 1/1 -o part; cp part part.xlsx; "
            "$ALLOT merge part.xlsx -o part.xlsx; code=$?; cmp part part.xlsx && exit $code");
    assert_exit(&p, 5);
    assert_says(&p, "this is read as well");
    program_close(&p);
}

static void gnu_parallel_spreads_a_sweep(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_script(&p, "set -e\n"
                       "HOME=$PWD; export HOME\n"
                       "$ALLOT stress r -o whole.xlsx\n"
                       "parallel -j 2 $ALLOT stress r --jobs 1 --part {}/4 -o {}.part ::: 1 2 3 4\n"
                       "$ALLOT merge ?.part -o m.xlsx\n"
                       "cmp whole.xlsx m.xlsx\n");
    assert_exit(&p, 0);
    program_close(&p);
}

static void parts_that_do_not_fit_each_other_are_refused(void **state)
{
    static const struct {
        const char *script, *says;
    } cases[] = {
        {"$ALLOT merge 1.part 3.part",
         "error E044: part 2 of 3 is missing; name its file, or decide it with --part 2/3\n"},
        {"$ALLOT merge 1.part", "error E044: parts 2 to 3 of 3 are missing; name their files"},
        {"$ALLOT merge 1.part 2.part 2.part 3.part",
         "2.part: error E044: part 2 of 3 is there twice"},
        {"$ALLOT stress r --part 1/2 -o x.part; $ALLOT merge 1.part x.part",
         "x.part: error E044: this is part 1 of 2, but 1.part is one of 3"},
        {"$ALLOT stress r --set fairness=none --part 2/3 -o x.part; $ALLOT merge 1.part x.part "
         "3.part",
         "x.part: error E044: the part is of another sweep than 1.part: 'fact fairness none' "
         "differs"},
        {"echo 'N-5,More,TOWN-HALL,SOUTH,HW,1,EUR,,2' >>r/needs.csv\n"
         "$ALLOT stress r --part 2/3 -o x.part; $ALLOT merge 1.part x.part 3.part",
         "is of another sweep than 1.part: 'fact needs "},
        {"$ALLOT scenarios r --part 2/3 -o x.part; $ALLOT merge 1.part x.part 3.part",
         "is of another sweep than 1.part: 'allot sweep 2 scenarios' differs"},
        {"head -c 100 2.part >x.part; $ALLOT merge 1.part x.part 3.part",
         "x.part: error E044: the part is damaged: it ends before its results; copy it once more"},
        {"head -n 8 2.part >x.part; $ALLOT merge 1.part x.part 3.part",
         "x.part: error E044: the part is damaged: it ends before its results; copy it once more"},
        {"head -c 100 1.part >x.part; $ALLOT merge x.part 2.part 3.part",
         "error E044: the part is damaged: it ends within a line, or holds bytes that are no text; "
         "copy it once more, or decide it again\n"},
        {": >x.part; $ALLOT merge 1.part x.part 3.part",
         "x.part:1: error E044: this is no part of a sweep; "},
        {"head -c 5000 \"$ALLOT\" >x.part; $ALLOT merge 1.part x.part 3.part",
         "x.part:1: error E044: this is no part of a sweep; "},
        {"head -n -1 2.part >x.part; $ALLOT merge 1.part x.part 3.part", "its end is missing"},
        {"sed '/^got/d' 2.part >x.part; $ALLOT merge 1.part x.part 3.part",
         "the result of a case is not whole"},
        {"sed 's/^line\\t0/line\\t99/' 1.part >x.part; $ALLOT merge x.part 2.part 3.part",
         "an assignment cannot be read"},
        {"sed 's/^line\\t0\\t0\\t/&1/' 1.part >x.part; $ALLOT merge x.part 2.part 3.part",
         "its bytes are not those that were written"},
        {"$ALLOT merge r/needs.csv", "this is no part of a sweep"},
        {"$ALLOT merge none.part", "none.part: error E001"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Program p;
        open_round(&p);
        program_script(&p, "for i in 1 2 3; do $ALLOT stress r --part $i/3 -o $i.part; done");
        assert_exit(&p, 0);
        program_script(&p, cases[i].script);
        assert_says(&p, cases[i].says);
        assert_false(program_wrote(&p, "stress.xlsx"));
        program_close(&p);
    }
}

static void the_command_line_of_a_sweep_is_checked(void **state)
{
    static const struct {
        const char *arguments[6];
        const char *says;
    } cases[] = {
        {{"stress", "r", "--part", "1/2"}, "--part needs -o FILE"},
        {{"stress", "r", "--part", "0/2"}, "--part is I/N"},
        {{"stress", "r", "--part", "3/2"}, "--part is I/N"},
        {{"stress", "r", "--part", "2"}, "--part is I/N"},
        {{"stress", "r", "--jobs", "0"}, "--jobs is a whole number"},
        {{"stress", "r", "--jobs", "two"}, "--jobs is a whole number"},
        {{"solve", "r", "--jobs", "2"}, "--jobs belongs to compare, pack, scenarios and stress"},
        {{"stress", "r", "--rules"}, "--rules belongs to scenarios"},
        {{"merge"}, "too few operands"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Program p;
        program_open(&p);
        program_run(&p, cases[i].arguments);
        assert_exit(&p, 2);
        assert_says(&p, cases[i].says);
        program_close(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_put_together_are_what_one_run_writes),
        cmocka_unit_test(a_case_that_is_wrong_is_wrong_after_the_merge_too),
        cmocka_unit_test(a_merge_is_not_written_over_a_part),
        cmocka_unit_test(gnu_parallel_spreads_a_sweep),
        cmocka_unit_test(parts_that_do_not_fit_each_other_are_refused),
        cmocka_unit_test(the_command_line_of_a_sweep_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
