#!/usr/bin/env bash
# get-neovim.sh: Neovim 0.12 from a newer Debian suite as .tools/neovim/bin/nvim. Only tests need it.
. "$(dirname "$0")/lib.sh"
tool_begin neovim "$0"
"$tools_here/debian-from-suite.sh" "$dir" forky neovim patchelf
lib=$dir/usr/lib/$(uname -m)-linux-gnu loader=$(foreign_loader)
# patched, not wrapped: v:progpath stays nvim itself, so that what nvim starts of itself works
"$loader" --library-path "$lib" "$dir/usr/bin/patchelf" --set-interpreter "$loader" --force-rpath --set-rpath "$lib" "$dir/usr/bin/nvim"
mkdir -p "$dir/bin"
printf '#!/bin/sh\nVIMRUNTIME=%q exec %q "$@"\n' "$dir/usr/share/nvim/runtime" "$dir/usr/bin/nvim" > "$dir/bin/nvim"
chmod +x "$dir/bin/nvim"
"$dir/bin/nvim" --version | head -1
tool_end
