#!/usr/bin/env bash
# Gets the editors, emulators and checkers of C that tests drive. Each is wanted only by the test files beside it in the table, and only
# when they are about to run (TEST_ONLY). One that cannot be had is no error: its tests skip, and say why.
. "$(dirname "$(realpath "$0")")/lib.sh"

# wanted PATTERN...: are there test files whose path matches one, and are they to run?
wanted() {
  local pattern
  for pattern in "$@"; do
    ! find tests -name '*.test.ts' -path "*$pattern*" 2> /dev/null | grep -qF -- "${TEST_ONLY:-}" || return 0
  done
  return 1
}

# system_tools WHY COMMAND=PACKAGE...: Debian packages whose commands are lacking, installed when root.
system_tools() {
  local why=$1 lacking=() pair
  shift
  for pair in "$@"; do have "${pair%%=*}" || lacking+=("${pair#*=}"); done
  [ ${#lacking[@]} -gt 0 ] || return 0
  have apt-get || { say "$why: no apt-get here for ${lacking[*]}"; return 0; }
  is_root || { say "$why needs: sudo apt-get install -y --no-install-recommends ${lacking[*]}"; return 0; }
  say "installing for $why: ${lacking[*]}"
  { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "${lacking[@]}"; } \
    > .cache/logs/apt-tests.log 2>&1 < /dev/null || { tail -5 .cache/logs/apt-tests.log; say "could not install ${lacking[*]}"; }
}

# tool NAME: by its script, into .tools/NAME.
tool() { bash "scripts/tools/get-$1.sh" || say "could not get $1: the tests that drive it will skip"; }

! wanted neovim same-session || tool neovim
! wanted emacs same-session || tool emacs
! wanted helix same-session || { system_tools "the Helix tests" tmux=tmux; tool helix; }
! wanted vscode same-session || { system_tools "the VS Code tests" chromium=chromium chromium=fonts-dejavu-core; tool vscode; }
! wanted editors/vim same-session || [ -d /usr/share/vim-ale ] || system_tools "the Vim tests" vim=vim vim-ale=vim-ale
{ ! wanted grammar-fuzz && ! wanted sanitized; } || compgen -G '/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a' > /dev/null ||
  system_tools "fuzzing" clang-19=clang-19 libFuzzer=libclang-rt-19-dev
! wanted sanitized || system_tools "looking at the C and C++" clang-format-19=clang-format-19 clang-tidy-19=clang-tidy-19
! wanted guest || system_tools "the guest kernels" qemu-system-x86_64=qemu-system-x86 busybox=busybox-static cpio=cpio
