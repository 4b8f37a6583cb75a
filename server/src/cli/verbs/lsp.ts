/** `lsp`: the language server. */

import type { Transport } from "../../lsp/process.ts";
import { has, valueOf, valuesOf, type ParsedOptions } from "../options.ts";
import { WRONG_USE, type Verb } from "../verb.ts";

export const lsp: Verb = {
  name: "lsp",
  usage: ["--stdio|--node-ipc|--socket PORT|--pipe NAME [--kernel KERNEL]"],
  summary: "The language server, for editors.",
  details: "Speaks LSP 3.18. Never loads or attaches anything while you type.",
  staysOpen: true,
  options: [
    { name: "stdio", help: "speak on standard input and output" },
    { name: "node-ipc", help: "speak through the parent Node process" },
    { name: "socket", argument: "PORT", help: "connect to this port" },
    { name: "pipe", argument: "NAME", help: "connect to this pipe" },
    { name: "clientProcessId", argument: "PID", help: "end when this process is gone" },
    { name: "log-file", argument: "FILE", help: "also write the log here" },
    { name: "traceable-functions", argument: "FILE", help: "list of kernel functions that may be traced" },
    {
      name: "kernel",
      argument: "KERNEL",
      repeatable: true,
      help: "live, default, none, or a captured profile (default: live); settings come before it",
    },
  ],
  run: async (options, io) => {
    const transport = transportOf(options);
    if (transport === undefined) {
      io.err("probewright lsp: say one of --stdio, --node-ipc, --socket PORT, --pipe NAME\n");
      return WRONG_USE;
    }
    const kernels = valuesOf(options, "kernel");
    const client = Number(valueOf(options, "clientProcessId"));
    // The library would read the word there by itself, and take a client of another user for one that is gone.
    process.argv = process.argv.filter((word, at, all) => !isOfClient(word) && all[at - 1] !== CLIENT);
    // Its libraries take longer to come up than a small script takes to run.
    const [{ createNodeHost }, { serveProcess }, { limitHeapGrowth }] = await Promise.all([
      import("../../host/server-host.ts"),
      import("../../lsp/process.ts"),
      import("../../host/heap-growth.ts"),
    ]);
    // V8 takes compiled code only under the flags it was compiled with, and a change of flags counts.
    if (process.env["PROBEWRIGHT_WRITE_CODE_CACHE"] !== "1") limitHeapGrowth();
    const host = await createNodeHost({
      executable: [process.execPath, process.argv[1] ?? ""],
      kernels: kernels.length === 0 ? ["live"] : kernels,
      logFile: valueOf(options, "log-file"),
      traceableFunctions: valueOf(options, "traceable-functions"),
      environment: io.env,
    });
    return serveProcess(host, transport, Number.isInteger(client) && client > 0 ? client : undefined);
  },
};

const CLIENT = "--clientProcessId";

function isOfClient(word: string): boolean {
  return word === CLIENT || word.startsWith(`${CLIENT}=`);
}

/** Exactly one must be named. */
function transportOf(options: ParsedOptions): Transport | undefined {
  const port = valueOf(options, "socket");
  const name = valueOf(options, "pipe");
  const named: readonly Transport[] = [
    ...(has(options, "stdio") ? [{ kind: "stdio" } as const] : []),
    ...(has(options, "node-ipc") ? [{ kind: "node-ipc" } as const] : []),
    ...(port === undefined ? [] : [{ kind: "socket", port: Number(port) } as const]),
    ...(name === undefined ? [] : [{ kind: "pipe", name } as const]),
  ];
  return named.length === 1 ? named[0] : undefined;
}
