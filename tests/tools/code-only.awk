# Prints C sources as "path:line:code", comments gone and the text inside quotes emptied (except
# in #include lines), so that checks by pattern see code alone. Lines without code are left out.
# Used by layers.sh and hygiene.sh.

FNR == 1 { in_comment = 0 }

{
    line = $0
    if (in_comment || line ~ /["']|\/\*|\/\//)
        line = code_of(line)
    if (line ~ /[^ \t]/)
        print FILENAME ":" FNR ":" line
}

function code_of(text,    out, at, rest) {
    if (!in_comment && text ~ /^[ \t]*#[ \t]*include/) {
        sub(/[ \t]*\/[\/*].*/, "", text)
        return text
    }
    out = ""
    while (text != "") {
        if (in_comment) {
            at = index(text, "*/")
            if (at == 0)
                return out
            text = substr(text, at + 2)
            in_comment = 0
            out = out " "
        } else if (match(text, /["']|\/\*|\/\//) == 0) {
            return out text
        } else {
            at = RSTART
            rest = substr(text, at)
            out = out substr(text, 1, at - 1)
            if (rest ~ /^\/\//)
                return out
            if (rest ~ /^\/\*/) {
                in_comment = 1
                text = substr(rest, 3)
            } else {
                out = out substr(rest, 1, 1) substr(rest, 1, 1)
                text = after_quote(rest)
            }
        }
    }
    return out
}

# What follows the string or character constant that TEXT begins with.
function after_quote(text,    i, c, quote) {
    quote = substr(text, 1, 1)
    for (i = 2; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\\")
            i++
        else if (c == quote)
            return substr(text, i + 1)
    }
    return ""
}
