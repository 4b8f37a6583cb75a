# shellcheck shell=bash
# Shared by the get-*.sh scripts: each puts one tool under .tools/NAME, once.
set -euo pipefail
tools_here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
tools_root=$(realpath "$tools_here/../..")/.tools

# tool_begin NAME SCRIPT: sets `dir`; ends the script when NAME is there already, made by this version of SCRIPT.
tool_begin() {
  dir=$tools_root/$1
  tool_stamp=$({ echo "$dir"; cat "$2" "$tools_here/debian-from-suite.sh" "$tools_here/lib.sh"; } | sha256sum | cut -d' ' -f1)
  [ "$(cat "$dir/.complete" 2> /dev/null)" != "$tool_stamp" ] || exit 0
  echo "getting $1 into .tools/$1" >&2
  rm -rf "$dir"
  mkdir -p "$dir"
}

# tool_end: the tool works; the next call has nothing to do.
tool_end() { echo "$tool_stamp" > "$dir/.complete"; }

# foreign_loader: the dynamic loader that a private prefix brings, for programs linked with a newer C library than this machine's.
foreign_loader() { compgen -G "$dir/usr/lib/$(uname -m)-linux-gnu/ld-linux-*.so.*" | head -1; }
