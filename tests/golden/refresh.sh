#!/bin/sh
# Writes the expected tables of the Tallinn sample anew with the program as it is, and the outputs in the
# README's story; then the difference is read by a person. first-steps and all-or-nothing are not touched: they were worked
# out by hand.
#
#   refresh.sh PROGRAM        (make golden)
set -eu
export LC_ALL=C # what is compared is English

sample=samples/tallinn-2026-q1
tables=$(mktemp -d)
trap 'rm -rf "$tables"' EXIT
"$1" solve "$sample" --tables "$tables" --quiet
mkdir -p "$sample/expected"
for table in assignments needs offers stages; do
    cp "$tables/$table.csv" "$sample/expected/$table.csv"
done
chmod 644 "$sample"/expected/*.csv

# The story: the chapter between two headings of the README.
top=$PWD
program=$(realpath "$1")
mkdir "$tables/story"
ln -s "$top/samples" "$tables/story/samples"
(cd "$tables/story" && sh "$top/tests/tools/story.sh" "$top/README.md" "$program" >told.md)
awk -v told="$tables/story/told.md" '
    /^## / { on = ($0 == "## A round, from template to close")
             if (on) while ((getline line <told) > 0) print line }
    !on' README.md >"$tables/README.md"
cp "$tables/README.md" README.md
head -n 21 "$tables/story/ledger.csv" >samples/one-round/ledger.csv
git diff --stat -- "$sample/expected" README.md samples/one-round
