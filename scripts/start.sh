#!/usr/bin/env bash
# npm start: sets up what is needed, then shows the main thing on a real script: who opens which files on this machine,
# live from its kernel. Where that cannot be, it checks the script, shows its stack plan, and says what is lacking.
. "$(dirname "$(realpath "$0")")/lib.sh"

example=examples/opens.bt
probewright=server/bin/probewright

bash scripts/setup.sh || say "some parts could not be built, see above" >&2

[ -f server/dist/probewright.cjs ] || fail "probewright could not be built: see .cache/logs/bundle.log"

# obstacle: why scripts cannot run here, and what to do about it; nothing when they can.
obstacle() {
  local effective
  if [ "$(uname -s)" != Linux ]; then
    echo "scripts run on Linux; elsewhere they can be written and checked"
  elif [ -s .cache/missing ]; then
    cat .cache/missing
  elif [ ! -x native/loader/build/probewright-loader ]; then
    echo "the loader is not built: see .cache/logs/loader.log, then npm run setup"
  elif [ ! -r /sys/kernel/btf/vmlinux ]; then
    echo "this kernel does not describe its types (no /sys/kernel/btf/vmlinux): it needs CONFIG_DEBUG_INFO_BTF"
  elif ! is_root; then
    echo "loading probes needs privilege: run as root, or: sudo $probewright run $example"
  else
    # CAP_SYS_ADMIN is bit 21, CAP_BPF bit 39 of the effective set
    effective=$(awk '/^CapEff:/ { print $2 }' /proc/self/status)
    if (((0x$effective >> 21 & 1) == 0 && (0x$effective >> 39 & 1) == 0)); then
      echo "root here lacks CAP_BPF, as in most containers: start the container with --privileged, or run on the machine itself"
    fi
  fi
}

# Something to see on an idle machine: a few files opened every now and then, until the parent ends.
open_files() {
  while kill -0 "$1" 2> /dev/null; do
    cat /etc/hostname /etc/os-release > /dev/null 2>&1
    ls / > /dev/null
    sleep 0.4
  done
}

why=$(obstacle)
if [ -z "$why" ]; then
  say "running $example for four seconds: who opens which files"
  open_files $$ &
  workload=$!
  status=0
  "$probewright" run "$example" || status=$?
  kill "$workload" 2> /dev/null || true
  if [ "$status" != 0 ]; then
    say "the run failed; what this machine can and cannot do:"
    "$probewright" doctor || true
    exit "$status"
  fi
else
  say "checking $example"
  "$probewright" check "$example"
  say "no errors; its stack plan:"
  "$probewright" stack "$example"
  printf '\nTo run it and not only check it:\n%s\n' "$why"
fi

cat << 'TEXT'

Write your own, with types, stack and mistakes shown as you type:
  VS Code   npm run vsix, then code --install-extension client/probewright.vsix, and open examples/opens.bt
  Neovim    add client/nvim to 'runtimepath', then :edit examples/opens.bt (0.11 or newer)
  others    any editor that speaks LSP: server/bin/probewright lsp --stdio
README.md has the rest.
TEXT
