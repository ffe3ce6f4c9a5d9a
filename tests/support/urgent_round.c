#include "tests/support/urgent_round.h"

#include <stddef.h>

static void open_tables(Program *p, const char *needs, const char *offers, const char *lines)
{
    program_open(p);
    program_script(p, "rm -rf r; mkdir r a before");
    program_table(p, "needs.csv", needs);
    program_table(p, "offers.csv", offers);
    program_put(p, "before", "assignments.csv", lines);
}

void urgent_round_open(Program *p)
{
    open_tables(p, "id,category,quantity,priority\nN-1,HW,60,1\nN-4,HW,68,3\nN-5,SOC,15,4\n",
                "id,donor,quantity,only_needs\nO-1,PL,60,N-1\nO-2,DE,60,N-4;N-5\n"
                "O-3,FR,8,N-4;N-5\n",
                PLAN_LINES "N-1,O-1,60\nN-4,O-2,45\nN-4,O-3,8\nN-5,O-2,15\n");
    program_put(p, "before", "stages.csv",
                "stage,sense,value,bound,gap,status\nurgent N-5,min,0,0,0,optimal\n");
}

void answered_round_open(Program *p, const char *needs, const char *offers, const char *settings,
                         const char *lines, const char *answers)
{
    open_tables(p, needs, offers, lines);
    if (settings != NULL)
        program_table(p, "settings.csv", settings);
    program_put(p, "a", "x.csv", answers);
    ALLOT(p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "p", "-q");
    assert_exit(p, 0);
}
