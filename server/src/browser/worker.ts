/** The language server as a browser worker: it speaks LSP in messages, with the built-in profile for a kernel. */

import { err, noKernelFacts, ok, openProfile, type KernelFacts } from "@probewright/compiler";
import { loadWasmParser } from "@probewright/grammar/wasm";
import type { HostFacts } from "@probewright/runtime";
import { bytes as profile } from "probewright:default-profile";
import { bytes as grammar } from "probewright:grammar";
import { bytes as runtime } from "probewright:tree-sitter";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from "vscode-languageserver/browser";

import type { ServerHost } from "../lsp/host.ts";
import { checkedReader, createMessageRules } from "../lsp/message-rules.ts";
import { createPace } from "../lsp/pace.ts";
import { serve } from "../lsp/server.ts";

/** The worker's own global scope is its port. */
const port = globalThis as unknown as Port;

interface Port {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}

/** What the client says before the server is there is kept for it. */
const early: { readonly data: unknown }[] = [];
port.onmessage = (event) => {
  early.push(event);
};

void start();

async function start(): Promise<void> {
  const host = await createHost();
  // The library's type of a port is that of browsers, which this code is not compiled for.
  const libraryPort = port as unknown as never;
  const reader = new BrowserMessageReader(libraryPort);
  const writer = new BrowserMessageWriter(libraryPort);
  const pace = createPace();
  const rules = createMessageRules(writer, pace);
  const connection = createConnection(
    ProposedFeatures.all,
    checkedReader(reader, rules),
    rules.writer,
    rules.options,
  );
  serve(connection, host, pace);
  for (const event of early.splice(0)) port.onmessage?.(event);
}

async function createHost(): Promise<ServerHost> {
  const parser = await loadWasmParser({ runtime, grammar });
  const opened = openProfile(await unpack(profile), { codecs: [], source: "default" });
  const standard = opened.ok ? opened.value : noKernelFacts();
  return {
    parser,
    openKernel: ({ choice }) => {
      switch (choice) {
        case "none":
          return ok(complete(noKernelFacts()));
        // A browser has no kernel of its own: the built-in profile stands in.
        case "live":
        case "default":
          return ok(complete(standard));
        default:
          return err(`kernel profile '${choice}': a browser cannot open it`);
      }
    },
    builder: undefined,
    runner: undefined,
    files: undefined,
    defaultKernels: ["default"],
    log: undefined,
  };
}

async function unpack(packed: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = (await reader.read()) as { done: boolean; value: Uint8Array | undefined }; // of bytes
    if (done || value === undefined) break;
    chunks.push(value);
    length += value.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** A profile is all there at once. */
function complete(facts: KernelFacts): HostFacts {
  return {
    ...facts,
    missing: () => [],
    lacked: () => 0,
    fulfil: () => Promise.resolve(),
    forget: () => undefined,
  };
}
