/** Runs cases one after the other in this process: the kernel's facts are read once, which counts where a machine is slow. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { renderDiagnostic } from "@probewright/compiler";
import { spawnLoader, startRun, textView, type HostFacts } from "@probewright/runtime";
import {
  buildProgram,
  checkProgram,
  createUserSymbols,
  loaderCommand,
  openKernel,
} from "@probewright/server/host";

import { PATIENCE_MS } from "../harness/patience.ts";
import { nameOf, type CaseResult, type ProbeCase } from "./case.ts";

/** What the kernel keeps of a program's name. */
const COMM_CHARACTERS = 15;
const POLL_MS = 50;

const ATTACHED = /^Attached \d+ probes?$/;

/** After this a run is interrupted, and what it printed is judged. */
const LIMIT_MS = PATIENCE_MS;

export interface CaseRunner {
  readonly run: (each: ProbeCase) => Promise<CaseResult>;
  /** Leaves the folder. */
  readonly close: () => void;
}

/** @param folder where scripts and workloads run */
export function caseRunner(folder: string): CaseRunner {
  const from = process.cwd();
  process.chdir(folder);
  const general = facts(undefined);
  return {
    close: () => {
      process.chdir(from);
    },
    run: async (each) => {
      const name = nameOf(each);
      const lacking = (each.needs ?? []).filter((feature) => general.hasFeature(feature) === false);
      if (lacking.length > 0) return { name, skipped: `this kernel has no ${lacking.join(", ")}` };
      const { said, printed, code } = await runScript(each, general);
      const output = `${said}${printed}`;
      // The whole line: a word of it says little about why.
      const excuse = output.split("\n").find((line) => each.excuse?.test(line) === true);
      if (excuse !== undefined) return { name, skipped: excuse };
      const wanted = disappointed(each, output, printed);
      if (wanted.length === 0) return { name };
      return { name, failure: `wanted ${wanted.join(", ")}; exit status ${code}:\n${output.slice(0, 4000)}` };
    },
  };
}

/** What was claimed of the output and does not hold. */
function disappointed(
  { expect, never = [], prints }: ProbeCase,
  output: string,
  printed: string,
): readonly string[] {
  const lines = printed.split("\n").filter((line) => line !== "" && !ATTACHED.test(line));
  return [
    ...expect.filter((pattern) => !pattern.test(output)).map(String),
    ...never.filter((pattern) => pattern.test(output)).map((pattern) => `not ${String(pattern)}`),
    ...(prints === undefined || prints.join("\n") === lines.join("\n") ? [] : [`only: ${prints.join("\n")}`]),
  ];
}

function facts(pid: number | undefined): HostFacts {
  const loader = loaderCommand();
  const kernel = openKernel("live", {
    includeDirectories: [],
    traceableFunctions: undefined,
    environment: process.env,
    scriptFolder: ".",
    pid,
    debugDirectories: [],
    forRunning: true,
    loader: loader.ok ? loader.value : undefined,
  });
  if (!kernel.ok) throw new Error(kernel.error);
  return kernel.value;
}

/** Until the shell has become the command, and that has its library: it takes a while on a slow machine. */
async function started({ pid }: ChildProcess, command: string, loaded: string | undefined): Promise<void> {
  const last = basename(command.split(" ").at(-1) ?? "").slice(0, COMM_CHARACTERS);
  const folder = `/proc/${(pid ?? 0).toString()}`;
  for (let waited = 0; waited < LIMIT_MS; waited += POLL_MS) {
    await sleep(POLL_MS);
    if (readFileSync(`${folder}/comm`, "utf8").trim() !== last) continue;
    if (loaded === undefined || readFileSync(`${folder}/maps`, "utf8").includes(loaded)) return;
  }
}

interface Ran {
  readonly code: number;
  /** By the compiler. */
  readonly said: string;
  /** By the run. */
  readonly printed: string;
}

async function runScript(each: ProbeCase, general: HostFacts): Promise<Ran> {
  if (each.beside !== undefined) return runBeside(each, each.beside, general);
  const before = each.before === undefined ? undefined : shell(`exec ${each.before}`);
  if (before !== undefined) await started(before, each.before ?? "", each.loaded);
  try {
    return await compileAndRun(each, general, before?.pid);
  } finally {
    end(before);
  }
}

/** The case, while another script is attached. */
async function runBeside(each: ProbeCase, script: string, general: HostFacts): Promise<Ran> {
  const { beside: _, ...alone } = each;
  let other: Promise<Ran> | undefined;
  const interrupt = await new Promise<() => void>((resolve, reject) => {
    other = compileAndRun(
      { probe: each.probe, feature: each.feature, script, expect: [] },
      general,
      undefined,
      resolve,
    );
    void other.then(({ said, printed }) => {
      reject(new Error(`the script beside it ended:\n${said}${printed}`));
    });
  });
  // What is loaded was not there when the kernel was looked at.
  general.forget(({ kind }) => kind === "bpf-programs");
  const ran = await runScript(alone, general);
  interrupt();
  await other;
  return ran;
}

/** @param onAttached is given what ends the run */
async function compileAndRun(
  each: ProbeCase,
  general: HostFacts,
  other: number | undefined,
  onAttached?: (interrupt: () => void) => void,
): Promise<Ran> {
  const pid = each.byPid === true ? other : undefined;
  const text = each.script.replaceAll("$PID", String(other ?? 0));
  const checked = await checkProgram(
    { name: "case", text, parameters: [], namedParameters: new Map() },
    {
      unsafe: each.unsafe ?? false,
      pid,
      includeDirectories: [],
      includes: [],
      disabledFeatures: new Set(),
      traceableFunctions: undefined,
      command: each.command !== undefined,
    },
    pid === undefined ? general : facts(pid),
    process.env,
  );
  const said = checked.analysis.diagnostics
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map((diagnostic) => renderDiagnostic(diagnostic, checked.locator, { color: false }))
    .join("");
  if (checked.analysis.core === undefined || said.includes("error[")) return { code: 1, said, printed: "" };
  const built = buildProgram(checked, "default");
  if (!built.ok) return { code: 255, said, printed: built.error };
  const loader = loaderCommand();
  if (!loader.ok) return { code: 255, said, printed: loader.error.message };
  return { said, ...(await session(each, pid, loader.value, built.value, onAttached)) };
}

async function session(
  each: ProbeCase,
  pid: number | undefined,
  loader: Parameters<typeof spawnLoader>[0],
  { object, manifest }: Pick<Parameters<typeof startRun>[0], "object" | "manifest">,
  onAttached?: (interrupt: () => void) => void,
): Promise<Omit<Ran, "said">> {
  let printed = "";
  const out = {
    write: (bytes: Uint8Array | string) => {
      printed += Buffer.from(bytes).toString("utf8");
    },
  };
  const view = textView({
    out,
    err: out,
    quiet: false,
    verbose: false,
    warnings: true,
    truncationTrailer: manifest.config.stringTruncationTrailer,
    renderMessage: (severity, message) => `${severity}: ${message}\n`,
  });
  let workload: ChildProcess | undefined;
  const run = startRun({
    script: "case",
    object,
    manifest,
    loader: spawnLoader(loader),
    pid,
    command: each.command,
    unwindPids: [],
    namedParameters: new Map(),
    unsafe: false,
    verboseErrors: false,
    dryRun: false,
    mode: each.mode ?? "run",
    verifierLog: false,
    acceptedLogs: false,
    joinOutput: false,
    emit: (event) => {
      view.show(event);
      if (event.kind !== "attached") return;
      onAttached?.(() => {
        run.interrupt();
      });
      if (each.workload !== undefined) workload = shell(each.workload);
      if (each.signalled === true) run.triggerSelf();
      if (endsByWorkload(each)) {
        void workloadEnded(workload, each.seconds ?? 0).then(() => {
          run.interrupt();
        });
      }
    },
    userSymbols: createUserSymbols(manifest),
  });
  // A script beside another ends with that.
  const limit = onAttached === undefined ? LIMIT_MS : 2 * LIMIT_MS;
  const timer = setTimeout(() => {
    printed += "[interrupted]\n";
    run.interrupt();
  }, limit);
  const code = await run.done;
  clearTimeout(timer);
  view.flush();
  end(workload);
  return { code, printed };
}

/** Scripts that end by themselves and traced commands decide when it is over. */
function endsByWorkload({ script, workload, seconds, command }: ProbeCase): boolean {
  return (
    seconds !== undefined || (workload !== undefined && command === undefined && !script.includes("exit()"))
  );
}

/** How long a workload takes depends on the machine, so its end is waited for. */
async function workloadEnded(workload: ChildProcess | undefined, atLeastSeconds: number): Promise<void> {
  const ended = workload === undefined ? undefined : once(workload, "exit");
  await Promise.all([ended, sleep(1000 * atLeastSeconds, undefined, { ref: false })]);
}

function shell(line: string): ChildProcess {
  return spawn("/bin/sh", ["-c", line], { stdio: "ignore", detached: true });
}

/** The command and what it started. */
function end(child: ChildProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
