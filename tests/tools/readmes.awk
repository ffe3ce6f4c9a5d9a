# Holds the table of files in a room's README against the files there. Reads the README first, then the
# names of the room's sources, one a line; prints what is missing on either side, and fails if anything is.
#
#   awk -v room=io -f readmes.awk io/README.md names

# The cells of the table "| step | files |": names in backticks, `sheet_*` for a family.
FNR == NR {
    if ($0 !~ /^\|/)
        in_table = 0
    if ($0 ~ /^\| step \| files \|$/)
        in_table = 1
    if (!in_table)
        next
    count = split($0, cells, "|")
    parts = split(cells[count - 1], names, "`")
    for (i = 2; i <= parts; i += 2)
        if (names[i] ~ /^[a-z][a-z0-9_*]*([.]h)?$/) {
            sub(/[.]h$/, "", names[i])
            listed[names[i]] = FNR
        }
    next
}

{
    stem = $0
    sub(/.*\//, "", stem)
    sub(/[.][ch]$/, "", stem)
    found = stem ~ /_internal$/ # what the files of a family share
    for (name in listed) {
        pattern = "^" name "$"
        gsub(/[*]/, ".*", pattern)
        if (stem ~ pattern) {
            found = 1
            met[name] = 1
        }
    }
    if (!found) {
        printf "%s:1: not in the table of %s/README.md: say there what it is for\n", $0, room
        wrong = 1
    }
}

END {
    for (name in listed)
        if (!(name in met)) {
            printf "%s/README.md:%d: there is no file '%s' here\n", room, listed[name], name
            wrong = 1
        }
    exit wrong
}
