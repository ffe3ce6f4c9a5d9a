#!/bin/sh
# Runs cmocka programs, several at a time, every one of them even when some fail.
#
#   run-tests.sh PROGRAM...      (JOBS=n, TEST_TIMEOUT=seconds)
#
# Each program's output is kept whole in build/test-logs/ and shown at the end, failing programs
# last, so that cmocka's own closing lines of what matters most end the output. A program passes
# when it leaves with 0 *and* cmocka says so: one that left early, in silence, has not passed.
set -u
export LC_ALL=C # what is compared is English

logs=${TEST_LOGS:-build/test-logs}
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:allocator_may_return_null=1}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"

log_of() { printf '%s/%s.log' "$logs" "$(printf '%s' "$1" | tr '/' '-')"; }

# Runs one program, leaves its log and, if it passed, an .ok beside it.
run_one() {
    log=$(log_of "$1")
    timeout "${TEST_TIMEOUT:-900}" "./$1" >"$log" 2>&1
    status=$?
    if [ $status -eq 0 ] && grep -q '^\[  PASSED  \]' "$log" && ! grep -q '^\[  FAILED  \]' "$log"
    then
        touch "$log.ok"
        echo "ok      $1"
    else
        echo "FAILED  $1 (exit status $status; 124: out of time, over 128: killed by a signal)"
    fi
}

if [ "${1:-}" = --one ]; then
    run_one "$2"
    exit 0
fi
if [ $# -eq 0 ]; then
    echo 'run-tests: there is no test to run' >&2
    exit 1
fi

rm -rf "$logs"
mkdir -p "$logs"
export TEST_LOGS="$logs"
printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -I{} sh "$0" --one {}

failed=0
for program in "$@"; do
    [ -e "$(log_of "$program").ok" ] || failed=$((failed + 1))
done
echo
echo "run-tests: $(($# - failed)) of $# programs passed; what each of them said:"
for program in "$@"; do
    log=$(log_of "$program")
    [ -e "$log.ok" ] && { printf '\n== %s\n' "$program"; cat "$log"; }
done
for program in "$@"; do
    log=$(log_of "$program")
    [ -e "$log.ok" ] && continue
    printf '\n== %s: FAILED\n' "$program"
    cat "$log"
done
[ $failed -eq 0 ]
