#!/bin/sh
# The chapter of README.md that tells a round as a story, with what its commands print now: text stays,
# in each block of commands ("console") every line behind "$ " is run, and its output stands below it.
# What the README has in these places is not read. Works in the folder it is started in, which has samples/.
#
#   story.sh README.md PROGRAM
set -eu
export LC_ALL=C # what is compared is English

readme=$1
PROGRAM=$2
allot() { "$PROGRAM" "$@"; }

awk '/^## / { on = ($0 == "## A round, from template to close") } on' "$readme" >chapter.md
block=no
while IFS= read -r line; do
    case $line in
    '```console')
        block=yes
        printf '%s\n' "$line"
        ;;
    '```')
        block=no
        printf '%s\n' "$line"
        ;;
    "\$ "*)
        printf '%s\n' "$line"
        eval "${line#??}" </dev/null 2>&1 || echo "(exit $?)"
        ;;
    *)
        [ $block = yes ] || printf '%s\n' "$line"
        ;;
    esac
done <chapter.md
