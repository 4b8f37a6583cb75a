#!/usr/bin/env bash
# lint.sh: layout (clang-format), clang-tidy and the way of calls over the loader's C. Prints what is wrong; exit status 77 without the tools.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
cd "$here"
for tool in clang-format-19 clang-tidy-19; do
  command -v "$tool" > /dev/null || { echo "lint: no $tool: apt-get install ${tool}" >&2; exit 77; }
done
clang-format-19 --dry-run -Werror src/*.c src/*.h ../abi/frames.h fuzz/*.c testing/*.c
./build.sh # brings libbpf's headers
# shellcheck disable=SC2016 # the quotes are for the compiler
printf '%s\0' src/*.c | xargs -0 -P "$(nproc)" -n 4 sh -c 'clang-tidy-19 --config-file=.clang-tidy --quiet "$@" -- -std=c11 -D_GNU_SOURCE -DLOADER_VERSION=\"0\" \
  -isystem ../../.tools/libbpf/only/include 2> /dev/null' sh

# Calls go one way: no file calls one that, over whatever others, calls it.
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
for source in src/*.c; do
  ${CC:-gcc} -std=c11 -D_GNU_SOURCE -DLOADER_VERSION='"0"' -isystem ../../.tools/libbpf/only/include -c "$source" \
    -o "$objects/$(basename "$source" .c)"
done
cd "$objects"
names() { nm -A "$@" -- * | awk '{sub(":.*", "", $1); print $NF, $1}' | sort; }
circles=$(join <(names --undefined-only) <(names --defined-only --extern-only) | awk '{print $2, $3}' | tsort 2>&1 > /dev/null) || true
[ -z "$circles" ] || { echo "lint: files call each other in a circle"; echo "$circles"; exit 1; } >&2
