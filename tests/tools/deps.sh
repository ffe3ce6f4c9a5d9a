#!/bin/sh
# Probes what the build needs by compiling and running it, prints what it found, and installs what
# is missing with apt-get (through sudo when not root).
#
#   deps.sh GROUP...             groups: build test lint recalc   (CC=compiler)
#
# Debian 12 has no .pc file for GLPK or libcsv, hence probes instead of pkg-config. The report is
# kept in build/deps/ and printed again as long as no package changed since.
set -u

CC=${CC:-gcc}
self=$0
work=build/deps
missing=

# Compiles a program that prints EXPRESSION with FORMAT, runs it, prints what it printed.
compiled() { # header, library flags, format, expression
    printf '#include <stdio.h>\n%s\nint main(void) { printf("%s\\n", %s); return 0; }\n' \
        "$1" "$3" "$4" >"$work/probe.c"
    # shellcheck disable=SC2086  # the flags are several words
    $CC -o "$work/probe" "$work/probe.c" $2 2>>"$work/probe.log" && "$work/probe"
}

packaged() { # package: its version, of whatever cannot say it itself
    dpkg-query -W -f '${Version}\n' "$1" 2>/dev/null || echo 'found'
}

# Prints one line of the report; remembers the package when the probe fails.
want() { # name, package, probe...
    name=$1 package=$2
    shift 2
    if version=$("$@" 2>>"$work/probe.log"); then
        printf 'deps: %-14s %s\n' "$name" "$(printf '%s\n' "$version" | head -n 1)"
    else
        printf 'deps: %-14s missing (package %s)\n' "$name" "$package"
        missing="$missing $package"
    fi
}

has() { command -v "$1" >/dev/null && { shift; "$@"; }; } # a program, and how it tells its version

minizip_version() { # it cannot say it itself
    compiled '#include <minizip/unzip.h>' -lminizip %d 'unzOpen64("/") != NULL' >/dev/null &&
        packaged libminizip-dev
}

probe_build() {
    want "$CC" "${CC%% *}" has "${CC%% *}" "${CC%% *}" -dumpfullversion -dumpversion
    want 'C library' libc6-dev compiled '#include <gnu/libc-version.h>' '' %s 'gnu_get_libc_version()'
    want gettext gettext has msgfmt msgfmt --version
    want GLPK libglpk-dev compiled '#include <glpk.h>' -lglpk %s 'glp_version()'
    want libcsv libcsv-dev compiled '#include <csv.h>' -lcsv \
        %d.%d.%d 'CSV_MAJOR, CSV_MINOR, CSV_RELEASE'
    want libxlsxwriter libxlsxwriter-dev compiled '#include <xlsxwriter.h>' -lxlsxwriter \
        %s 'lxw_version()'
    want expat libexpat1-dev compiled '#include <expat.h>' -lexpat \
        %d.%d.%d 'XML_MAJOR_VERSION, XML_MINOR_VERSION, XML_MICRO_VERSION'
    want minizip libminizip-dev minizip_version
    want GMP libgmp-dev compiled '#include <gmp.h>' -lgmp \
        %d.%d.%d '__GNU_MP_VERSION, __GNU_MP_VERSION_MINOR, __GNU_MP_VERSION_PATCHLEVEL'
    want Nettle nettle-dev compiled '#include <nettle/version.h>' -lnettle \
        %d.%d 'nettle_version_major(), nettle_version_minor()'
}

cmocka_version() {
    compiled '#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>' -lcmocka %d 'cmocka_set_message_output != 0' >/dev/null && packaged libcmocka-dev
}

probe_test() {
    want cmocka libcmocka-dev cmocka_version
    want glpsol glpk-utils has glpsol packaged glpk-utils
    want cbc coinor-cbc has cbc packaged coinor-cbc
    want clp coinor-clp has clp packaged coinor-clp
    want parallel parallel has parallel packaged parallel
    want unzip unzip has unzip packaged unzip
    want zlib zlib1g-dev compiled '#include <zlib.h>' -lz %s 'zlibVersion()'
    probe_recalc # other people's workbooks: written by LibreOffice and openpyxl in the tests
}

probe_lint() {
    want clang clang has clang clang -dumpversion
    want clang-format clang-format has clang-format clang-format --version
    want clang-tidy clang-tidy has clang-tidy packaged clang-tidy
    want valgrind valgrind has valgrind valgrind --version
}

libreoffice_version() { # with or without windows
    dpkg-query -W -f '${Version}\n' libreoffice-calc libreoffice-calc-nogui 2>/dev/null | grep . ||
        echo 'found'
}

probe_fuzz() {
    want libFuzzer libclang-rt-14-dev fuzzer_version
}

fuzzer_version() {
    printf '#include <stddef.h>\nint LLVMFuzzerTestOneInput(const char *d, size_t n);\n%s\n' \
        'int LLVMFuzzerTestOneInput(const char *d, size_t n) { return d == NULL && n > 0; }' \
        >"$work/probe.c"
    clang -fsanitize=fuzzer -o "$work/probe" "$work/probe.c" 2>>"$work/probe.log" &&
        packaged libclang-rt-14-dev
}

probe_recalc() {
    want LibreOffice libreoffice-calc-nogui has soffice libreoffice_version
    want openpyxl python3-openpyxl has /usr/bin/python3 \
        /usr/bin/python3 -c 'import openpyxl; print(openpyxl.__version__)'
}

# Writes and prints the groups' report; fails when something is missing, its packages in $missing.
probe() {
    missing=
    rm -f "$work/probe.log" "$report"
    for group in "$@"; do "probe_$group"; done >"$report.new"
    cat "$report.new"
    [ -z "$missing" ] && mv "$report.new" "$report"
}

give_up() {
    echo "deps: $1. As root, type:" >&2
    echo "    apt-get update && apt-get install -y --no-install-recommends$missing" >&2
    echo "(the names are Debian's; the compiler's own words are in $work/probe.log)" >&2
    exit 1
}

install_missing() {
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || give_up 'cannot install: this is not root, and there is no sudo'
        as_root=sudo
        [ -t 0 ] || as_root='sudo -n' # nobody is there to type a password
    fi
    command -v apt-get >/dev/null || give_up 'cannot install: there is no apt-get'
    echo "deps: installing$missing"
    apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
    # shellcheck disable=SC2086  # commands and packages are several words
    if ! { $apt update && $apt install -y --no-install-recommends $missing; }; then
        give_up 'apt-get failed'
    fi
}

mkdir -p "$work"
report="$work/$(printf '%s-' "$@" "$CC" | tr -c 'a-z0-9\n' '-')report"
if [ -e "$report" ] && [ -z "$(find "$self" /var/lib/dpkg/status -newer "$report")" ]; then
    cat "$report"
    exit 0
fi
if ! probe "$@"; then
    install_missing
    probe "$@" || give_up 'something is still missing'
fi
