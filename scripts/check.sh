#!/usr/bin/env bash
# npm run check: types, lint, format, layers, dead code, generated files, the browser boundary, and the fast tests.
# With --static without the tests. Runs all of it whatever fails; prints what failed, and the time of each stage.
# .cache/check-results gets a line per stage, NAME=ok or NAME=failed.
. "$(dirname "$(realpath "$0")")/lib.sh"

run_ts=(node --conditions=source --import tsx)
results=.cache/check-results
: > "$results"

# stage NAME COMMAND...: its output is shown when it fails, or when it has something to say.
stage() {
  local name=$1 begin=$SECONDS log=.cache/logs/check-$1.log outcome=ok
  shift
  "$@" > "$log" 2>&1 < /dev/null || outcome=failed
  echo "$name=$outcome" >> "$results"
  { say "$name $outcome ($(seconds_since "$begin"))"; cat "$log"; } > "$log.shown"
  cat "$log.shown"
}

# Two lanes, because typed lint alone takes as long as the rest together.
lint() { stage eslint node_modules/.bin/eslint .; }
others() {
  stage types node_modules/.bin/tsc -b
  stage format node_modules/.bin/biome ci --colors=off --reporter=summary .
  stage layers node_modules/.bin/depcruise --config .dependency-cruiser.cjs grammar compiler native server client tests scripts
  stage dead-code node_modules/.bin/knip --no-config-hints
  stage generated "${run_ts[@]}" scripts/generate.ts --check
  stage browser node scripts/browser-boundary.mjs
}
lint & lane=$!
others
wait $lane

tests=0
if [ "${1:-}" != --static ]; then TEST_PART=fast bash scripts/run-tests.sh || tests=1; fi
if grep -q =failed "$results"; then
  say "failed: $(sed -n 's/=failed$//p' "$results" | tr '\n' ' ')"
  exit 1
fi
exit $tests
