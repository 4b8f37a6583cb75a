# shellcheck shell=bash
# Shared by setup.sh, check.sh, test.sh and start.sh: where we are, saying things, and doing things once. Sourced, not run.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
mkdir -p .cache/logs .cache/done
export npm_config_loglevel=${npm_config_loglevel:-error}

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*"; }
fail() { say "$*" >&2; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }
have() { command -v "$1" > /dev/null 2>&1; }
seconds_since() { printf '%d s' $((SECONDS - $1)); }

# fingerprint PATH...: a hash of these files and of all files in these folders, by name and content.
fingerprint() {
  local hasher=sha256sum
  have $hasher || hasher=shasum
  find "$@" \( -name node_modules -o -name dist -o -name build -o -name obj \) -prune -o -type f -print 2> /dev/null |
    LC_ALL=C sort | tr '\n' '\0' | xargs -0 $hasher | $hasher | cut -d' ' -f1
}

# all_there PATTERNS: does each of these glob patterns, in one string, match something?
all_there() {
  local pattern
  set -f
  for pattern in $1; do
    set +f
    compgen -G "$pattern" > /dev/null || return 1
  done
  set +f
}

# once NAME WHAT OUTPUTS INPUT... -- COMMAND...
# Runs COMMAND unless all OUTPUTS (glob patterns in one string) exist, made from INPUTs with their present content by this command on this Node. Says what it
# makes and how long it took; its output goes to .cache/logs/NAME.log and is shown if it fails.
once() {
  local name=$1 what=$2 outputs=$3 inputs=() begin=$SECONDS key
  shift 3
  while [ "$1" != -- ]; do inputs+=("$1"); shift; done
  shift
  key="$(fingerprint "${inputs[@]}") ${node_abi:-} $*"
  if all_there "$outputs" && [ "$(cat ".cache/done/$name" 2> /dev/null)" = "$key" ]; then return 0; fi
  say "building $what"
  rm -f ".cache/done/$name"
  if ! "$@" > ".cache/logs/$name.log" 2>&1; then
    tail -40 ".cache/logs/$name.log" >&2
    say "could not build $what: the whole output is in .cache/logs/$name.log" >&2
    return 1
  fi
  all_there "$outputs" || fail "$* did not make all of $outputs"
  # a build may rewrite what it was built from (a generated header): the key is that of what is there now
  echo "$(fingerprint "${inputs[@]}") ${node_abi:-} $*" > ".cache/done/$name"
  say "built $what ($(seconds_since "$begin"))"
}
