#!/bin/sh
# The rules of the rooms: who may include whom, who may see which library, who may print or exit.
# CONTRIBUTING.md states them for people; layers.awk checks them; test-checks.sh tests the check.
#
#   layers.sh [ROOT]
set -eu

tools=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}"
files=$({ find . -maxdepth 1 -name '*.[ch]' | sed 's,^[.]/,,'
    find include/allot models solver io -name '*.[ch]' 2>/dev/null
} | LC_ALL=C sort)
# shellcheck disable=SC2086  # paths of this repository hold no blanks
awk -f "$tools/code-only.awk" $files /dev/null | awk -f "$tools/layers.awk"
echo "layers: $(echo "$files" | wc -l) files keep to their rooms"
