#!/usr/bin/env bash
# generate.sh: makes the committed *.ll of the *.bpf.c beside it, so that the tests need no clang. Needs clang-19 and libbpf's
# headers (native/loader/build.sh gets them).
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")"
headers=../../../../.tools/libbpf/usr/include

# The C text as an LLVM string: line records take the text of their line from there.
quoted() { awk '{ gsub(/\\/, "\\5C"); gsub(/"/, "\\22"); printf "%s\\0A", $0 }' "$1"; }

for source in *.bpf.c; do
  clang-19 -O2 -g -target bpf -mcpu=v3 -Wall -Wno-unused-parameter "-isystem$headers" "-isystem/usr/include/$(uname -m)-linux-gnu" \
    -fno-ident -fdebug-compilation-dir=. "-ffile-prefix-map=$headers/=" "-ffile-prefix-map=/usr/include/=" -fno-strict-aliasing \
    -Xclang -fexperimental-assignment-tracking=disabled -S -emit-llvm "$source" -o - |
    QUOTED=$(quoted "$source") NAME=$source awk '
      index($0, "DIFile(filename: \"" ENVIRON["NAME"] "\"") {
        sub(/, checksumkind: CSK_MD5, checksum: "[0-9a-f]*"\)$/, "")
        print $0 ", source: \"" ENVIRON["QUOTED"] "\")"
        next
      }
      { print }' > "${source%.bpf.c}.ll"
done
