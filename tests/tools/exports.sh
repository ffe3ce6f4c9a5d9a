#!/bin/sh
# Every function and table of the program that files can share is used by another file than its own, be it
# a test: else it is `static`, or gone. Reads the objects of a build of everything; tested by
# test-checks.sh.
#
#   exports.sh BUILD
set -eu

objects=$(find "$1" -name '*.o' | LC_ALL=C sort | while read -r object; do
    source=${object#"$1"/}
    [ ! -f "${source%.o}.c" ] || echo "$object" # not what a source that is gone has left behind
done)
# shellcheck disable=SC2086  # paths of this repository hold no blanks
nm -A $objects | awk -v build="$1/" '
    {
        file = substr($1, length(build) + 1)
        sub(/[.]o:.*/, ".c", file)
        kind = $(NF - 1)
        name = $NF
    }
    kind == "U" { used[name] = 1 }
    kind ~ /^[TRDB]$/ && file !~ /^tests\// && name != "main" { home[name] = file }
    END {
        for (name in home)
            if (!(name in used)) {
                printf "%s:1: no other file uses %s(): make it static\n", home[name], name
                wrong = 1
            }
        exit wrong
    }'
echo 'exports: whatever files share is used by another file'
