#!/usr/bin/env bash
# Sets up what this repository needs, on Debian as root everything, elsewhere what can be had; says what it installs and builds.
# Safe to call at any time: with nothing to do it takes a fraction of a second. What is missing afterwards is in
# .cache/missing, a line each with the way to get it; analysis of scripts works without any of that.
. "$(dirname "$(realpath "$0")")/lib.sh"

SYSTEM_PACKAGES=(llvm-19-dev libzstd-dev zlib1g-dev libelf-dev g++ make python3)
: > .cache/missing
missing() { echo "$*" >> .cache/missing; say "$*"; }

have node || fail "needs Node.js 20.19 or newer: there is no node on the PATH"
have_llvm() { have llvm-config-19 || { have llvm-config && [[ "$(llvm-config --version)" = 19.* ]]; }; }

# The compilers and libraries that the native parts are built with.
system_packages() {
  if ! have dpkg-query || ! have apt-get; then
    have g++ && have make && have python3 && have_llvm && return
    missing "no apt-get here: to run scripts, install g++, make, python3 and the development files of LLVM 19, libelf, zlib and zstd"
    return
  fi
  local lacking=() package
  for package in "${SYSTEM_PACKAGES[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2> /dev/null)" = "ii " ] || lacking+=("$package")
  done
  [ ${#lacking[@]} -gt 0 ] || return 0
  if ! is_root; then
    missing "to run scripts, install: sudo apt-get install -y --no-install-recommends ${lacking[*]}"
    return
  fi
  local begin=$SECONDS
  say "installing system packages: ${lacking[*]}"
  if { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "${lacking[@]}"; } \
    > .cache/logs/apt.log 2>&1 < /dev/null; then
    say "installed system packages ($(seconds_since "$begin"))"
  else
    tail -20 .cache/logs/apt.log >&2
    missing "to run scripts, install what apt-get could not (.cache/logs/apt.log): ${lacking[*]}"
  fi
}

# npm's packages. No install script runs (.npmrc): what is native is built below, the same way under every npm.
node_packages() {
  [ "$dependencies" != fresh ] || return 0
  local begin=$SECONDS
  say "installing npm packages ($dependencies)"
  npm ci --ignore-scripts --no-audit --no-fund > .cache/logs/npm.log 2>&1 < /dev/null || {
    cat .cache/logs/npm.log >&2
    fail "npm ci failed"
  }
  say "installed npm packages ($(seconds_since "$begin"))"
}

# Each part builds itself by its own script; a part whose compiler or library is missing is left out, and said so.
parser() {
  once parser "the native parser" 'node_modules/tree-sitter/build/Release/*.node grammar/build/Release/*.node' \
    grammar/src grammar/bindings grammar/binding.gyp grammar/scripts/build-native.sh node_modules/tree-sitter/package.json \
    -- bash grammar/scripts/build-native.sh
}
llvm_bindings() {
  once llvm-bindings "the LLVM binding" native/llvm-bindings/build/Release/llvm_bindings.node \
    native/llvm-bindings/{src,binding.gyp,exports.map,build.sh} -- bash native/llvm-bindings/build.sh
}
loader() {
  once loader "the loader" native/loader/build/probewright-loader native/loader/{src,build.sh} native/abi scripts/tools/get-libbpf.sh \
    -- bash native/loader/build.sh
}

# in_parallel FUNCTION...: all of them at once; fails when one does.
in_parallel() {
  local jobs=() job status=0
  for job in "$@"; do "$job" & jobs+=($!); done
  for job in "${jobs[@]}"; do wait "$job" || status=1; done
  return $status
}

native_parts() {
  local parts=()
  if ! have g++ || ! have make || ! have python3; then return; fi
  if [ -z "$node_headers" ]; then
    missing "to run scripts, install Node's headers: no include/node beside $(command -v node) (Debian: libnode-dev; or export npm_config_nodedir=PREFIX)"
  else
    export npm_config_nodedir=$node_headers
    parts+=(parser)
    ! have_llvm || parts+=(llvm_bindings)
  fi
  [ "$(uname -s)" != Linux ] || parts+=(loader)
  in_parallel "${parts[@]}"
}

eval "$(node scripts/inspect-node.mjs)"
[ "$node_fits" = yes ] || fail "needs Node.js 20.19 or newer, this is $(node --version)"
in_parallel system_packages node_packages
failed=0
native_parts || failed=1
once bundle "the probewright executable" "server/dist/probewright.cjs server/dist/probewright.cache" \
  grammar/ts compiler/src native/llvm-bindings/ts native/runtime/src server/src server/bin package-lock.json scripts/{bundle,bundling}.mjs \
  -- node scripts/bundle.mjs || failed=1
[ -s .cache/missing ] || rm -f .cache/missing
exit "$failed"
