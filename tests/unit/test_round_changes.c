/* Changed cells: a round read as if its files said something else. Every expected value is what the
 * file would give if a person had typed the change into it. */
#include "tests/support/read_round.h"
#include "tests/support/test_support.h"

static void read_changed(ReadRound *f, const char *scenario, const CellChange *changes,
                         size_t count)
{
    f->status = round_read(
        &(RoundSource){
            .path = f->dir, .scenario = scenario, .changes = changes, .change_count = count},
        f->arena, f->diag, &f->round);
    diag_sort(f->diag);
}

static void write_scenarios(const ReadRound *f, const char *rows)
{
    char text[1024];
    (void)snprintf(text, sizeof text, "scenario,table,id,column,value\n%s", rows);
    write_file(f->dir, "scenarios.csv", text);
}

/* ---- scenarios ------------------------------------------------------------------------------ */

static void a_scenario_changes_its_cells_and_no_others(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv", "id,category,quantity\nN1,HW,100\nN2,HW,7\n");
    write_scenarios(&f, "less,needs,N1,quantity,40\nmore,needs,N2,quantity,900\n");
    read_changed(&f, "less", NULL, 0);
    assert_finding_count("less", f.diag, 0);
    assert_int_equal(f.round.needs[0].quantity, 4000);
    assert_int_equal(f.round.needs[1].quantity, 700);
    assert_int_equal(f.round.changed_count, 1);
    const ChangedCell *cell = &f.round.changed[0];
    assert_int_equal(cell->table, TABLE_NEEDS);
    assert_string_equal(cell->id, "N1");
    assert_string_equal(cell->column, "quantity");
    assert_string_equal(cell->before, "100");
    assert_string_equal(cell->after, "40");
    read_round_close(&f);
}

static void without_a_scenario_nothing_changes(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_scenarios(&f, "less,needs,N1,quantity,40\n");
    read_round(&f);
    assert_int_equal(f.round.needs[0].quantity, 10000);
    assert_int_equal(f.round.changed_count, 0);
    read_round_close(&f);
}

static void later_rows_win_and_the_cell_is_listed_once(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_scenarios(&f, "s,needs,N1,quantity,40\ns,needs,N1,Quantity,60\n");
    read_changed(&f, "s", NULL, 0);
    assert_int_equal(f.round.needs[0].quantity, 6000);
    assert_int_equal(f.round.changed_count, 1);
    assert_string_equal(f.round.changed[0].before, "100");
    assert_string_equal(f.round.changed[0].after, "60");
    read_round_close(&f);
}

static void a_column_that_the_file_lacks_can_be_changed(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv", "id,category,quantity\nN1,HW,100\nN2,HW,7\n");
    write_scenarios(&f, "s,needs,N2,priority,3\ns,offers,O1,valid_from,2026-04-01\n");
    read_changed(&f, "s", NULL, 0);
    assert_finding_count("s", f.diag, 0);
    assert_int_equal(f.round.needs[0].stated_priority, 0);
    assert_int_equal(f.round.needs[1].stated_priority, 3);
    assert_int_equal(f.round.offers[0].valid_from, 20544); /* `date -d 2026-04-01 +%s` / 86400 */
    read_round_close(&f);
}

static void an_empty_value_is_an_empty_cell(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv", "id,category,quantity,weight\nN1,HW,100,5\n");
    write_scenarios(&f, "s,needs,N1,weight,\n");
    read_changed(&f, "s", NULL, 0);
    assert_finding_count("s", f.diag, 0);
    assert_int_equal(decimal_compare(f.round.needs[0].weight, decimal_make(1, 0)), 0);
    read_round_close(&f);
}

static void rows_of_other_tables_are_named_by_what_names_them(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "rates.csv", "currency,rate\nUSD,0.9\n");
    write_file(f.dir, "pairs.csv", "need,offer,max\nN1,O1,5\n");
    write_file(f.dir, "commitments.csv",
               "need,offer,kind,quantity\nN1,O1,at_least,1\nN1,O1,at_most,9\n");
    write_file(f.dir, "rules.csv", "id,kind,value\nR1,limit,50\n");
    write_scenarios(&f, "s,rates,USD,rate,0.8\ns,pairs,N1/O1,max,6\n"
                        "s,commitments,N1/O1/at_most,quantity,8\ns,rules,R1,value,70\n");
    read_changed(&f, "s", NULL, 0);
    assert_finding_count("s", f.diag, 0);
    assert_int_equal(decimal_compare(f.round.rates[0].rate, decimal_make(8, 1)), 0);
    assert_int_equal(decimal_compare(f.round.pairs[0].max_given, decimal_make(6, 0)), 0);
    assert_int_equal(decimal_compare(f.round.commitments[0].quantity_given, decimal_make(1, 0)), 0);
    assert_int_equal(decimal_compare(f.round.commitments[1].quantity_given, decimal_make(8, 0)), 0);
    assert_int_equal(decimal_compare(f.round.rules[0].value, decimal_make(70, 0)), 0);
    assert_int_equal(f.round.changed_count, 4);
    read_round_close(&f);
}

/* ---- settings ------------------------------------------------------------------------------- */

static void a_changed_setting_wins_over_the_table_and_over_the_command_line(void **state)
{
    static const SettingRow over = {"fairness", "region", {.file = "--set"}, 0};
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "settings.csv", "key,value\nfairness,need\ncurrency,USD\n");
    write_scenarios(&f, "s,settings,fairness,value,none\ns,settings,title,value,What if\n"
                        "s,settings,currency,value,\n");
    f.status = round_read(
        &(RoundSource){.path = f.dir, .overrides = &over, .override_count = 1, .scenario = "s"},
        f.arena, f.diag, &f.round);
    assert_finding_count("s", f.diag, 0);
    assert_int_equal(f.round.settings.fairness, FAIRNESS_NONE);
    assert_string_equal(f.round.settings.title, "What if"); /* was not in the table */
    assert_string_equal(f.round.settings.currency, "EUR");  /* emptied: the default */
    assert_int_equal(f.round.changed_count, 3);
    read_round_close(&f);
}

static void settings_change_without_a_table_of_them(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_scenarios(&f, "s,settings,plan_on,value,paid\n");
    read_changed(&f, "s", NULL, 0);
    assert_finding_count("s", f.diag, 0);
    assert_int_equal(f.round.settings.plan_on, BASIS_PAID);
    read_round_close(&f);
}

/* ---- changes of the program ----------------------------------------------------------------- */

static void a_row_can_be_taken_out(void **state)
{
    static const CellChange changes[] = {
        {"offers", "O1", NULL, "", false, {.file = "stress"}, false}};
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "offers.csv", "id,donor,quantity\nO1,DE,100\nO2,FR,50\n");
    read_changed(&f, NULL, changes, COUNT_OF(changes));
    assert_finding_count("out", f.diag, 0);
    assert_int_equal(f.round.offer_count, 1);
    assert_string_equal(f.round.offers[0].id, "O2");
    assert_int_equal(f.round.offers[0].origin.line, 3);
    assert_int_equal(f.round.changed_count, 1);
    assert_string_equal(f.round.changed[0].column, "");
    read_round_close(&f);
}

static void the_programs_changes_follow_the_scenarios_and_are_exact(void **state)
{
    /* 1.234 alone could be a thousand and more: written by the program it is not */
    static const CellChange changes[] = {
        {"needs", "N1", "unit_cost", "1.234", true, {.file = "stress"}, false},
        {"needs", "N1", "unit", "seat", false, {.file = "stress"}, false},
        {"needs", "N1", "quantity", "3", true, {.file = "stress"}, false}};
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_scenarios(&f, "s,needs,N1,quantity,40\n");
    read_changed(&f, "s", changes, COUNT_OF(changes));
    assert_finding_count("exact", f.diag, 0);
    assert_int_equal(f.round.needs[0].quantity, 3000000); /* things have six places */
    assert_int_equal(decimal_compare(f.round.needs[0].unit_cost, decimal_make(1234, 3)), 0);
    read_round_close(&f);
}

/* ---- what is wrong -------------------------------------------------------------------------- */

static void wrong_changes_are_found_at_the_scenarios_row(void **state)
{
    static const struct {
        const char *label, *row;
        DiagCode code;
        int column; /* of scenario, table, id, column, value */
        const char *text, *hint;
    } cases[] = {
        {"table", "s,neds,N1,quantity,4", DIAG_WORD, 2, "neds", "did you mean 'needs'"},
        {"own table", "s,scenarios,s,value,4", DIAG_WORD, 2, "scenarios", "cannot change"},
        {"row", "s,needs,N11,quantity,4", DIAG_ID_UNKNOWN, 3, "N11", "did you mean 'N1'"},
        {"column", "s,needs,N1,quantitty,4", DIAG_WORD, 4, "quantitty", "did you mean 'quantity'"},
        {"key", "s,needs,N1,id,N3", DIAG_WORD, 4, "id", "which row it is"},
        {"number", "s,needs,N1,quantity,many", DIAG_NUMBER, 5, "many", "many"},
        {"two ways", "s,needs,N1,quantity,\"1,234\"", DIAG_NUMBER_AMBIGUOUS, 5, "1,234", "1234"},
        {"word", "s,offers,O1,status,payd", DIAG_WORD, 5, "payd", "paid"},
        {"date", "s,offers,O1,valid_to,soon", DIAG_DATE, 5, "soon", "soon"},
        {"no table", "s,donors,DE,budget,4", DIAG_ID_UNKNOWN, 5, "4", "no such table"},
        {"key of settings", "s,settings,fairnes,value,none", DIAG_SETTING, 0, "fairnes",
         "fairness"},
        {"value of settings", "s,settings,fairness,value,all", DIAG_SETTING, 5, "all", "region"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        ReadRound f;
        char row[128];
        read_round_open(&f);
        (void)snprintf(row, sizeof row, "other,needs,N1,weight,2\n%s\n", cases[i].row);
        write_scenarios(&f, row);
        read_changed(&f, "s", NULL, 0);
        assert_case_int(cases[i].label, f.status, STATUS_OK);
        assert_finding(cases[i].label, f.diag,
                       &(ExpectedFinding){.code = cases[i].code,
                                          .file = "scenarios.csv",
                                          .line = 3,
                                          .column = cases[i].column,
                                          .text = cases[i].text,
                                          .hint = cases[i].hint});
        assert_finding_count(cases[i].label, f.diag, 1);
        read_round_close(&f);
    }
}

/* What is wrong with a cell only beside others: where the scenario changed it, the scenario's row, the last that
 * did; where it did not, the table's. */
static void what_a_check_finds_in_a_changed_cell_stands_at_the_scenarios_row(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv",
               "id,category,quantity,unit,requires\nN1,HW,10,EUR,\nN2,HW,10,EUR,N8\n");
    write_scenarios(&f, "s,needs,N1,requires,N1\ns,needs,N1,requires,N9\n");
    read_changed(&f, "s", NULL, 0);
    assert_int_equal(round_check(&f.round, f.diag), STATUS_FINDINGS);
    diag_sort(f.diag);
    assert_finding("changed", f.diag,
                   &(ExpectedFinding){.code = DIAG_ID_UNKNOWN,
                                      .file = "scenarios.csv",
                                      .line = 3,
                                      .column = 5,
                                      .text = "N9",
                                      .hint = "'N9' is not known"});
    assert_finding("as it was", f.diag,
                   &(ExpectedFinding){.code = DIAG_ID_UNKNOWN,
                                      .file = "needs.csv",
                                      .line = 3,
                                      .column = 5,
                                      .text = "N8",
                                      .hint = "'N8' is not known"});
    read_round_close(&f);
}

static void an_unknown_scenario_is_a_finding_with_the_nearest(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_scenarios(&f, "less,needs,N1,quantity,40\n");
    read_changed(&f, "lesss", NULL, 0);
    assert_finding("scenario", f.diag,
                   &(ExpectedFinding){
                       .code = DIAG_ID_UNKNOWN, .text = "lesss", .hint = "did you mean 'less'"});
    read_round_close(&f);
}

static void a_pair_with_several_commitments_needs_the_kind(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "commitments.csv",
               "need,offer,kind,quantity\nN1,O1,at_least,1\nN1,O1,at_most,9\n");
    write_scenarios(&f, "s,commitments,N1/O1,quantity,8\n");
    read_changed(&f, "s", NULL, 0);
    assert_finding("twice", f.diag,
                   &(ExpectedFinding){.code = DIAG_ID_TWICE,
                                      .file = "scenarios.csv",
                                      .line = 2,
                                      .column = 5,
                                      .text = "8",
                                      .hint = "need/offer/kind"});
    read_round_close(&f);
}

static void a_changed_cell_proves_nothing_about_the_column(void **state)
{
    /* 0,125 proves the comma, so 1,234 below it is one and a bit, whatever a scenario writes */
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv",
               "id,category,quantity,weight\nN1,HW,100,\"0,125\"\nN2,HW,7,\"1,234\"\nN3,HW,7,1\n");
    write_scenarios(&f, "s,needs,N3,weight,2.5\n");
    read_changed(&f, "s", NULL, 0);
    assert_finding_count("point", f.diag, 0);
    assert_int_equal(decimal_compare(f.round.needs[1].weight, decimal_make(1234, 3)), 0);
    assert_int_equal(decimal_compare(f.round.needs[2].weight, decimal_make(25, 1)), 0);
    read_round_close(&f);
}

/* ---- rows put in ---------------------------------------------------------------------------- */

static CellChange put_in(const char *table, const char *id, const char *column, const char *value)
{
    return (CellChange){.table = table,
                        .id = id,
                        .column = column,
                        .value = value,
                        .exact = true,
                        .place = {.file = "put in"},
                        .adds = true};
}

/* Also where the rows that are there fill their memory to the brim: they come in blocks of 1,024. */
static void a_row_is_put_in_behind_the_others(void **state)
{
    const CellChange changes[] = {put_in("needs", "M1", "id", "M1"),
                                  put_in("needs", "M1", "category", "TRN"),
                                  put_in("needs", "M1", "quantity", "12.5")};
    (void)state;
    for (int rows = 1022; rows <= 1025; rows++) {
        ReadRound f;
        read_round_open(&f);
        FILE *file = file_to_write(f.dir, "needs.csv");
        fputs("id,category,quantity\n", file);
        for (int n = 0; n < rows; n++)
            fprintf(file, "N%d,HW,1\n", n);
        file_written(file);
        read_changed(&f, NULL, changes, COUNT_OF(changes));
        assert_finding_count("put in", f.diag, 0);
        assert_int_equal(f.round.need_count, rows + 1);
        assert_string_equal(f.round.needs[rows].id, "M1");
        assert_string_equal(f.round.needs[rows].category, "TRN");
        assert_int_equal(f.round.needs[rows].quantity, 1250);
        read_round_close(&f);
    }
}

static void rows_are_put_into_a_table_that_is_not_there(void **state)
{
    const CellChange changes[] = {
        put_in("commitments", "N1/O1/fixed", "need", "N1"),
        put_in("commitments", "N1/O1/fixed", "offer", "O1"),
        put_in("commitments", "N1/O1/fixed", "kind", "fixed"),
        put_in("commitments", "N1/O1/fixed", "quantity", "1234.5"),
        put_in("rules", "R1", "id", "R1"),
        put_in("rules", "R1", "kind", "forbid"),
    };
    ReadRound f;
    (void)state;
    read_round_open(&f);
    read_changed(&f, NULL, changes, COUNT_OF(changes));
    assert_finding_count("put in", f.diag, 0);
    assert_int_equal(f.round.commitment_count, 1);
    assert_string_equal(f.round.commitments[0].offer_id, "O1");
    assert_int_equal(f.round.commitments[0].kind, COMMITMENT_FIXED);
    assert_true(decimal_compare(f.round.commitments[0].quantity_given, decimal_make(12345, 1)) ==
                0);
    assert_int_equal(f.round.rule_count, 1);
    read_round_close(&f);
}

static void a_row_that_is_there_already_is_changed_and_none_is_put_in(void **state)
{
    const CellChange changes[] = {put_in("needs", "N1", "id", "N1"),
                                  put_in("needs", "N1", "quantity", "7")};
    ReadRound f;
    (void)state;
    read_round_open(&f);
    read_changed(&f, NULL, changes, COUNT_OF(changes));
    assert_finding_count("there already", f.diag, 0);
    assert_int_equal(f.round.need_count, 1);
    assert_int_equal(f.round.needs[0].quantity, 700);
    read_round_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_changes_its_cells_and_no_others),
        cmocka_unit_test(without_a_scenario_nothing_changes),
        cmocka_unit_test(later_rows_win_and_the_cell_is_listed_once),
        cmocka_unit_test(a_column_that_the_file_lacks_can_be_changed),
        cmocka_unit_test(an_empty_value_is_an_empty_cell),
        cmocka_unit_test(rows_of_other_tables_are_named_by_what_names_them),
        cmocka_unit_test(a_changed_setting_wins_over_the_table_and_over_the_command_line),
        cmocka_unit_test(settings_change_without_a_table_of_them),
        cmocka_unit_test(a_row_can_be_taken_out),
        cmocka_unit_test(the_programs_changes_follow_the_scenarios_and_are_exact),
        cmocka_unit_test(wrong_changes_are_found_at_the_scenarios_row),
        cmocka_unit_test(what_a_check_finds_in_a_changed_cell_stands_at_the_scenarios_row),
        cmocka_unit_test(an_unknown_scenario_is_a_finding_with_the_nearest),
        cmocka_unit_test(a_pair_with_several_commitments_needs_the_kind),
        cmocka_unit_test(a_changed_cell_proves_nothing_about_the_column),
        cmocka_unit_test(a_row_is_put_in_behind_the_others),
        cmocka_unit_test(rows_are_put_into_a_table_that_is_not_there),
        cmocka_unit_test(a_row_that_is_there_already_is_changed_and_none_is_put_in),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
