# Reads "path:line:code" (code-only.awk), prints every breach of the rules of the rooms, and fails
# if there was one.
#
# A room is a folder; a public header (include/allot) names its room in its first line:
# "/* room: models". Headers of the room "base" may be included by everybody.

BEGIN {
    # room -> rooms whose headers it may include; files beside the Makefile are the room "front".
    may["base"] = " base "
    may["models"] = " base models "
    may["solver"] = " base models solver "
    may["io"] = " base models io "
    may["front"] = " base models solver io front "
    plain_results = "include/allot/solve_result.h" # the one header of the solver that io may see

    # library header -> the only files that may include it
    home["glpk.h"] = "^solver/glpk_[a-z]*[.][ch]$"
    home["csv.h"] = "^io/csv_reader[.]c$"
    home["expat.h"] = "^io/xml_read[.]c$"
    home["minizip/unzip.h"] = "^io/zip_(parts|write)[.]c$"
    home["minizip/zip.h"] = "^io/zip_write[.]c$"
    home["xlsxwriter.h"] = "^io/(book[^/]*|sheet_[^/]*)[.][ch]$"
    home["gmp.h"] = "^(models/verify[^/]*[.][ch]|solver/exact_bound[.]c)$"

    verifier = "^models/verify[^/]*[.][ch]$"
    formulation = "^(include/allot|models)/(form|form_[^/]*|formulation[^/]*|lp|lp_[^/]*" \
                  "|eligibility|pair_set|rules?|rules?_[^/]*)[.]h$"
}

function breach(message) {
    printf "%s:%d: layers: %s\n", path, line, message
    breaches++
}

function exists(file,    ignored, there) {
    there = (getline ignored < file) >= 0
    close(file)
    return there
}

# The room of a file; "" for a public header without a tag in its first line.
function room_of(file,    first) {
    if (file in room)
        return room[file]
    room[file] = ""
    if (file !~ /\//)
        room[file] = "front"
    else if (file ~ /^(models|solver|io)\//)
        room[file] = substr(file, 1, index(file, "/") - 1)
    else if ((getline first < file) > 0 && first ~ /^\/\* room: (base|models|solver|io)$/)
        room[file] = substr(first, 10)
    close(file)
    return room[file]
}

# The file that #include "NAME" means in PATH: beside it, in include/, or from the root.
function resolve(name,    folder) {
    folder = path
    if (!sub(/\/[^\/]*$/, "/", folder))
        folder = ""
    if (exists(folder name))
        return folder name
    if (exists("include/" name))
        return "include/" name
    return exists(name) ? name : ""
}

function check_own_header(name,    target, there) {
    target = resolve(name)
    if (target == "") {
        breach("there is no header \"" name "\"")
        return
    }
    seen[path] = seen[path] " " target
    there = room_of(target)
    if (target !~ /^include\// && path ~ /^include\//)
        breach("a public header includes the private " target)
    else if (target !~ /^include\// && here != "front" && here != there)
        breach(target " is private to " there "/; " here "/ may not include it")
    else if (here == "io" && target == plain_results)
        return
    else if (path == plain_results && there == "solver")
        breach("io/ may include this header, so it may not include " target)
    else if (here != "" && there != "" && index(may[here], " " there " ") == 0)
        breach(here " may not include " target " (room: " there ")")
}

function check_library(name) {
    if (!(name in home))
        return
    if (path ~ /^include\//)
        breach("a public header may not include <" name ">")
    else if (path !~ home[name])
        breach("<" name "> may be included only in files like " home[name])
}

function check_calls(code) {
    if (here == "front")
        return
    if (match(code, /(^|[^A-Za-z0-9_.>])(v?printf|puts|putchar|perror)[ \t]*\(/))
        breach("only the front room prints: give the text back, or a finding (Diag)")
    if (match(code, /(^|[^A-Za-z0-9_.>])(_?exit|_Exit|quick_exit|abort)[ \t]*\(/))
        breach("only allot.c ends the program: return a Status")
    if (code ~ /(^|[^A-Za-z0-9_.>])stdout([^A-Za-z0-9_]|$)/)
        breach("only the front room knows stdout: take a FILE * from the caller")
    if (code ~ /(^|[^A-Za-z0-9_.>])stderr([^A-Za-z0-9_]|$)/)
        breach("only the front room knows stderr: take a FILE * from the caller")
}

# The chain of includes from FILE to a header of the formulation, or "".
function path_to_formulation(file, chain,    list, n, i, found) {
    if (file in visited)
        return ""
    visited[file] = 1
    n = split(seen[file], list, " ")
    for (i = 1; i <= n; i++) {
        if (list[i] ~ formulation)
            return chain " -> " list[i]
        found = path_to_formulation(list[i], chain " -> " list[i])
        if (found != "")
            return found
    }
    return ""
}

{
    path = $0
    sub(/:.*/, "", path)
    code = substr($0, length(path) + 2)
    line = code + 0
    sub(/^[0-9]*:/, "", code)
    here = room_of(path)
    if (here == "" && !(path in untagged)) {
        untagged[path] = 1
        breach("the first line of a public header names its room: /* room: models")
    }
    if (code ~ /^[ \t]*#[ \t]*include[ \t]*["<]/) {
        name = code
        sub(/^[^"<]*["<]/, "", name)
        sub(/[">].*/, "", name)
        if (code ~ /</)
            check_library(name)
        else if (name in home)
            check_library(name)
        else
            check_own_header(name)
    } else {
        check_calls(code)
    }
}

END {
    for (file in seen)
        if (file ~ verifier) {
            split("", visited)
            chain = path_to_formulation(file, file)
            if (chain != "") {
                path = file
                line = 1
                breach("the verifier sees tables and plan only, never the formulation: " chain)
            }
        }
    exit breaches > 0
}
