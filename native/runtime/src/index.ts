/** The public face of the runtime. */

export { startRun, type RunOptions, type RunSession } from "./session/run.ts";
export * from "./session/events.ts";
export type * from "./values/value.ts";
export { textView } from "./views/text.ts";
export { eventsView } from "./views/events.ts";
export { jsonView } from "./views/json.ts";
export type { Output, View, ViewOptions } from "./views/view.ts";
export { createLiveFacts, type HostFacts, type LiveFactsOptions } from "./facts/live.ts";
