/* One folder for all that happens between two rounds. */
#include "tests/support/busy_round.h"

#include <string.h>

#define PLAN_FILES "--explain", "none", "-o", "@p.xlsx", "--tables", "@u", "-q"

const BusyCommand busy_commands[BUSY_COMMANDS] = {
    {"pack", {"pack", "@r", "@t", "@out", "-q", "--jobs", "1"}},
    {"close", {"close", "@r2", "@t2", "@l.csv", "--set", "round=R2", "-q"}},
    {"record", {"record", "@l.csv", "@e.csv", "-q"}},
    {"answers", {"solve", "@r", "--answers", "@a", "--previous", "@t", PLAN_FILES}},
    {"urgent", {"solve", "@r", "--urgent", "N-4", "--previous", "@t", PLAN_FILES}},
    {"ledger", {"solve", "@r2", "--ledger", "@l.csv", PLAN_FILES}},
};

void busy_round_open(Program *p)
{
    program_open(p);
    program_script(
        p, "$ALLOT solve r --tables t --explain none -q && "
           "$ALLOT close r t l.csv --set round=R1 -q && cp l.csv kept && "
           "mkdir r2 a && cp r/offers.csv r2 && "
           "sed 's/,60000,/,70000,/; s/,50000,/,55000,/' r/needs.csv >r2/needs.csv && "
           "printf 'id,donor,quantity,unit,only_regions\\nO-1,DONOR-A,150000,EUR,\\n"
           "O-2,DONOR-B,40000,EUR,SOUTH\\n' >r2/offers.csv && "
           "$ALLOT solve r2 --ledger l.csv --tables t2 --explain none -q && "
           "printf 'need,offer,quantity,decision,agreed,other_need,comment\\n"
           "N-1,O-1,60000,agree less,50000,,\\n' >a/donor-DONOR-A.csv && "
           "printf 'event,need,offer,quantity,date\\ndelivery,N-1,O-1,1,2026-01-01\\n' >e.csv");
    assert_exit(p, 0);
}

void busy_round_check(Program *p, const char *label, bool done)
{
    /* a plan's tables are fourteen or, with a ledger or answers, more; a pack has a workbook and a letter
     * a party, two workbooks and the notes on them */
    program_script(
        p, "for f in p.xlsx out/*.xlsx; do "
           "test ! -e $f || unzip -tq $f >/dev/null || echo broken $f; done; "
           "find . -name '.*.*' | grep .; "
           "ls -A | grep -Evx 'r|t|a|l.csv|kept|e.csv|r2|t2|p.xlsx|u|out'; "
           "n=$(ls -A u 2>/dev/null | wc -l); m=$(ls -A out 2>/dev/null | wc -l); "
           "test $n = 0 -o -e u/summary.csv -a $n -ge 14 || echo $n tables; "
           "test $m = 0 -o $m = 14 || echo $m files of a pack; cmp -s l.csv kept || echo ledger");
    const char *left = done && strcmp(p->run.out, "ledger\n") == 0 ? "" : p->run.out;
    if (*left != '\0')
        fail_msg("%s leaves: %s", label, left);
}

void busy_round_clear(Program *p)
{
    program_script(p, "rm -rf out p.xlsx u; cp kept l.csv");
}
