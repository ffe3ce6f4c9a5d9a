/* Four needs and two offers. N-1 (tier 1) takes 60 of O-1's 96; the 36 left are split among N-2 and N-3 at
 * 0.6 each (12 + 24); the 40 of O-2, earmarked for the south, all go to N-4. Unmet in tier 2: 34.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARGUMENTS_MOST = 16 };

static const char NEEDS[] =
    "id,title,beneficiary,region,category,quantity,unit,unit_cost,priority\n"
    "N-1,Firewalls,HOSPITAL,NORTH,HW,60000,EUR,,1\n"
    "N-2,Training,COURT,NORTH,TRN,10,seat,2000,2\n"
    "N-3,Backup,WATERWORKS,NORTH,BKP,40000,EUR,,2\n"
    "N-4,Network,TOWN-HALL,SOUTH,HW,50000,EUR,,2\n";

static const char OFFERS[] = "id,donor,quantity,unit,only_regions\n"
                             "O-1,DONOR-A,96000,EUR,\n"
                             "O-2,DONOR-B,40000,EUR,SOUTH\n";

void program_open(Program *p)
{
    memset(p, 0, sizeof *p);
    p->dir = test_dir_make();
    program_table(p, "needs.csv", NEEDS);
    program_table(p, "offers.csv", OFFERS);
}

void program_close(Program *p)
{
    test_run_free(&p->run);
    test_dir_remove(p->dir);
    p->dir = NULL;
}

void program_table(const Program *p, const char *name, const char *text)
{
    program_put(p, "r", name, text);
}

void program_put(const Program *p, const char *folder, const char *name, const char *text)
{
    char *dir = test_path(p->dir, folder);
    write_file(dir, name, text);
    free(dir);
}

int program_run(Program *p, const char *const *arguments)
{
    const char *argv[ARGUMENTS_MOST + 2] = {TEST_BUILD_DIR "/allot"};
    for (size_t k = 0; k < ARGUMENTS_MOST && arguments[k] != NULL; k++)
        argv[k + 1] = arguments[k];
    test_run_free(&p->run);
    p->run = run_command(p->dir, argv);
    return p->run.exit_code;
}

int program_script(Program *p, const char *script)
{
    char *program = realpath(TEST_BUILD_DIR "/allot", NULL), *top = realpath(".", NULL);
    if (program == NULL || top == NULL || setenv("ALLOT", program, 1) != 0 ||
        setenv("TOP", top, 1) != 0)
        fail_msg("the program is not there: %s", TEST_BUILD_DIR "/allot");
    free(program);
    free(top);
    test_run_free(&p->run);
    p->run = run_shell(p->dir, script);
    return p->run.exit_code;
}

bool program_wrote(const Program *p, const char *name)
{
    char *path = test_path(p->dir, name);
    bool there = file_exists(path);
    free(path);
    return there;
}

char *program_read(const Program *p, const char *name)
{
    char *path = test_path(p->dir, name);
    char *text = read_file(path, NULL);
    free(path);
    return text;
}

void program_left_with(const Program *p, int code, const char *file, int line)
{
    if (p->run.exit_code == code)
        return;
    print_error("exit code %d, expected %d; standard error:\n%s\n", p->run.exit_code, code,
                p->run.err);
    _fail(file, line);
}

static void look_for(const char *where, const char *text, const char *name, const char *file,
                     int line)
{
    if (strstr(where, text) != NULL)
        return;
    print_error("%s does not hold \"%s\" but is:\n%s\n", name, text, where);
    _fail(file, line);
}

void program_said(const Program *p, const char *text, const char *file, int line)
{
    look_for(p->run.err, text, "standard error", file, line);
}

void program_printed(const Program *p, const char *text, const char *file, int line)
{
    look_for(p->run.out, text, "standard output", file, line);
}

void program_file_holds(const Program *p, const char *name, const char *text, const char *file,
                        int line)
{
    char *all = program_read(p, name);
    look_for(all, text, name, file, line);
    free(all);
}

void program_file_lacks(const Program *p, const char *name, const char *text, const char *file,
                        int line)
{
    char *all = program_read(p, name);
    if (strstr(all, text) != NULL) {
        print_error("%s holds '%s':\n%s\n", name, text, all);
        _fail(file, line);
    }
    free(all);
}
