#!/usr/bin/env bash
# generate.sh: makes the committed *.ll of the *.bpf.c beside it, so that the tests need no clang. Needs clang-19, llvm-19 and
# libbpf's headers (native/loader/build.sh gets them). Debug information is kept of global variables only: maps are made of it.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")"
headers=../../../../.tools/libbpf/usr/include
for source in *.bpf.c; do
  clang-19 -O2 -g -target bpf -mcpu=v3 -Wall -Wno-unused-parameter "-isystem$headers" "-isystem/usr/include/$(uname -m)-linux-gnu" \
    -fno-ident -fdebug-compilation-dir=. "-ffile-prefix-map=$headers/=" "-ffile-prefix-map=/usr/include/=" -Xclang -fexperimental-assignment-tracking=disabled -fno-strict-aliasing -S -emit-llvm "$source" -o - |
    sed -E -e '/^ *#dbg_/d' -e '/^ /s/, !dbg ![0-9]+//' -e '/^define /s/ !dbg ![0-9]+//' |
    opt-19 -S -passes=globaldce -o "${source%.bpf.c}.ll"
done
