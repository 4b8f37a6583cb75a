#!/usr/bin/env bash
# sanitize.sh [--fuzz [SECONDS]]: builds the loader with AddressSanitizer and UndefinedBehaviorSanitizer and runs its tests on it;
# with --fuzz instead runs the frame decoder under libFuzzer (20 seconds unless told otherwise).
# Needs gcc's libasan and libubsan (they come with gcc); --fuzz: apt-get install clang-19 libclang-rt-19-dev.
# A machine without them: one line that says so, and exit status 77.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
cd "$here/../.."

lack() { echo "sanitize: $*" >&2; exit 77; }

fuzz() {
  local seconds=$1 build=$here/build/fuzz
  mkdir -p "$build/corpus"
  command -v clang-19 > /dev/null || lack "no clang-19: apt-get install clang-19 libclang-rt-19-dev"
  clang-19 -std=c11 -g -O1 -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
    "$here/fuzz/frame-fuzz.c" "$here/src/frame.c" "$here/src/input.c" -o "$build/frame-fuzz" 2> "$build/log" ||
    { if grep -q 'libclang_rt' "$build/log"; then lack "no libFuzzer: apt-get install libclang-rt-19-dev"; fi; cat "$build/log" >&2; exit 1; }
  "$build/frame-fuzz" -max_total_time="$seconds" -max_len=4096 -print_final_stats=1 -artifact_prefix="$build/" "$build/corpus" \
    2> "$build/log" || { tail -40 "$build/log" >&2; exit 1; }
  grep -E 'number_of_executed_units|average_exec' "$build/log"
}

if [ "${1:-}" = --fuzz ]; then fuzz "${2:-20}"; exit; fi

BUILD_DIR=$here/build/sanitized EXTRA_CFLAGS='-g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' \
  "$here/build.sh"
export PROBEWRIGHT_SANITIZED_LOADER=$here/build/sanitized/probewright-loader
run() { env -u NODE_TEST_CONTEXT node --conditions=source --import tsx --test "$@"; }
ASAN_OPTIONS=detect_leaks=1 run "$here"/{protocol,attach,maps,kernels}.test.ts
# The leak detector needs system calls that SEAL takes away.
ASAN_OPTIONS=detect_leaks=0 run "$here/life.test.ts"
