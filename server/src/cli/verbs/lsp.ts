/** `lsp`: the language server. */

import { openKernel } from "../../host/kernels.ts";
import { openParser } from "../../host/parser.ts";
import { valueOf } from "../options.ts";
import type { Verb } from "../verb.ts";

export const lsp: Verb = {
  name: "lsp",
  usage: ["--stdio [--kernel KERNEL]"],
  summary: "The language server, for editors.",
  details: "Speaks LSP 3.17 on standard input and output. Never loads or attaches anything while you type.",
  options: [
    { name: "stdio", help: "speak on standard input and output" },
    { name: "node-ipc", help: "speak through the parent Node process" },
    { name: "socket", argument: "PORT", help: "connect to this port" },
    { name: "pipe", argument: "NAME", help: "connect to this pipe" },
    { name: "clientProcessId", argument: "PID", help: "end when this process is gone" },
    { name: "traceable-functions", argument: "FILE", help: "list of kernel functions that may be traced" },
    {
      name: "kernel",
      argument: "KERNEL",
      help: "live, default, none, or a captured profile (default: live)",
    },
  ],
  run: async (options, io) => {
    const kernel = openKernel(valueOf(options, "kernel") ?? "live", {
      includeDirectories: [],
      traceableFunctions: valueOf(options, "traceable-functions"),
      environment: io.env,
      scriptFolder: process.cwd(),
      pid: undefined,
      debugDirectories: [],
    });
    if (!kernel.ok) {
      io.err(`probewright lsp: ${kernel.error}\n`);
      return 1;
    }
    // Its libraries take longer to come up than a small script takes to run.
    const { serveProcess } = await import("../../lsp/process.ts");
    const parser = await openParser();
    const executable = [process.execPath, process.argv[1] ?? ""];
    return serveProcess({ parser, facts: kernel.value, executable });
  },
};
