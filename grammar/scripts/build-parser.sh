#!/usr/bin/env bash
# Builds the parser as the shared library that editors load.
#   scripts/build-parser.sh OUT.so [ABI]      ABI 15 by default; 14 for Emacs up to 30 and Neovim before 0.11
# Needs a C compiler: CC, cc, gcc or clang.
set -euo pipefail
grammar=$(cd "$(dirname "$0")/.." && pwd)
[ $# -ge 1 ] || { echo "usage: $0 OUT.so [14|15]" >&2; exit 2; }
out=$1
case ${2:-15} in
  15) source=$grammar/src ;;
  14) source=$grammar/abi14/src ;;
  *) echo "there is a parser for ABI 14 and one for ABI 15, none for ${2}" >&2; exit 2 ;;
esac

for compiler in ${CC:-} cc gcc clang; do
  command -v "$compiler" > /dev/null || continue
  mkdir -p "$(dirname "$out")"
  # Written beside and moved: an editor that has the old one loaded keeps it.
  "$compiler" -shared -fPIC -O2 -std=c11 -I "$source" "$source/parser.c" "$source/scanner.c" -o "$out.new"
  mv "$out.new" "$out"
  echo "built $out"
  exit
done
echo "no C compiler: install gcc or clang, or set CC" >&2
exit 1
