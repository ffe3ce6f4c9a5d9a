/* A round written out as a few small tables. */
#include "tests/support/round_case.h"

#include <stdio.h>
#include <string.h>

const CaseFile CASE_NEEDS = {"needs.csv", "id,category,quantity,unit\n"
                                          "N1,HW,100,EUR\n"
                                          "N2,HW,5,seat\n"};
const CaseFile CASE_OFFERS = {"offers.csv", "id,donor,quantity,unit\n"
                                            "O1,DE,100,EUR\n"
                                            "O2,FR,5,seat\n"};

/** The number, from 1, of this heading in the first line of a table, 0 when it is not there. */
static int heading_number(const char *text, const char *heading)
{
    size_t length = strlen(heading);
    for (int number = 1;; number++) {
        size_t word = strcspn(text, ",\n");
        if (word == length && strncmp(text, heading, length) == 0)
            return number;
        if (text[word] != ',')
            return 0;
        text += word + 1;
    }
}

/** A finding about a cell says the number of its column, wherever the file has the column. */
static void assert_columns_known(const Pipeline *run, const CaseFile *files)
{
    size_t count;
    const Finding *findings = diag_findings(run->diag, &count);
    for (size_t i = 0; i < count; i++) {
        const DiagPlace *place = &findings[i].place;
        const char *text = NULL;
        if (place->file == NULL || place->column_name == NULL || place->line < 2)
            continue;
        for (const CaseFile *file = files; file->name != NULL; file++)
            text = strcmp(file->name, place->file) == 0 ? file->text : text;
        if (text == NULL)
            text = strcmp(place->file, CASE_NEEDS.name) == 0 ? CASE_NEEDS.text : CASE_OFFERS.text;
        int number = heading_number(text, place->column_name);
        if (number > 0 && place->column != number)
            fail_msg("%s:%d (%s) has column %d, not %d: %s", place->file, place->line,
                     place->column_name, place->column, number, findings[i].message);
    }
}

static Pipeline *run_files(const CaseFile *files,
                           Pipeline *(*run)(const char *dir, const SettingRow *settings,
                                            size_t count))
{
    char *dir = test_dir_make();
    write_file(dir, CASE_NEEDS.name, CASE_NEEDS.text);
    write_file(dir, CASE_OFFERS.name, CASE_OFFERS.text);
    for (const CaseFile *file = files; file->name != NULL; file++)
        write_file(dir, file->name, file->text);
    Pipeline *result = run(dir, NULL, 0);
    test_dir_remove(dir);
    assert_columns_known(result, files);
    return result;
}

Pipeline *case_formulate(const CaseFile *files)
{
    return run_files(files, pipeline_formulate);
}

Pipeline *case_run(const CaseFile *files)
{
    return run_files(files, pipeline_run);
}

static Pipeline *run_second_first(const char *dir, const SettingRow *settings, size_t count)
{
    (void)settings;
    (void)count;
    return pipeline_run_urgent(dir, 1);
}

static Pipeline *planned(Pipeline *run)
{
    if (run->status != STATUS_OK) {
        pipeline_print(run);
        fail_msg("there is no plan");
    }
    return run;
}

Pipeline *case_plan(const CaseFile *files)
{
    return planned(case_run(files));
}

Pipeline *case_plan_urgent(const CaseFile *files)
{
    return planned(run_files(files, run_second_first));
}

static bool is_found(const Finding *finding, DiagCode code, const char *file, int line,
                     const char *column, const char *hint)
{
    const DiagPlace *place = &finding->place;
    const char *name = place->column_name != NULL ? place->column_name : "";
    return finding->code == code && place->file != NULL && strcmp(place->file, file) == 0 &&
           place->line == line && (column == NULL || strcmp(name, column) == 0) &&
           strstr(finding->message, hint) != NULL;
}

void assert_found(const char *label, const Pipeline *run, DiagCode code, const char *file, int line,
                  const char *column, const char *hint)
{
    size_t count, same = 0, found = 0;
    const Finding *findings = diag_findings(run->diag, &count);
    for (size_t i = 0; i < count; i++) {
        same += findings[i].code == code;
        found += is_found(&findings[i], code, file, line, column, hint);
    }
    if (same == 1 && found == 1)
        return;
    pipeline_print(run);
    fail_msg("case \"%s\": %zu findings are %s, %zu of them at %s:%d (%s) with \"%s\"", label, same,
             diag_code_text(code), found, file, line, column != NULL ? column : "", hint);
}

void assert_wrong_rounds(const WrongRound *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const WrongRound *c = &cases[i];
        Pipeline *run = case_formulate(c->files);
        bool error = diag_code_text(c->code)[0] == 'E';
        assert_found(c->label, run, c->code, c->file, c->line, c->column, c->hint);
        assert_case_int(c->label, run->status, error ? STATUS_FINDINGS : STATUS_OK);
        assert_case_int(c->label, (int64_t)diag_count(run->diag, DIAG_ERROR), error ? 1 : 0);
        pipeline_free(run);
    }
}

void assert_line(const char *label, const Pipeline *run, const char *need, const char *offer,
                 int64_t quantity)
{
    int64_t found = 0;
    for (size_t i = 0; i < run->plan.assignment_count; i++) {
        const Assignment *line = &run->plan.assignments[i];
        if (strcmp(run->round.needs[line->need].id, need) == 0 &&
            strcmp(run->round.offers[line->offer].id, offer) == 0)
            found = line->quantity;
    }
    if (found == quantity)
        return;
    pipeline_print(run);
    fail_msg("case \"%s\": %s gets %lld from %s, expected %lld", label, need, (long long)found,
             offer, (long long)quantity);
}

const Pair *case_pair_of(const Pipeline *run, const char *need, const char *offer)
{
    int n = round_find_need(&run->round, need), o = round_find_offer(&run->round, offer);
    assert_true(n >= 0 && o >= 0);
    int pair = pair_set_find(&run->pairs, n, o);
    if (pair < 0) {
        pipeline_print(run);
        fail_msg("%s may not be served by %s", need, offer);
    }
    return &run->pairs.pairs[pair];
}

const Rule *case_rule_of(const Pipeline *run, RuleFamily family, const char *id)
{
    const Rule *found = NULL;
    size_t count = 0;
    for (size_t r = 0; r < run->rules.count; r++)
        if (run->rules.rules[r].family == family && strcmp(run->rules.rules[r].id, id) == 0) {
            found = &run->rules.rules[r];
            count++;
        }
    if (count != 1)
        fail_msg("%zu rules of %s have the id '%s'", count, rule_family_label(family), id);
    return found;
}
