#!/usr/bin/env bash
# Builds build/Release/llvm_bindings.node beside this file; does nothing when sources and LLVM are as they were.
# Honours CXX, LLVM_CONFIG (which llvm-config to ask) and JOBS (how many compilers at once). What is missing is said in
# one line, with the packages that bring it, and exit status 1.
set -euo pipefail

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
addon=$here/build/Release/llvm_bindings.node
stamp=$here/build/stamp
log=$here/build/log

die() {
  echo "llvm-bindings: $1; on Debian or Ubuntu: apt-get install --no-install-recommends" \
    "llvm-19-dev libzstd-dev zlib1g-dev g++ make python3" >&2
  exit 1
}

# Prints the first llvm-config that belongs to LLVM 19.
find_llvm() {
  local candidate
  for candidate in "${LLVM_CONFIG:-}" llvm-config-19 llvm-config /usr/lib/llvm-19/bin/llvm-config; do
    [ -n "$candidate" ] && candidate=$(command -v "$candidate") || continue
    [[ "$("$candidate" --version)" != 19.* ]] || { echo "$candidate"; return; }
  done
  return 1
}

# Says what building needs and is not there.
check_tools() {
  local tool library path
  for tool in "$compiler" make python3; do
    command -v "$tool" > /dev/null || die "$tool is missing"
  done
  [ -f "$("$llvm" --includedir)/llvm/IR/Module.h" ] || die "the headers of LLVM 19 are missing"
  [ -f "$("$llvm" --libdir)/libLLVMBPFCodeGen.a" ] || die "the static libraries of LLVM 19, with its BPF target, are missing"
  for library in libz.a libzstd.a; do
    path=$("$compiler" -print-file-name="$library")
    [ "$path" != "$library" ] || die "$library is missing"
  done
}

# Prints node-gyp's entry: that of the nearest node_modules above.
find_node_gyp() {
  local folder=$here
  while [ "$folder" != / ]; do
    folder=$(dirname "$folder")
    [ ! -f "$folder/node_modules/node-gyp/bin/node-gyp.js" ] || { echo "$folder/node_modules/node-gyp/bin/node-gyp.js"; return; }
  done
  echo "llvm-bindings: node-gyp is missing; run npm ci first" >&2
  return 1
}

llvm=$(find_llvm) || die "LLVM 19 is missing"
compiler=${CXX:-g++}
wanted=$({ cat "$here"/src/*.{h,cc} "$here"/{binding.gyp,exports.map,build.sh}; "$llvm" --version --prefix; echo "$compiler"; } | sha256sum)
[ ! -f "$addon" ] || [ "$(cat "$stamp" 2> /dev/null)" != "$wanted" ] || exit 0
check_tools
node_gyp=$(find_node_gyp)

# Node's own headers where they are installed with it; node-gyp would fetch them otherwise.
prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
options=()
[ ! -f "$prefix/include/node/node_api.h" ] || options+=("--nodedir=$prefix")

# Objects of another LLVM are of no use, and make does not look at system headers.
version=$("$llvm" --version)
[ "$(cat "$here/build/llvm-version" 2> /dev/null)" = "$version" ] || rm -rf "$here/build"
mkdir -p "$here/build"
echo "$version" > "$here/build/llvm-version"
cd "$here"
echo "llvm-bindings: building with LLVM $version, about a minute"
export JOBS=${JOBS:-max} CXX=$compiler
{
  node "$node_gyp" configure "${options[@]}" -- "-Dllvm_config=$llvm" && node "$node_gyp" build
} > "$log" 2>&1 || {
  cat "$log" >&2
  exit 1
}
echo "$wanted" > "$stamp"
