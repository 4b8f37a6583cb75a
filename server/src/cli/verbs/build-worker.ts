/** `build-worker`: what the language server starts to keep native code out of its own process; nothing for people. */

import { serveBuilds } from "../../host/build-worker.ts";
import { WRONG_USE, type Verb } from "../verb.ts";

export const buildWorker: Verb = {
  name: "build-worker",
  usage: [""],
  summary: "Compiles for the language server.",
  details: "Started by `probewright lsp` with a channel to talk through.",
  options: [],
  hidden: true,
  run: (_options, io) => {
    if (process.send !== undefined) return serveBuilds();
    io.err("probewright build-worker: only the language server starts this\n");
    return WRONG_USE;
  },
};
