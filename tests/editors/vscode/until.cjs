/** Waiting inside VS Code's extension host. */
"use strict";

const LIMIT_MS = 60_000;

/** Polls until the function answers something that is not empty. */
async function until(what, ask) {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const answer = await ask();
    if (Array.isArray(answer) ? answer.length > 0 : answer) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

module.exports = { until };
