#!/usr/bin/env bash
# Runs the tests that are set up already; TEST_ONLY, TEST_PART and CHECK_RESULTS are explained in tests/run.ts.
. "$(dirname "$(realpath "$0")")/lib.sh"
exec node --conditions=source --import tsx --test-reporter=./tests/harness/reporter.ts --test-reporter-destination=stdout tests/run.ts
