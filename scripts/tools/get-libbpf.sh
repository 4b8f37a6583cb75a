#!/usr/bin/env bash
# get-libbpf.sh: a static libbpf 1.4 with its headers under .tools/libbpf/usr; Debian 12's own lacks uprobe_multi.
# Unneeded where the system's libbpf is 1.4 or newer.
. "$(dirname "$0")/lib.sh"
tool_begin libbpf "$0"
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-sid}")
[ "$codename" != bookworm ] || codename=bookworm-backports
ONLY='^libbpf' "$tools_here/debian-from-suite.sh" "$dir" "$codename" libbpf-dev
[ -f "$dir/usr/lib/$(uname -m)-linux-gnu/libbpf.a" ] || { echo "libbpf-dev brought no libbpf.a" >&2; exit 1; }
tool_end
