#!/usr/bin/env bash
# debian-from-suite.sh PREFIX SUITE PACKAGE...
# Unpacks Debian packages of another suite, with the libraries they need, into a private prefix (in it, lib is usr/lib).
# SUITE is a release (bookworm, trixie, forky, sid) or NAME-backports: then the named packages come from the backports and
# what they need comes from NAME, unless only the backports have it.
# ONLY=REGEX in the environment unpacks only the packages whose names match, of the named ones and all that they need.
# No state of this machine's dpkg or apt is touched. The mirror is the one that this machine's own apt uses.
set -euo pipefail
[ $# -ge 3 ] || { echo "usage: $0 PREFIX SUITE PACKAGE..." >&2; exit 2; }
prefix=$(realpath -m "$1") suite=$2; shift 2
command -v apt-get > /dev/null || { echo "no apt-get here: $* can only be unpacked on Debian" >&2; exit 1; }

mirror_of_this_machine() {
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' |
    awk -F'|' '$1 == "Debian" && $2 == "Debian" && !uri { uri = $3 } END { print uri }'
}
mirror=$(mirror_of_this_machine)
if [ -z "$mirror" ] && [ "$(id -u)" = 0 ]; then
  apt-get -q update > /dev/null
  mirror=$(mirror_of_this_machine)
fi
[ -n "$mirror" ] || { echo "no Debian package lists here: run apt-get update as root first" >&2; exit 1; }

state=$prefix/.apt
trap 'rm -rf "$state"' EXIT
rm -rf "$state"
mkdir -p "$state"/{state/lists/partial,cache/archives/partial,etc/preferences.d,etc/apt.conf.d} "$prefix"/usr/{lib,lib64}
: > "$state/status"
for lib in lib lib64; do [ -e "$prefix/$lib" ] || ln -s "usr/$lib" "$prefix/$lib"; done
for s in "${suite%-backports}" "$suite"; do
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $s main"
done | sort -u > "$state/etc/sources.list"

options=(
  -o Dir::State="$state/state" -o Dir::State::status="$state/status" -o Dir::Cache="$state/cache"
  -o Dir::Etc::sourcelist="$state/etc/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o Dir::Etc::preferencesparts="$state/etc/preferences.d" -o APT::Install-Recommends=false
  -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none -o Debug::NoLocking=1
)
quiet() { "$@" > "$state/log" 2>&1 || { cat "$state/log" >&2; exit 1; }; }
quiet apt-get "${options[@]}" -q update
if [ -z "${ONLY:-}" ]; then
  quiet apt-get "${options[@]}" -q -y --download-only install "${@/%//$suite}"
else
  quiet apt-get "${options[@]}" -q -s install "${@/%//$suite}"
  mapfile -t wanted < <(awk -v re="$ONLY" '$1 == "Inst" && $2 ~ re { print $2 "=" substr($3, 2) }' "$state/log")
  [ ${#wanted[@]} -gt 0 ] || { echo "nothing that $* needs matches $ONLY" >&2; exit 1; }
  cd "$state/cache/archives"
  quiet apt-get "${options[@]}" -q download "${wanted[@]}"
  cd "$prefix"
fi
for package in "$state"/cache/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$prefix"
done
