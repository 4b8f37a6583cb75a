/** What this machine can and cannot do, each with the command that mends it. */

import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { arch, release } from "node:os";

import { available as llvmAvailable, version as llvmVersion } from "@probewright/llvm-bindings";
import { loadNativeParser } from "@probewright/grammar/native";
import { createLiveFacts, switchedOff, type Trial } from "@probewright/runtime";
import { kernelFeatures } from "@probewright/compiler";
import { loaderCommand } from "./loader.ts";
import type { Finding } from "./finding.ts";
import { loaderFindings, loaderReadsTracefs } from "./loader-findings.ts";

interface Check {
  readonly topic: string;
  readonly run: () => Omit<Finding, "topic">;
}

const okay = (detail: string): Omit<Finding, "topic"> => ({ status: "ok", detail });

const checks: readonly Check[] = [
  { topic: "system", run: checkSystem },
  { topic: "kernel types (BTF)", run: checkBtf },
  { topic: "tracepoints (tracefs)", run: checkTracefs },
  { topic: "lockdown", run: checkLockdown },
  { topic: "code generator (LLVM)", run: checkLlvm },
  { topic: "grammar", run: checkGrammar },
];

/** Runs every check; none of them attaches anything. */
export function examineMachine(): readonly Finding[] {
  const loader = process.platform === "linux" ? loaderFindings() : undefined;
  const switches = switchedOff().map(
    ({ message, mend }): Finding => ({ topic: "kernel switch", status: "limited", detail: message, mend }),
  );
  return [
    ...checks.map(({ topic, run }) => ({ topic, ...run() })),
    ...(loader?.findings ?? []),
    ...switches,
    ...featureFindings(loader?.tried ?? new Map()),
  ];
}

function checkSystem(): Omit<Finding, "topic"> {
  if (process.platform !== "linux") {
    return {
      status: "limited",
      detail: `${process.platform}: scripts can be checked here, not run`,
      mend: "run them on the Linux machine you want to trace",
    };
  }
  const [major = 0, minor = 0] = release().split(".").map(Number);
  const detail = `Linux ${release()} on ${arch()}`;
  if (major > 6 || (major === 6 && minor >= 1)) return okay(detail);
  return {
    status: "limited",
    detail: `${detail}: older than 6.1, where some probe types and helpers are missing`,
    mend: "use a newer kernel",
  };
}

function checkBtf(): Omit<Finding, "topic"> {
  const path = "/sys/kernel/btf/vmlinux";
  if (existsSync(path)) return okay(`${path} is there`);
  return {
    status: "missing",
    detail: "the kernel does not describe its types: no fentry, no typed arguments, no iterators",
    mend: "use a kernel built with CONFIG_DEBUG_INFO_BTF, or a captured profile: --kernel FILE",
  };
}

function checkTracefs(): Omit<Finding, "topic"> {
  for (const root of ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"]) {
    try {
      readFileSync(`${root}/events/sched/sched_switch/format`);
      return okay(`${root} is readable`);
    } catch {
      // Try the other place.
    }
  }
  const loader = loaderCommand();
  if (process.geteuid?.() !== 0 && loader.ok && loaderReadsTracefs(loader.value))
    return okay("read by the loader");
  return {
    status: "limited",
    detail:
      "tracefs cannot be read: scripts with tracepoints do not run, and are checked by the built-in or a captured profile",
    mend: "sudo mount -t tracefs nodev /sys/kernel/tracing, or run as root",
  };
}

/** `none`, `integrity` or `confidentiality`; undefined where the kernel does not show it. */
function lockdownMode(): string | undefined {
  try {
    const text = readFileSync("/sys/kernel/security/lockdown", "utf8");
    return /\[(\w+)\]/.exec(text)?.[1] ?? "none";
  } catch {
    return undefined;
  }
}

function checkLockdown(): Omit<Finding, "topic"> {
  const mode = lockdownMode();
  if (mode === undefined) return unseenLockdown();
  if (mode === "none") return okay("off");
  if (mode !== "confidentiality")
    return okay(`${mode}: nothing may be written to the kernel; tracing only reads`);
  return {
    status: "missing",
    detail: "confidentiality: the kernel refuses kprobes, reading its memory, and the list of its functions",
    mend: "boot without lockdown=, or disable Secure Boot",
  };
}

/** Without its own file: what a kernel that is locked down refuses even root. */
function unseenLockdown(): Omit<Finding, "topic"> {
  const mend =
    "sudo mount -t securityfs securityfs /sys/kernel/security shows how far; then boot without lockdown=";
  try {
    closeSync(openSync("/sys/kernel/tracing/available_filter_functions", "r"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EPERM")
      return {
        status: "limited",
        detail: "seems on: the kernel refuses the list of its functions, even to root",
        mend,
      };
  }
  return okay("not visible");
}

function checkLlvm(): Omit<Finding, "topic"> {
  const found = llvmAvailable();
  return found.ok ? okay(llvmVersion()) : { status: "missing", detail: found.reason, mend: "npm run setup" };
}

function checkGrammar(): Omit<Finding, "topic"> {
  const native = loadNativeParser();
  if (native.ok) return okay("native binding");
  return {
    status: "limited",
    detail: "WebAssembly: works, starts slower",
    mend: "npm run setup builds the native binding",
  };
}

/** What of the kernel is known to work, or not, for it was tried. */
const triedFeatures: ReadonlyMap<string, Trial> = new Map([
  ["ring_buffer", "ring"],
  ["fentry", "fentry"],
  ["iter", "iter"],
]);

/** One line a kernel feature. That it was built in does not say that it is allowed, where that was not tried. */
function featureFindings(tried: ReadonlyMap<Trial, number>): readonly Finding[] {
  if (process.platform !== "linux") return [];
  const facts = createLiveFacts({ eager: true, environment: process.env, workingDirectory: process.cwd() });
  return kernelFeatures.map((feature) => {
    const topic = `kernel feature ${feature}`;
    const has = facts.hasFeature(feature);
    if (has === false) return { topic, status: "limited", detail: "not built in" };
    if (feature.startsWith("kprobe") && lockdownMode() === "confidentiality")
      return { topic, status: "limited", detail: "refused while the kernel is locked down, see above" };
    const trial = triedFeatures.get(feature);
    const code = trial === undefined ? undefined : tried.get(trial);
    if (code === 0) return { topic, ...okay("built in, and works") };
    if (code !== undefined) return { topic, status: "limited", detail: "refused here, see above" };
    return { topic, ...okay(has === true ? "built in" : "cannot be told without loading programs") };
  });
}

/** Which of these features the running kernel is known to lack, or no kernel that is known here has. */
export function missingFeatures(features: readonly string[]): readonly string[] {
  const facts = createLiveFacts({ eager: true, environment: process.env, workingDirectory: process.cwd() });
  return features.filter((name) => {
    const feature = kernelFeatures.find((known) => known === name);
    return feature === undefined || facts.hasFeature(feature) === false;
  });
}
