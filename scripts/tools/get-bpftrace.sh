#!/usr/bin/env bash
# get-bpftrace.sh: the newest Debian bpftrace as .tools/bpftrace/bin/bpftrace, for comparisons and benchmarks; never a dependency.
. "$(dirname "$0")/lib.sh"
tool_begin bpftrace "$0"
"$tools_here/debian-from-suite.sh" "$dir" sid bpftrace
lib=$dir/usr/lib/$(uname -m)-linux-gnu
mkdir -p "$dir/bin"
printf '#!/bin/sh\nexec %q --library-path %q %q "$@"\n' "$(foreign_loader)" "$lib" "$dir/usr/bin/bpftrace" > "$dir/bin/bpftrace"
chmod +x "$dir/bin/bpftrace"
"$dir/bin/bpftrace" --version
tool_end
