#!/bin/bash
# Tries the repository as a newcomer would: makes a bare Debian 12 in a temporary folder, installs
# git, gcc and make there and nothing else, clones the repository's last commit into it and runs
# the commands of the README. Needs root, debootstrap and unshare. Leaves nothing but a cached
# archive of the bare system.
#
#   fresh-machine.sh [COMMAND...]        default: 'make run' 'make test'
#
# SUITE=bookworm  MIRROR=...  (default: this machine's own)  CACHE=folder  KEEP=1 keeps the root
#
# Recommended packages are not installed, so gcc comes without the C library's headers: a harder
# case than the one a newcomer meets.
set -euo pipefail

suite=${SUITE:-bookworm}
cache=${CACHE:-${TMPDIR:-/tmp}/allot-fresh-machine}
repository=$(cd "$(dirname "$0")/../.." && pwd)
commands=("$@")
[ $# -gt 0 ] || commands=('make run' 'make test')

# The mirror that this machine itself gets SUITE from, out of either form of apt's source lists.
own_mirror() {
    local files=()
    mapfile -t files < <(find /etc/apt/sources.list /etc/apt/sources.list.d \
        -name '*.sources' -o -name '*.list' 2>/dev/null)
    [ ${#files[@]} -eq 0 ] || awk -v suite="$suite" '
        function has(list,    words, n, i) {
            n = split(list, words, " ")
            for (i = 1; i <= n; i++)
                if (words[i] == suite)
                    return 1
            return 0
        }
        FNR == 1 || /^[ \t]*$/ { uri = suites = "" }
        /^URIs:/ { uri = $2 }
        /^Suites:/ { suites = $0 }
        uri != "" && has(suites) { print uri; exit }
        $1 == "deb" { sub(/\[[^]]*\]/, ""); if ($3 == suite) { print $2; exit } }
    ' "${files[@]}"
}

inside() { # runs a command in the root, with its own processes and /proc, which end with it
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ LANG=C.UTF-8 \
        http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" \
        unshare --mount --pid --fork --root="$root" --mount-proc=/proc sh -c "$1"
}

make_bare_system() { # fills $root, from the archive when there is one
    local archive="$cache/$suite.tar"
    if [ -e "$archive" ]; then
        tar -xf "$archive" -C "$root"
        return
    fi
    local mirror=${MIRROR:-$(own_mirror)}
    [ -n "$mirror" ] || { echo "fresh-machine: no mirror of $suite found; give MIRROR=" >&2; exit 1; }
    echo "fresh-machine: making a bare $suite"
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$cache/debootstrap.log" 2>&1 ||
        { tail "$cache/debootstrap.log" >&2; exit 1; }
    inside 'DEBIAN_FRONTEND=noninteractive apt-get -q update &&
        DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends git gcc make &&
        apt-get clean && rm -rf /var/lib/apt/lists/*' >"$cache/install.log" 2>&1 ||
        { tail "$cache/install.log" >&2; exit 1; }
    tar -cf "$archive.new" -C "$root" .
    mv "$archive.new" "$archive"
}

[ "$(id -u)" -eq 0 ] || { echo 'fresh-machine: this needs root' >&2; exit 1; }
mkdir -p "$cache"
root=$(mktemp -d)
chmod 755 "$root" # apt fetches as a user of its own
trap '[ -n "${KEEP:-}" ] && echo "fresh-machine: kept $root" || rm -rf --one-file-system "$root"' EXIT

make_bare_system
if [ -n "$(git -C "$repository" status --porcelain)" ]; then
    echo 'fresh-machine: note: there are changes that are not committed; they are not tried'
fi
git clone -q --no-hardlinks "$repository" "$root/srv/allot"
echo "fresh-machine: $(sed -n 's/^PRETTY_NAME=//p' "$root/etc/os-release"), commit" \
    "$(git -C "$root/srv/allot" rev-parse --short HEAD), $(nproc) processors"

outcome=0
summary=
for command in "${commands[@]}"; do
    echo "fresh-machine: \$ $command"
    start=$SECONDS
    status=0
    inside "cd /srv/allot && $command" || status=$?
    summary+="fresh-machine: '$command' ended with $status after $((SECONDS - start)) s"$'\n'
    [ $status -eq 0 ] || outcome=1
done
untracked=$(git -C "$root/srv/allot" status --porcelain 2>/dev/null || true)
[ -z "$untracked" ] || { summary+="fresh-machine: left in the tree: $untracked"$'\n'; outcome=1; }
printf '\n%s' "$summary"
exit $outcome
