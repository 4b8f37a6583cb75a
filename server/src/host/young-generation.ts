/**
 * Keeps the part of V8's heap small that new objects go to. It grows to 48 MB in a process that works a lot, most of which is
 * never needed at one time; the language server stays open all day beside other things.
 *
 * Node can be told so when it is started, which is up to the editor; from within only growing can be turned off.
 */

import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** Where V8 copies survivors to is counted as well. */
const ENOUGH_BYTES = 8 << 20;
const LOOK_AGAIN_MS = 100;

/** Lets it grow for a while: much is made at the start that stays. */
export function limitYoungGeneration(): void {
  const timer = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    if (young !== undefined && young.space_size < ENOUGH_BYTES) return;
    setFlagsFromString("--semi-space-growth-factor=1");
    clearInterval(timer);
  }, LOOK_AGAIN_MS);
  timer.unref();
}
