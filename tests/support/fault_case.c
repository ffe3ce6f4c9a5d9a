#include "tests/support/fault_case.h"

#include <stdlib.h>
#include <string.h>

void fault_case_write(Program *program, const FaultCase *fault)
{
    program_table(program, "needs.csv", fault->needs);
    program_table(program, "offers.csv", fault->offers);
    program_table(program, "settings.csv", fault->settings);
    if (fault->other != NULL)
        program_table(program, fault->other, fault->other_text);
}

static void assert_right(const FaultCase *fault, const char *engine)
{
    Program p;
    program_open(&p);
    fault_case_write(&p, fault);
    ALLOT(&p, "solve", "r", "--tables", "t", "-q", "--set", engine);
    assert_exit(&p, 0);
    char *stages = program_read(&p, "t/stages.csv");
    if (strstr(stages, fault->line) == NULL)
        fail_msg("%s, %s: no line \"%s\" in\n%s", fault->label, engine, fault->line, stages);
    free(stages);
    program_close(&p);
}

void assert_faults_mended(const FaultCase *faults, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_right(&faults[i], "engine=fast");
        assert_right(&faults[i], "engine=plain");
    }
}
