#!/usr/bin/env bash
# Makes Helix know bpftrace scripts: parser, queries, language and language server.
#   client/helix/install.sh [CONFIG_DIR]      by default ~/.config/helix
# Run it again after an update of this repository. A languages.toml that has bpftrace already is left as it is.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
config=${1:-${XDG_CONFIG_HOME:-$HOME/.config}/helix}

mkdir -p "$config/runtime/queries/bpftrace"
cp "$here"/queries/bpftrace/*.scm "$config/runtime/queries/bpftrace/"
echo "queries: $config/runtime/queries/bpftrace"
bash "$root/grammar/scripts/build-parser.sh" "$config/runtime/grammars/bpftrace.so"

languages=$config/languages.toml
if [ -f "$languages" ] && grep -q '^name *= *"bpftrace"' "$languages"; then
  echo "$languages has bpftrace already"
else
  command=probewright
  command -v probewright > /dev/null || command=$root/server/bin/probewright
  [ ! -s "$languages" ] || echo >> "$languages"
  sed "s|^command = .*|command = \"$command\"|" "$here/languages.toml" >> "$languages"
  echo "language and server: $languages"
fi
echo "hx --health bpftrace tells whether all of it works"
