#!/usr/bin/env bash
# npm test: sets up what tests need, runs the checks and then every test in one process. Ends with node:test's counts,
# in which each check counts as a test. TEST_ONLY=word runs the test files whose path contains the word, and no checks.
. "$(dirname "$(realpath "$0")")/lib.sh"
[ -z "${CI:-}" ] || exec < /dev/null

begin=$SECONDS
setup=ok
bash scripts/setup.sh || setup=failed
say "setup $setup ($(seconds_since "$begin"))"
[ -x node_modules/.bin/tsc ] || fail "nothing can be tested without the npm packages"

begin=$SECONDS
bash scripts/setup-test-tools.sh
say "tools for tests ($(seconds_since "$begin"))"

CHECK_RESULTS="setup=$setup"
if [ -z "${TEST_ONLY:-}" ]; then
  begin=$SECONDS
  bash scripts/check.sh --static || true
  say "checks ($(seconds_since "$begin"))"
  CHECK_RESULTS="$CHECK_RESULTS $(tr '\n' ' ' < .cache/check-results)"
fi
export CHECK_RESULTS
exec bash scripts/run-tests.sh
