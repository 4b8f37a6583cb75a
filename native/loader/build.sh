#!/usr/bin/env bash
# build.sh: builds native/loader/build/probewright-loader, a static program where the system allows it; nothing when up to date.
# Needs libbpf 1.3 or newer as a static library: the system's, else the one that scripts/tools/get-libbpf.sh unpacks.
# BUILD_DIR and EXTRA_CFLAGS in the environment are for sanitize.sh.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
root=$(realpath "$here/../..")
build=${BUILD_DIR:-$here/build}
program=$build/probewright-loader
compiler=${CC:-gcc}

refuse() { echo "loader: $*" >&2; exit 1; }

# The stamp covers everything that goes in: sources, this script, compiler and flags.
stamp() {
  { cat "$here"/src/* "$root"/native/abi/frames.h "$here/build.sh" "$root/package.json"
    echo "${EXTRA_CFLAGS:-} $1"; "$compiler" -dumpfullversion; } | sha256sum | cut -d' ' -f1
}

# Prints the flags that find libbpf, the system's when it is new enough.
find_libbpf() {
  if pkg-config --exists 'libbpf >= 1.3' 2> /dev/null; then
    echo "$(pkg-config --cflags libbpf) $(pkg-config --variable=libdir libbpf | sed 's/^/-L/')"
    return
  fi
  "$root/scripts/tools/get-libbpf.sh" || refuse "no libbpf 1.3 or newer: apt-get install libbpf-dev where it is that new"
  local prefix=$root/.tools/libbpf/usr
  # Only libbpf itself comes from there: its C library and libelf are not this system's.
  local only=$root/.tools/libbpf/only
  mkdir -p "$only/include"
  ln -sfn "$prefix/include/bpf" "$only/include/bpf"
  cp -u "$prefix/lib/$(uname -m)-linux-gnu/libbpf.a" "$only/"
  echo "-isystem $only/include -L$only"
}

command -v "$compiler" > /dev/null || refuse "no C compiler: apt-get install gcc libc6-dev"
for header in libelf.h:libelf-dev zlib.h:zlib1g-dev linux/bpf.h:linux-libc-dev; do
  echo "#include <${header%:*}>" | "$compiler" -E -x c - > /dev/null 2>&1 || refuse "no ${header%:*}: apt-get install ${header#*:}"
done
libbpf=$(find_libbpf)
wanted=$(stamp "$libbpf")
if [ -x "$program" ] && [ "$(cat "$build/stamp" 2> /dev/null)" = "$wanted" ]; then exit 0; fi

version=$(sed -n 's/^ *"version": "\([^"]*\)".*/\1/p' "$root/package.json" | head -1)
warnings=(-Wall -Wextra -Werror -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
  -Wno-override-init)
# shellcheck disable=SC2086 # the flags are words
flags=(-std=c11 -O2 -D_GNU_SOURCE "-ffile-prefix-map=$root=." "-DLOADER_VERSION=\"$version\"" -fstack-protector-strong -D_FORTIFY_SOURCE=2
  "${warnings[@]}" $libbpf ${EXTRA_CFLAGS:-})
mkdir -p "$build"
echo "building the loader" >&2
# Some systems' static libelf wants libraries that have no static form: then only libbpf is static.
link() { "$compiler" "${flags[@]}" "$@" "$here"/src/*.c -o "$program.$$" -l:libbpf.a -lelf -lz -pthread; }
if [ -n "${EXTRA_CFLAGS:-}" ]; then link
elif ! link -static 2> "$build/static.log"; then
  grep -q 'undefined reference\|cannot find' "$build/static.log" || { cat "$build/static.log" >&2; exit 1; }
  link
fi
[ -n "${EXTRA_CFLAGS:-}" ] || strip "$program.$$"
mv "$program.$$" "$program"
echo "$wanted" > "$build/stamp"
