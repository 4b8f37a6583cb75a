#!/usr/bin/env bash
# Builds the core without N-API, with AddressSanitizer and UndefinedBehaviorSanitizer, and compiles every program under
# test/ir with it; then has the symbolizer look at programs, whole, cut off and overwritten. LLVM itself is not instrumented: its memory is watched, its arithmetic is not.
# Needs what build.sh needs, and gcc's libasan and libubsan, which come with gcc. A machine without them: one line that
# says so, and exit status 77.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")"

lack() { echo "sanitize: $*" >&2; exit 77; }

llvm=${LLVM_CONFIG:-llvm-config-19}
compiler=${CXX:-g++}
command -v "$llvm" > /dev/null || lack "no LLVM 19: apt-get install llvm-19-dev libzstd-dev zlib1g-dev"
[ "$("$compiler" -print-file-name=libasan.so)" != libasan.so ] || lack "no libasan: apt-get install g++"

out=build/sanitized
mkdir -p "$out"
# What is thrown through LLVM's frames cannot be followed by -fsanitize=vptr, and LLVM has none of its marks.
flags=(-std=c++20 -g -O1 -Wall -Wextra -Werror -fexceptions -fno-omit-frame-pointer
  -fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all -isystem "$("$llvm" --includedir)")
objects=()
for source in src/*.cc; do
  [ "$source" != src/node_binding.cc ] || continue
  object=$out/$(basename "$source" .cc).o
  objects+=("$object")
  # A header may be any source's: when one is newer, all are compiled.
  if [ -f "$object" ] && [ -z "$(find "$source" src/*.h sanitize.sh -newer "$object")" ]; then continue; fi
  "$compiler" "${flags[@]}" -c "$source" -o "$object"
done
read -ra libraries <<< "$("$llvm" --link-static --libs bpfcodegen bpfasmparser bpfdisassembler bpfdesc bpfinfo passes linker asmparser symbolize demangle x86disassembler x86desc x86info | tr '\n' ' ')"
"$compiler" "${flags[@]}" "${objects[@]}" -o "$out/driver" \
  -L"$("$llvm" --libdir)" "${libraries[@]}" -lrt -ldl -lm -l:libz.a -l:libzstd.a

# LLVM's vectors are not instrumented, so their bounds cannot be known.
base=detect_container_overflow=0
export UBSAN_OPTIONS=print_stacktrace=1
run() {
  local leaks=$1
  shift
  ASAN_OPTIONS=$base:detect_leaks=$leaks "$out/driver" "$@" >> "$out/log" 2>&1 || { head -c 20000 "$out/log"; exit 1; }
}
: > "$out/log"
run 0 test/ir/fatal.ll
for file in test/ir/*.ll; do
  [ "$file" = test/ir/fatal.ll ] || run 1 "$file"
done
# With debug information, cut off in the middle, with a hole in its head, and no program at all.
program=$out/disassemble.o
head -c "$(($(stat -c %s "$program") / 2))" "$program" > "$out/half.o"
{ head -c 512 "$program"; head -c 4096 /dev/zero; tail -c +4609 "$program"; } > "$out/holed.o"
run 1 --user "$program" "$out/half.o" "$out/holed.o" sanitize.sh
echo "sanitize: $(grep -c '^ok ' "$out/log") programs, clean"
