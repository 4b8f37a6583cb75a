/** Messages call probes as the script does. */

import assert from "node:assert/strict";
import { constants } from "node:os";
import { test } from "node:test";

import { explainRefusals } from "./errno.ts";

const refused = { errno: constants.errno.EMFILE, stage: "attach", text: "" };

test("a period is told in the words of the script", () => {
  const target = {
    kind: "interval",
    name: "interval:us:100000",
    written: "100ms",
    period: { nanoseconds: 100_000_000n },
  } as const;
  const { message } = explainRefusals({ target }, [{ name: undefined, error: refused }]);
  assert.equal(message, "cannot attach interval:100ms: too many open files (EMFILE)");
});
