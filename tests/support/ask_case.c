#include "tests/support/ask_case.h"

#include "tests/support/test_support.h"

Pipeline *ask_case_decide(const char *needs, const char *offers, const char *beneficiaries)
{
    char *dir = test_dir_make(), rows[200];
    (void)snprintf(rows, sizeof rows, "id,max_value\n%s", beneficiaries);
    write_file(dir, "needs.csv", needs);
    write_file(dir, "offers.csv", offers);
    write_file(dir, "beneficiaries.csv", rows);
    write_file(dir, "settings.csv", "key,value\nfairness,none\ncurrency,EUR\n");
    Pipeline *run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    assert_int_equal(run->status, STATUS_OK);
    return run;
}

void ask_case_widen(Pipeline *run, Formulation *widened)
{
    assert_int_equal(formulation_build_widened(&run->round, run->arena, widened), STATUS_OK);
}

Status ask_case_told(Pipeline *run, const Formulation *widened, const Asks **asks)
{
    SolveSettings settings = solve_settings_of(&run->round);
    settings.deadline = 1e-9;
    return solve_asks(widened, &run->plan, &settings, run->arena, asks);
}

void assert_one_gift(const Pipeline *run, const Asks *asks, const char *need, const char *offer,
                     int64_t extra)
{
    const NeedAsk *ask = &asks->needs[round_find_need(&run->round, need)];
    assert_int_equal(ask->state, ASK_ONE);
    assert_int_equal(ask->gift_count, 1);
    assert_string_equal(run->round.offers[ask->gifts[0].offer].id, offer);
    assert_int_equal(ask->gifts[0].extra, extra);
    assert_int_equal(ask->gifts[0].least, extra);
}

void assert_ask_stopped(const Pipeline *run, const Asks *asks, const char *need)
{
    const NeedAsk *ask = &asks->needs[round_find_need(&run->round, need)];
    assert_int_equal(ask->state, ASK_STOPPED);
    assert_int_equal(ask->gift_count, 0);
}
