#!/usr/bin/env bash
# Checks layout (clang-format) and habits (clang-tidy) of the C++ here, by native/.clang-format and native/.clang-tidy.
# With file names, clang-tidy looks at those only: all of them take minutes.
# Needs clang-format-19, clang-tidy-19 and LLVM 19's headers. A machine without them: one line that says so, and exit
# status 77.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")"

lack() { echo "lint: $*" >&2; exit 77; }

for tool in clang-format-19 clang-tidy-19 llvm-config-19; do
  command -v "$tool" > /dev/null || lack "no $tool: apt-get install clang-format-19 clang-tidy-19 llvm-19-dev"
done
node_headers=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")/include/node
[ -f "$node_headers/node_api.h" ] || lack "no headers of Node beside it: $node_headers/node_api.h"

clang-format-19 --dry-run --Werror src/*.cc src/*.h
flags=(-std=c++20 -fexceptions -DNAPI_VERSION=8 -isystem "$(llvm-config-19 --includedir)" -isystem "$node_headers")
# One process a file, two at a time: each reads much of LLVM's headers.
if [ $# -gt 0 ]; then files=("$@"); else files=(src/*.cc); fi
printf '%s\0' "${files[@]}" | xargs -0 -P 2 -I FILE clang-tidy-19 --quiet FILE -- "${flags[@]}" 2> /dev/null
