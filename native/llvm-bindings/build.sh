#!/usr/bin/env bash
# Builds native/llvm-bindings/build/Release/llvm_bindings.node; does nothing when it is up to date.
# Needs LLVM 19's development files (llvm-config-19), a C++20 compiler, make, python3 and Node's headers.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
root=$(realpath "$here/../..")
addon=$here/build/Release/llvm_bindings.node
stamp=$here/build/stamp

llvm_config=$(command -v llvm-config-19 || command -v llvm-config || true)
[ -n "$llvm_config" ] && [[ "$("$llvm_config" --version)" = 19.* ]] ||
  { echo "llvm-bindings: no LLVM 19: apt-get install llvm-19-dev libzstd-dev zlib1g-dev" >&2; exit 1; }

wanted=$({ cat "$here"/src/* "$here/binding.gyp" "$here/exports.map" "$here/build.sh"; "$llvm_config" --version; node --version; } | sha256sum)
[ ! -f "$addon" ] || [ "$(cat "$stamp" 2> /dev/null)" != "$wanted" ] || exit 0

prefix=$(dirname "$(dirname "$(realpath "$(command -v node)")")")
options=()
[ ! -f "$prefix/include/node/node_api.h" ] || options+=("--nodedir=$prefix")
cd "$here"
gyp() { node "$root/node_modules/node-gyp/bin/node-gyp.js" "$@"; }
gyp configure "${options[@]}" -- "-Dllvm_config=$llvm_config"
gyp build
echo "$wanted" > "$stamp"
