#!/usr/bin/env bash
# get-helix.sh: Helix 25 from a newer Debian suite as .tools/helix/bin/hx. Only tests need it.
. "$(dirname "$0")/lib.sh"
tool_begin helix "$0"
"$tools_here/debian-from-suite.sh" "$dir" forky hx
lib=$dir/usr/lib/$(uname -m)-linux-gnu
runtime=$(dirname "$(find "$dir/usr" -type d -path '*/runtime/themes' -print -quit)")
mkdir -p "$dir/bin"
printf '#!/bin/sh\nHELIX_RUNTIME=%q exec %q --library-path %q %q "$@"\n' \
  "$runtime" "$(foreign_loader)" "$lib" "$(readlink -f "$dir/usr/bin/hx")" > "$dir/bin/hx"
chmod +x "$dir/bin/hx"
"$dir/bin/hx" --version
tool_end
