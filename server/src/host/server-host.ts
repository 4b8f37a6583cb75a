/** The language server's place in a Node process: live kernel, child processes, files. */

import { spawn } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";

import { err, ok, type Result } from "@probewright/compiler";
import type { HostFacts } from "@probewright/runtime";

import { createBuilder } from "./builder.ts";
import { openKernel, type KernelOptions } from "./kernels.ts";
import { loaderCommand } from "./loader.ts";
import { openParser } from "./parser.ts";
import { startRunProcess } from "./run-process.ts";
import { strippedRoot } from "./stripped-root.ts";
import type { KernelChoice, Runner, ServerHost } from "../lsp/host.ts";

export interface NodeHostOptions {
  /** Program and arguments that start this executable again. */
  readonly executable: readonly [string, ...string[]];
  readonly kernels: readonly string[];
  readonly logFile: string | undefined;
  readonly traceableFunctions: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export async function createNodeHost(options: NodeHostOptions): Promise<ServerHost> {
  const { executable, logFile } = options;
  return {
    parser: await openParser(),
    openKernel: (choice) => openChosen(choice, options),
    builder: createBuilder(executable),
    runner: createRunner(executable),
    files: { read: readText, scripts },
    defaultKernels: options.kernels,
    log:
      logFile === undefined
        ? undefined
        : (line) => {
            appendFileSync(logFile, `${new Date().toISOString()} ${line}\n`);
          },
  };
}

function openChosen(
  { choice, folder, includeDirectories }: KernelChoice,
  { environment, traceableFunctions }: NodeHostOptions,
): Result<HostFacts, string> {
  const scriptFolder = folder ?? process.cwd();
  const kernelOptions: KernelOptions = {
    includeDirectories: includeDirectories.map((each) => resolve(scriptFolder, each)),
    traceableFunctions,
    environment,
    scriptFolder,
    pid: undefined,
    debugDirectories: [],
    waits: true,
  };
  const named =
    /^(live|default|none)$/.test(choice) || isAbsolute(choice) ? choice : join(scriptFolder, choice);
  return openKernel(named, kernelOptions);
}

function createRunner(executable: readonly [string, ...string[]]): Runner {
  const [program, ...leading] = executable;
  const running = new Set<{ readonly interrupt: () => boolean }>();
  process.on("exit", () => {
    for (const child of running) child.interrupt();
  });
  return {
    obstacle: () => {
      const loader = loaderCommand();
      return loader.ok ? strippedRoot() : loader.error;
    },
    terminalCommand: (script) => (process.platform === "linux" ? ["run", script] : undefined),
    start: (words, input, handlers, other) => {
      const command = other === undefined ? [program, ...leading, ...words] : [other.path, ...words];
      const child = startRunProcess(command, input, other?.folder, {
        ...handlers,
        ended: (code) => {
          running.delete(child);
          handlers.ended(code);
        },
      });
      running.add(child);
      return child;
    },
    capture: (path) => capture([program, ...leading], path),
  };
}

/** A child does it: reading a whole kernel takes seconds. */
function capture(
  [program, ...leading]: readonly [string, ...string[]],
  path: string | undefined,
): Promise<Result<string, string>> {
  const words = [...leading, "profile", "capture", ...(path === undefined ? [] : [path])];
  return new Promise((done) => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString("utf8");
      });
    }
    child.on("error", (error) => {
      done(err(error.message));
    });
    child.on("close", (code) => {
      const written = path ?? /^file\s+(.+)$/m.exec(said)?.[1];
      done(code === 0 && written !== undefined ? ok(written) : err(said.trim()));
    });
  });
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

const MOST_SCRIPTS = 2000;
const MOST_DEPTH = 12;

/** Scripts below a folder; what hides and what packages brought is left out. */
function scripts(folder: string): readonly string[] {
  const found: string[] = [];
  const look = (path: string, depth: number): void => {
    if (depth > MOST_DEPTH) return;
    let entries;
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      if (found.length >= MOST_SCRIPTS) return;
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isDirectory()) look(join(path, entry.name), depth + 1);
      else if (entry.name.endsWith(".bt")) found.push(join(path, entry.name));
    }
  };
  look(folder, 0);
  return found.sort();
}
