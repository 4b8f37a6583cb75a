/** Runs one of the conformance runtime cases by their rules: shell lines around a traced run, and claims about its output. */

import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const ATTACHED = "__BPFTRACE_NOTIFY_PROBES_ATTACHED";

/** Guests are emulated: what the cases allow for a real machine is too little there. */
const SLOWER = 3;
const ATTACH_LIMIT_MS = 120_000;
const GRACE_MS = 10_000;

export interface RuntimeCase {
  readonly id: string;
  readonly prog?: string | null;
  readonly run?: string | null;
  readonly expect: readonly { readonly kind: string; readonly text: string; readonly content?: string }[];
  readonly env?: Readonly<Record<string, string>>;
  readonly requires?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly setup?: string;
  readonly before?: readonly string[];
  readonly after?: string;
  readonly cleanup?: string;
  /** Seconds, once attached. */
  readonly timeout?: number;
  readonly return_code?: number;
  readonly will_fail?: boolean;
  readonly args_json_mode?: boolean;
  readonly needs_testprog?: readonly string[];
  readonly needs_testlib?: readonly string[];
  readonly tags: {
    readonly needs: Readonly<Record<string, boolean | readonly string[]>>;
    readonly uses_pkill_or_pidof?: boolean;
    readonly arch_specific?: boolean;
    readonly upstream_wording?: boolean;
  };
}

export interface Verdict {
  /** Why it failed. */
  readonly failure?: string;
  readonly skipped?: string;
}

/** @param command what stands for bpftrace, a shell word or several */
export async function runRuntimeCase(each: RuntimeCase, command: string, folder: string): Promise<Verdict> {
  for (const line of each.requires ?? []) {
    if ((await finished(shell(line, folder))) !== 0) return { skipped: `requires: ${line}` };
  }
  for (const [path, text] of Object.entries(each.files ?? {})) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  if (each.setup !== undefined) await finished(shell(each.setup, folder));
  const helpers = (each.before ?? []).map((line) => shell(line, folder));
  if (helpers.length > 0) await sleep(1000);
  const traced = await runTraced(each, commandLine(each, command, helpers[0]?.pid), folder, helpers);
  helpers.forEach(killGroup);
  if (each.cleanup !== undefined) await finished(shell(each.cleanup, folder));
  return judge(each, traced);
}

function commandLine(each: RuntimeCase, command: string, pid: number | undefined): string {
  if (typeof each.prog === "string") {
    const json = each.args_json_mode === true ? "-q -f json " : "";
    return `${command} ${json}-e '${each.prog.replaceAll("'", `'\\''`)}'`;
  }
  return (each.run ?? "").replaceAll("{{BPFTRACE}}", command).replaceAll("{{BEFORE_PID}}", String(pid ?? ""));
}

interface Traced {
  readonly output: string;
  /** Undefined when it had to be ended. */
  readonly code: number | undefined;
}

async function runTraced(
  each: RuntimeCase,
  line: string,
  folder: string,
  helpers: ChildProcess[],
): Promise<Traced> {
  const child = shell(line, folder, { ...each.env, [ATTACHED]: "1" });
  let output = "";
  const cut = { off: false };
  let timer = setTimeout(stop, ATTACH_LIMIT_MS);
  function stop(): void {
    cut.off = true;
    signalGroup(child, "SIGTERM");
    timer = setTimeout(() => {
      killGroup(child);
    }, GRACE_MS);
  }
  let attached = false;
  const take = (chunk: Buffer): void => {
    output += chunk.toString("utf8");
    if (attached || !output.includes(ATTACHED)) return;
    attached = true;
    clearTimeout(timer);
    timer = setTimeout(stop, (each.timeout ?? 5) * 1000 * SLOWER);
    const after = each.after?.replaceAll("{{BEFORE_PID}}", String(helpers[0]?.pid ?? ""));
    if (after !== undefined) helpers.push(shell(after, folder));
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  const code = await closed(child);
  clearTimeout(timer);
  return { output, code: cut.off ? undefined : (code ?? 255) };
}

function judge(each: RuntimeCase, { output, code }: Traced): Verdict {
  const missed = each.expect.filter((claim) => !holds(each, claim, output));
  const wanted = missed.map(({ kind, text }) => `${kind} ${text}`);
  if (code !== undefined) {
    const right = each.will_fail === true ? code !== 0 : code === (each.return_code ?? 0);
    if (!right) wanted.push(each.will_fail === true ? "failure" : `exit status ${each.return_code ?? 0}`);
  }
  if (wanted.length === 0) return {};
  return {
    failure: `wanted ${wanted.join(", ")}; exit status ${code ?? "none"}:\n${output.slice(0, 3000)}`,
  };
}

function holds(
  each: RuntimeCase,
  { kind, text, content }: RuntimeCase["expect"][number],
  output: string,
): boolean {
  // Of somebody else's sentences only how bad it is has to be the same; what warns before an error may be part of that.
  if (each.tags.upstream_wording === true && (kind === "text" || kind === "regex")) {
    const fails = each.expect.some((claim) => claim.text.includes("ERROR"));
    const severity = fails ? "error" : /WARNING/.exec(text)?.[0].toLowerCase();
    return severity === undefined || output.toLowerCase().includes(severity);
  }
  const line = new RegExp(`^\\s*${text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}\\s*$`, "m");
  const whole = (content ?? text).trim();
  const printed = (output.split(`${ATTACHED}\n`, 2)[1] ?? output).trim();
  switch (kind) {
    case "text":
      return line.test(output);
    case "text_none":
      return !line.test(output);
    case "regex":
      return new RegExp(text, "m").test(output);
    case "regex_none":
      return !new RegExp(text, "m").test(output);
    case "json":
      return asJson(printed) === asJson(whole);
    default:
      return printed === whole;
  }
}

/** One value, or one a line, in one way of writing. */
function asJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.stringify(JSON.parse(line)))
      .join("\n");
  }
}

function shell(line: string, cwd: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn("bash", ["-c", line], {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function finished(child: ChildProcess): Promise<number> {
  child.stdout?.resume();
  child.stderr?.resume();
  return (await closed(child)) ?? 255;
}

function closed(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on("close", resolve));
}

function killGroup(child: ChildProcess): void {
  signalGroup(child, "SIGKILL");
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended by itself.
  }
}
