#!/bin/sh
# Tests layers.sh, hygiene.sh and exports.sh: a small tree that keeps every rule must pass, and each of
# many single breaches of it must fail with the right message.
#
#   test-checks.sh layers | hygiene | exports
set -eu

tools=$(cd "$(dirname "$0")" && pwd)
check=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
cases=0
wrong=0

# Writes a tree that keeps the rules, with the things that a naive pattern would trip over.
good_tree() {
    rm -rf "$tree/src"
    mkdir -p "$tree/src/include/allot" "$tree/src/models" "$tree/src/solver" "$tree/src/io" \
        "$tree/src/tests/unit"
    cd "$tree/src"
    echo '/* room: base' | tee include/allot/status.h >include/allot/arena.h
    echo '/* room: models' | tee include/allot/round.h include/allot/lp.h \
        include/allot/formulation.h include/allot/rule.h include/allot/plan.h >include/allot/verify.h
    echo '/* room: solver' | tee include/allot/solve.h >include/allot/solve_result.h
    echo '/* room: io' >include/allot/report.h
    for header in include/allot/*.h; do echo ' * exit(1); printf("") */' >>"$header"; done
    echo '#include "allot/round.h"' >>include/allot/lp.h
    echo '#include "allot/lp.h"' >>include/allot/solve_result.h
    echo '#include "allot/round.h"' >>include/allot/plan.h
    echo 'int form_rows(void);' >models/form_internal.h
    printf '%s\n' '#include "allot/lp.h"' '#include "form_internal.h"' '/* see exit(3)' \
        'abort() */ const char *s = "printf(\"/*\")"; // sprintf(s)' >models/form_floor.c
    printf '%s\n' '#include <gmp.h>' '#include "allot/plan.h"' >models/verify.c
    printf '%s\n' '#include <gmp.h>' '#include "allot/lp.h"' >solver/exact_bound.c
    printf '%s\n' 'double d = strtod(s, &end);' >models/decimal.c
    printf '%s\n' '#include <glpk.h>' '#include "allot/solve.h"' '#include "allot/lp.h"' \
        'options.exit(2); run->time(3);' >solver/glpk_backend.c
    printf '%s\n' '#include <csv.h>' '#include "allot/round.h"' >io/csv_reader.c
    printf '%s\n' '#include <expat.h>' >io/xml_read.c
    printf '%s\n' '#include <minizip/unzip.h>' >io/zip_parts.c
    printf '%s\n' '#include <xlsxwriter.h>' '#include "allot/solve_result.h"' >io/sheet_needs.c
    printf '%s\n' 'fprintf(file, "%d", n); snprintf(b, n, ""); my_exit(2); /* see sheet_needs.c */' >io/progress.c
    printf '%s\n' '#include "allot/solve.h"' '#include "allot/report.h"' 'setlocale(LC_ALL, "");' \
        'printf("x"); exit(0);' >allot.c
    printf '%s\n' 'strtod(s, 0); exit(1); printf("x");' >tests/unit/test_x.c
    for room in models solver io; do
        printf '%s\n' '`no_row`' '' '| step | files |' '|---|---|' >$room/README.md
    done
    echo '| `--no-file` | `form_*`, `verify` (`no/file`); `decimal` |' >>models/README.md
    echo '| solving | `exact_bound`, `glpk_backend` |' >>solver/README.md
    printf '%s\n' '| reading | `csv_reader`, `xml_read`, `zip_parts` |' \
        '| writing | `sheet_needs`, `progress` |' '' '| `no_row` | `no_row` |' >>io/README.md
}

# The same for exports.sh: sources that compile.
good_program() {
    rm -rf "$tree/src"
    mkdir -p "$tree/src/models" "$tree/src/tests/unit"
    cd "$tree/src"
    echo 'static int own(void) { return 1; } int shared(void) { return own(); }' >models/a.c
    echo 'int hook(void) { return 2; } extern const int table; const int table = 3;' >models/b.c
    echo 'int shared(void); int main(void) { return shared(); }' >allot.c
    echo 'int hook(void); extern const int table; int helper(void) { return hook() + table; }' \
        >tests/unit/test_b.c
}

compile_program() {
    for source in models/a.c models/b.c allot.c tests/unit/test_b.c; do
        mkdir -p "build/$(dirname $source)"
        ${CC:-cc} -O2 -c -o "build/${source%.c}.o" $source
    done
    echo 'int left(void) { return 1; }' >gone.c
    ${CC:-cc} -c -o build/models/gone.o gone.c
    rm gone.c
}

good_sources() {
    if [ "$check" = exports ]; then good_program; else good_tree; fi
}

run_check() { # output in $tree/out
    if [ "$check" = exports ]; then
        compile_program && sh "$tools/exports.sh" build >"$tree/out" 2>&1
    else
        sh "$tools/$check.sh" "$tree/src" >"$tree/out" 2>&1
    fi
}

# One breach: LINE added to FILE must make the check fail, and say BLAMED (FILE) and MESSAGE.
breach() { # file, line, message[, blamed]
    good_sources
    printf '%s\n' "$2" >>"$1"
    cases=$((cases + 1))
    if run_check || ! grep -F "${4:-$1}:" "$tree/out" | grep -qF "$3"; then
        wrong=$((wrong + 1))
        echo "test-checks: '$2' in $1 should have been found ($3); $check.sh said:"
        cat "$tree/out"
    fi
}

layers_cases() {
    breach models/form_floor.c '#include "allot/solve.h"' 'models may not include include/allot/solve.h'
    breach models/form_floor.c '#include "allot/solve_result.h"' 'models may not include'
    breach models/form_floor.c '#include "allot/report.h"' 'models may not include'
    breach models/form_floor.c '#include "allot/nowhere.h"' 'there is no header "allot/nowhere.h"'
    breach solver/glpk_backend.c '#include "allot/report.h"' 'solver may not include'
    breach solver/glpk_backend.c '#include "models/form_internal.h"' 'private to models/'
    breach io/csv_reader.c '#include "allot/solve.h"' 'io may not include include/allot/solve.h'
    breach include/allot/status.h '#include "allot/round.h"' 'base may not include'
    breach include/allot/round.h '#include "allot/solve.h"' 'models may not include'
    breach include/allot/round.h '#include "models/form_internal.h"' 'includes the private'
    breach include/allot/solve_result.h '#include "allot/solve.h"' 'io/ may include this header'
    breach include/allot/untagged.h 'int x;' 'names its room'
    breach allot.c '#include <glpk.h>' '<glpk.h> may be included only'
    breach io/csv_table.c '#include <csv.h>' '<csv.h> may be included only'
    breach io/csv_table.c '  #  include "xlsxwriter.h" /* why */' '<xlsxwriter.h> may be included only'
    breach io/xlsx_sheet.c '#include <expat.h>' '<expat.h> may be included only'
    breach io/xml_read.c '#include <minizip/unzip.h>' '<minizip/unzip.h> may be included only'
    breach io/zip_parts.c '#include <minizip/zip.h>' '<minizip/zip.h> may be included only'
    breach models/form_floor.c '#include <gmp.h>' '<gmp.h> may be included only'
    breach solver/glpk_backend.c '#include <gmp.h>' '<gmp.h> may be included only'
    breach include/allot/verify.h '#include <gmp.h>' 'a public header may not include <gmp.h>'
    breach models/verify.c '#include "allot/formulation.h"' 'never the formulation'
    breach models/verify_pairs.c '#include "form_internal.h"' 'never the formulation'
    breach models/verify_pairs.c '#include "allot/rule.h"' 'never the formulation'
    breach include/allot/plan.h '#include "allot/lp.h"' 'plan.h -> include/allot/lp.h' models/verify.c
    breach models/form_floor.c 'printf("x");' 'only the front room prints'
    breach command_x.c '#include <glpk.h>' '<glpk.h> may be included only'
    breach io/csv_reader.c 'if (x) puts ("x");' 'only the front room prints'
    breach io/csv_reader.c 'fprintf(stdout, "x");' 'only the front room knows stdout'
    breach io/csv_reader.c 'fputs("x", stderr);' 'only the front room knows stderr'
    breach io/progress.c 'fputs("x", stdout);' 'only the front room knows stdout'
    breach solver/glpk_backend.c 'exit(EXIT_FAILURE);' 'only allot.c ends the program'
    breach models/form_floor.c '/* a */ abort();' 'only allot.c ends the program'
}

hygiene_cases() {
    for name in atoi atof rand time localtime sprintf strcpy strcat gets strtok; do
        breach allot.c "x = $name(y);" 'banned function'
        breach tests/unit/test_x.c "$name (y);" 'banned function'
    done
    breach models/form_floor.c 'x = strtod(s, 0);' 'banned function'
    breach io/csv_reader.c 'setlocale(LC_ALL, "");' 'banned function'
    breach io/csv_reader.c "$(yes 'int x;' | head -n 501)" 'a file holds 500 at most'
    breach models/arena.c 'int x;' 'not in the table of models/README.md'
    breach io/limits.h 'int x;' 'not in the table of io/README.md'
    breach io/csv_reader.c '/* see nowhere.c */' 'there is no file nowhere.c'
    breach solver/README.md 'Most of it is `nowhere.c`.' 'there is no file nowhere.c'
    breach models/README.md '| ids | `names`, `verify` |' "there is no file 'names' here"
    breach io/csv_reader.c "/* see /""home/someone/x */" 'a path of one machine'
}

exports_cases() {
    breach models/a.c 'int more(void) { return shared(); }' 'no other file uses more()'
    breach models/b.c 'int unused[3] = {1};' 'no other file uses unused()'
    breach allot.c 'int helper(void) { return 1; } int x(void) { return helper(); }' \
        'no other file uses x()'
}

good_sources
if ! run_check; then
    wrong=1
    echo "test-checks: $check.sh found fault with a tree that keeps the rules:"
    cat "$tree/out"
fi
"${check}_cases"
cd /
echo "test-checks: $check.sh: $cases breaches tried, $wrong not handled as they should be"
[ $wrong -eq 0 ]
