#!/bin/sh
# Extracts every text that people read from the source into a catalog without translations.
#
#   extract.sh FILE.pot          in the project's root
#
# The formats of functions that say something are texts, and what stands in _() or N_(). A text
# without a word of two letters, such as "%s (%s)" or a formula, says the same in every language.
set -eu
LC_ALL=C.UTF-8 # the language of the source, in letters
export LC_ALL

out=$1
say() { # function:argument of its format
    for one in "$@"; do printf ' -k%s --flag=%s:c-format' "$one" "$one"; done
}

mkdir -p "$(dirname "$out")"
# shellcheck disable=SC2046  # the flags are several words
printf '%s\n' *.c io/*.[ch] models/*.c solver/*.c | LC_ALL=C sort |
    xgettext --files-from=- --from-code=UTF-8 --language=C --output="$out.all" --no-wrap \
        --sort-by-file --add-location=file --package-name=allot -k -k_ -kN_ \
        $(say diag_add:4 verify_broken:4 verify_broken_at:4 workbook_fail:5 fail:3 \
              prose_say:2 prose_piece:2 report_printf:2)
msggrep --no-wrap --msgid --extended-regexp \
    -e '(^|[^%[:alpha:]])[[:alpha:]]{2}|%[-0-9.*]*[a-z]*[ds][[:alpha:]]|\\n[[:alpha:]]{2}' \
    -o "$out.words" "$out.all"
msggrep --no-wrap --invert-match --msgid -e '^=' -o "$out" "$out.words"
rm -f "$out.all" "$out.words"
