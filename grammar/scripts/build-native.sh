#!/usr/bin/env bash
# Builds the native bindings: the npm package tree-sitter's and the grammar's. Does nothing that is up to date.
#   scripts/build-native.sh [--force]
set -euo pipefail
grammar=$(cd "$(dirname "$0")/.." && pwd)
root=$(cd "$grammar/.." && pwd)
force=${1:-}

node=$(readlink -f "$(command -v node)")
prefix=$(dirname "$(dirname "$node")")
options=()
[ -f "$prefix/include/node/node_api.h" ] && options+=("--nodedir=$prefix")

# is_stale OUTPUT SOURCE...: true when OUTPUT is missing or older than a source
is_stale() {
  local output=$1 source
  shift
  [ "$force" = --force ] && return 0
  [ -f "$output" ] || return 0
  for source in "$@"; do
    [ "$source" -nt "$output" ] && return 0
  done
  return 1
}

# build FOLDER: node-gyp in that folder; its output is shown only when it fails
build() {
  local log
  log=$(mktemp)
  if ! (cd "$1" && node "$root/node_modules/node-gyp/bin/node-gyp.js" rebuild "${options[@]}" >"$log" 2>&1); then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
  echo "built $(basename "$1") natively"
}

runtime=$root/node_modules/tree-sitter
if is_stale "$runtime/build/Release/tree_sitter_runtime_binding.node" "$runtime/package.json"; then
  build "$runtime"
fi
if is_stale "$grammar/build/Release/tree_sitter_bpftrace_binding.node" \
  "$grammar/src/parser.c" "$grammar"/src/scanner.c "$grammar"/src/scanner/*.h "$grammar/bindings/node/binding.c" "$grammar/binding.gyp"; then
  build "$grammar"
fi
