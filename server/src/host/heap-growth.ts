/**
 * Keeps V8's heap near the size of what is in use; the language server stays open all day beside other things.
 *
 * The part that new objects go to grows to 48 MB in a process that works a lot, most of which is never needed at one time. And
 * the part for those that stay may grow to several times of what is alive in it before V8 looks: the more, the slower V8 found
 * its own work to be, as on a machine that has other things to do.
 *
 * Node can be told so when it is started, which is up to the editor; from within only growing can be limited.
 */

import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** Of the new objects' part. Where V8 copies survivors to is counted as well. */
const ENOUGH_BYTES = 16 << 20;
/** What may come to what is alive before V8 looks again. */
const GROWTH_PERCENT = 30;
const LOOK_AGAIN_MS = 100;

/** Lets it grow for a while: much is made at the start that stays. */
export function limitHeapGrowth(): void {
  const timer = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    if (young !== undefined && young.space_size < ENOUGH_BYTES) return;
    setFlagsFromString("--semi-space-growth-factor=1");
    setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT.toString()}`);
    clearInterval(timer);
  }, LOOK_AGAIN_MS);
  timer.unref();
}
