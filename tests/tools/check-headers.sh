#!/bin/sh
# Compiles every header alone and twice over (it includes what it uses; its guard works), and checks
# that no two headers have the same guard.
#
#   CHECK='gcc FLAGS...' check-headers.sh HEADER...
set -u
status=0

for header in "$@"; do
    # The int: a header of macros alone would leave an empty translation unit, which is a warning.
    if ! printf '#include "%s"\n#include "%s"\nextern int not_empty;\n' "$header" "$header" |
        $CHECK -fsyntax-only -x c -; then
        echo "check-headers: $header does not compile alone, and twice"
        status=1
    fi
done

doubled=$(sed -n 's/^#ifndef \(ALLOT_[A-Z0-9_]*_H\|TEST_[A-Z0-9_]*_H\)$/\1/p' "$@" /dev/null |
    sort | uniq -d)
if [ -n "$doubled" ]; then
    echo "check-headers: guards used by two headers: $doubled"
    status=1
fi
[ $status -eq 0 ] && echo "check-headers: $# headers compile alone"
exit $status
