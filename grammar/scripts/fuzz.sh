#!/usr/bin/env bash
# Fuzzes parser and scanner with libFuzzer under the address and undefined behaviour sanitizers.
#   scripts/fuzz.sh [SECONDS]      20 by default; nightly runs take 600
# Needs clang with libFuzzer (Debian: clang-19 libclang-rt-19-dev). Exit status 3 says that it is lacking.
# What is found is written to .cache/fuzz-grammar and named in the output.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-20}
runtime=../node_modules/tree-sitter/vendor/tree-sitter/lib
out=../.cache/fuzz-grammar
mkdir -p "$out/corpus" "$out/objects" "$out/seeds"

clang=
for candidate in ${CLANG:-} clang-19 clang; do
  printf 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return 0; }' > "$out/probe.c"
  if command -v "$candidate" > /dev/null && "$candidate" -fsanitize=fuzzer,address "$out/probe.c" -o "$out/probe" 2> /dev/null; then
    clang=$candidate
    break
  fi
done
[ -n "$clang" ] || { echo "no clang with libFuzzer: install clang-19 and libclang-rt-19-dev" >&2; exit 3; }
[ -d "$runtime" ] || { echo "no tree-sitter runtime in node_modules: npm install" >&2; exit 3; }

flags=(-g -O2 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
# The table of the parser is large and plain: sanitizing it only costs time. The runtime shifts and aligns as it likes.
compile() {
  local object=$out/objects/$1.o source=$2
  shift 2
  [ "$object" -nt "$source" ] && [ "$object" -nt src/scanner/tokens.h ] && [ "$object" -nt src/scanner/items.h ] &&
    [ "$object" -nt src/scanner/attach_parts.h ] && return
  "$clang" "$@" -I src -I "$runtime/include" -I "$runtime/src" -c "$source" -o "$object"
}
compile parser src/parser.c -O2 -g
compile scanner src/scanner.c "${flags[@]}" -std=c11 -Wall -Wextra -Werror -Wno-unused-function
compile runtime "$runtime/src/lib.c" -g -O2 -fsanitize=fuzzer-no-link,address -std=c11 -D_POSIX_C_SOURCE=200112L -D_DEFAULT_SOURCE
compile fuzz test/fuzz/fuzz.c "${flags[@]}" -std=c11 -Wall -Wextra -Werror
"$clang" -fsanitize=fuzzer,address,undefined "$out"/objects/{parser,scanner,runtime,fuzz}.o -o "$out/fuzz"

for script in test/scripts/*.bt; do
  { printf '\100\001\010\020'; cat "$script"; } > "$out/seeds/$(basename "$script")"
done
exec "$out/fuzz" -max_total_time="$seconds" -timeout=10 -max_len=2048 -rss_limit_mb=2048 -dict=test/fuzz/bpftrace.dict \
  -artifact_prefix="$out/" -print_final_stats=1 -verbosity=0 "$out/corpus" "$out/seeds"
