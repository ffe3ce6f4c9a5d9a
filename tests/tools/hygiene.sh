#!/bin/sh
# Habits that a pattern can check: functions that are banned, files too long to hold in mind, files that
# the README of their room does not know, names of files that are gone, paths that exist on one machine
# only. Tested by test-checks.sh.
#
#   hygiene.sh [ROOT]
set -eu

tools=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}"
status=0

everything() { find . \( -path ./.git -o -path ./build \) -prune -o -type f -print | sed 's,^\./,,'; }
files=$(everything | grep -E '\.[ch]$' | LC_ALL=C sort)

# Fails with every line of code (not comment, not text) that calls FUNCTIONS outside ALLOWED.
ban() { # functions (a regular expression), files where they are allowed (another), why
    found=$(grep -vE "^($2):" build/code-only 2>/dev/null |
        grep -E "^[^:]*:[0-9]*:(.*[^A-Za-z0-9_.>])?($1)[[:space:]]*\(" || true)
    if [ -n "$found" ]; then
        echo "$found" | sed "s/^\([^:]*:[0-9]*\):.*/\1: banned function ($(echo "$1" | tr '|' ' ')): $3/"
        status=1
    fi
}

mkdir -p build
# shellcheck disable=SC2086  # paths of this repository hold no blanks
awk -f "$tools/code-only.awk" $files /dev/null >build/code-only

nowhere='-'
ban 'atoi|atol|atoll|atof' $nowhere 'it cannot report a bad number'
ban 'strtof|strtod|strtold' 'models/decimal\.c|tests/.*' 'it follows the locale; see decimal.h'
ban 'rand|srand|random' $nowhere 'results repeat; tests have a seeded generator'
ban 'time|localtime|localtime_r|gmtime|ctime|asctime' $nowhere \
    'dates come from the round or SOURCE_DATE_EPOCH'
ban 'sprintf|vsprintf|strcpy|strcat|gets' $nowhere 'it does not know how much room there is'
ban 'strtok' $nowhere 'it keeps hidden state'
ban 'setlocale' 'allot\.c|tests/.*' 'it changes the whole process'

for file in $(everything | grep -E '\.([ch]|sh|awk|py)$'); do
    lines=$(wc -l <"$file")
    if [ "$lines" -gt 500 ]; then
        echo "$file:500: $lines lines; a file holds 500 at most, split it"
        status=1
    fi
done

for room in models solver io; do
    find "$room" -name '*.[ch]' | LC_ALL=C sort |
        awk -v room="$room" -f "$tools/readmes.awk" "$room/README.md" - || status=1
done

# Comments and READMEs name sources that are there.
{
    echo "$files" | sed 's,.*/,,'
    everything | grep -E '^[^/]*\.([ch]|md)$|^(include/allot|models|solver|io)/[^/]*\.([ch]|md)$' |
        grep -v '^CHANGELOG' | LC_ALL=C sort | xargs grep -noE '\b[a-z0-9_]+\.c\b' /dev/null
} | awk -F: '
    NF == 1 { there[$1] = 1; next }
    !($3 in there) { printf "%s:%s: there is no file %s\n", $1, $2, $3; wrong = 1 }
    END { exit wrong }' || status=1

# Absolute paths below the places where people and machines keep their own files.
places='(home|root|Users|mnt|media|work|farm)'
found=$(everything | tr '\n' '\0' | xargs -0 grep -InE "(^|[[:space:]\"'\`=(,:])/$places/" || true)
if [ -n "$found" ]; then
    echo "$found" | sed 's/^\([^:]*:[0-9]*\):/\1: a path of one machine: /'
    status=1
fi

[ $status -eq 0 ] && echo "hygiene: $(echo "$files" | wc -l) C files keep the habits"
exit $status
