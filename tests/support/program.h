/* The built program, run as people run it, in a scratch folder that holds a round of their making.
 */
#ifndef ALLOT_TEST_PROGRAM_H
#define ALLOT_TEST_PROGRAM_H

#include "tests/support/test_support.h"

typedef struct Program {
    char *dir;   /* where it runs */
    TestRun run; /* the last one */
} Program;

/** A scratch folder with the round "r": four needs, two offers, decided in the head (see program.c).
 */
void program_open(Program *p);
void program_close(Program *p);

/** Puts a file of the round, "needs.csv", in place of what is there. */
void program_table(const Program *p, const char *name, const char *text);

/** Puts a file into a folder of the scratch folder ("." for that itself). */
void program_put(const Program *p, const char *folder, const char *name, const char *text);

/** Runs `allot` with these arguments, NULL behind the last; the exit code. */
int program_run(Program *p, const char *const *arguments);
#define ALLOT(p, ...) program_run((p), (const char *const[]){__VA_ARGS__, NULL})

/** Runs a shell script in the folder, $ALLOT being the program and $TOP the source tree. */
int program_script(Program *p, const char *script);

/** For scripts: `office FORMAT FOLDER FILE` has LibreOffice save FILE in FOLDER. */
#define PROGRAM_OFFICE                                                                             \
    "office() { soffice -env:UserInstallation=\"file://$PWD/office\" --headless --convert-to "     \
    "\"$1\" --outdir \"$2\" \"$3\" >office.log 2>&1 || { cat office.log; exit 9; }; }; "

bool program_wrote(const Program *p, const char *name);

/** A file of the folder, to be freed by the caller. */
char *program_read(const Program *p, const char *name);

/** Fail unless the last run left with this code, and said this somewhere on standard error (out). */
#define assert_exit(p, code) program_left_with((p), (code), __FILE__, __LINE__)
#define assert_says(p, text) program_said((p), (text), __FILE__, __LINE__)
#define assert_prints(p, text) program_printed((p), (text), __FILE__, __LINE__)

/** Fail unless a file of the folder holds this somewhere, or nowhere. */
#define assert_file_holds(p, name, text) program_file_holds((p), (name), (text), __FILE__, __LINE__)
#define assert_file_lacks(p, name, text) program_file_lacks((p), (name), (text), __FILE__, __LINE__)

void program_left_with(const Program *p, int code, const char *file, int line);
void program_said(const Program *p, const char *text, const char *file, int line);
void program_printed(const Program *p, const char *text, const char *file, int line);
void program_file_holds(const Program *p, const char *name, const char *text, const char *file,
                        int line);
void program_file_lacks(const Program *p, const char *name, const char *text, const char *file,
                        int line);

#endif
