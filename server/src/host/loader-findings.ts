/** What the loader of this installation may do, who may use it, and the commands that mend what is wrong. */

import { statSync, type Stats } from "node:fs";
import { constants } from "node:os";

import { askLoader, errnoText, isFiltered, OPEN_FILTER, tryLoader, type Trial } from "@probewright/runtime";
import type { Finding } from "./finding.ts";
import { loaderCommand, loaderPath } from "./loader.ts";

interface CapabilityRow {
  readonly name: string;
  /** Source: include/uapi/linux/capability.h. */
  readonly bit: bigint;
  readonly needed: boolean;
  /** What scripts cannot do without it. */
  readonly without: string;
}

const capabilities: readonly CapabilityRow[] = [
  { name: "cap_bpf", bit: 39n, needed: true, without: "no script can run" },
  { name: "cap_perfmon", bit: 38n, needed: true, without: "no probe can be attached" },
  {
    name: "cap_dac_read_search",
    bit: 2n,
    needed: true,
    without: "tracepoints cannot be found where tracefs is closed",
  },
  { name: "cap_syslog", bit: 34n, needed: false, without: "kernel addresses stay numbers" },
  {
    name: "cap_sys_ptrace",
    bit: 19n,
    needed: false,
    without: "uprobes see only programs that this user may look into",
  },
];

const usual = capabilities.filter(({ needed }) => needed).map(({ name }) => name);

/** The commands that let one group run scripts without root. */
export function grantCommands(path: string): string {
  const commands = [
    "groupadd --system probewright",
    `chown root:probewright ${path}`,
    `chmod 0750 ${path}`,
    `setcap ${usual.join(",")}=ep ${path}`,
    "usermod -aG probewright USER",
  ];
  return commands.map((command) => `sudo ${command}`).join(" && ");
}

/** Whether the loader reads what only root may read, for users who are not root. */
export function loaderReadsTracefs(command: readonly [string, ...string[]]): boolean {
  const asked = askLoader(command);
  const bit = capabilities.find(({ name }) => name === "cap_dac_read_search")?.bit ?? 0n;
  return asked.ok && (asked.value.capabilities & (1n << bit)) !== 0n;
}

export interface LoaderFindings {
  readonly findings: readonly Finding[];
  /** The errno of each that was tried, 0 for what works. */
  readonly tried: ReadonlyMap<Trial, number>;
}

export function loaderFindings(): LoaderFindings {
  const path = loaderPath();
  const command = loaderCommand();
  const root = process.geteuid?.() === 0;
  const status = statSync(path, { throwIfNoEntry: false });
  const file = status === undefined || root ? [] : [fileFinding(path, status)];
  if (!command.ok) {
    const { message, advice } = command.error;
    const mend = status === undefined ? (advice[0] ?? "") : `${advice[0] ?? ""}; or ${grantCommands(path)}`;
    const findings: readonly Finding[] = [
      { topic: "privilege to run scripts", status: "missing", detail: message, mend },
      ...file,
    ];
    return { findings, tried: new Map() };
  }
  const tried = tryLoader(command.value);
  const privilege = privilegeFinding(path, command.value, root);
  const complete = privilege.status === "ok";
  return { findings: [privilege, ...trialFindings(tried, complete), ...file], tried };
}

interface TrialRow {
  readonly trial: Trial;
  readonly topic: string;
  /** What scripts cannot do where it does not work. */
  readonly without: string;
  /** Whether every script needs it. */
  readonly vital: boolean;
  /** What the kernel must be built with. */
  readonly option: string;
}

const trials: readonly TrialRow[] = [
  {
    trial: "program",
    topic: "loading programs",
    without: "no script can run",
    vital: true,
    option: "CONFIG_BPF_SYSCALL",
  },
  {
    trial: "ring",
    topic: "ring buffers",
    without: "no script can print",
    vital: true,
    option: "Linux 5.8 or newer",
  },
  {
    trial: "event",
    topic: "perf events",
    without: "no tracepoint, interval, profile, hardware or software probe can be attached",
    vital: true,
    option: "CONFIG_PERF_EVENTS",
  },
  {
    trial: "memory",
    topic: "reading kernel memory",
    without: "fields behind pointers, strings and kernel stacks are out of reach",
    vital: false,
    option: "bpf_probe_read_kernel (Linux 5.5 or newer) that is not locked down",
  },
  {
    trial: "fentry",
    topic: "fentry programs",
    without: "no fentry or fexit probe can be attached",
    vital: false,
    option: "CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS",
  },
  {
    trial: "iter",
    topic: "iterators",
    without: "no iter probe can be read",
    vital: false,
    option: "CONFIG_DEBUG_INFO_BTF, Linux 5.8 or newer",
  },
];

/** What a kernel has and what one may do there are two things: each is tried. */
function trialFindings(outcomes: ReadonlyMap<Trial, number>, complete: boolean): readonly Finding[] {
  return trials.flatMap(({ trial, topic, without, vital, option }): readonly Finding[] => {
    const code = outcomes.get(trial);
    if (code === undefined) return [];
    if (code === 0) return [{ topic, status: "ok", detail: "tried, works" }];
    const detail = `tried, ${errnoText(code)}: ${without}`;
    const mend = isFiltered() ? OPEN_FILTER : mendTrial(code, option, complete);
    return [{ topic, status: vital ? "missing" : "limited", detail, mend }];
  });
}

function mendTrial(code: number, option: string, complete: boolean): string {
  if (code !== constants.errno.EPERM && code !== constants.errno.EACCES) return `use a kernel with ${option}`;
  const root = process.geteuid?.() === 0;
  if (!complete) return `give ${root ? "this root" : "the loader"} what it lacks (above)`;
  return root
    ? "the kernel is locked down: boot without lockdown=, or disable Secure Boot"
    : "the kernel may be locked down: sudo probewright doctor tells";
}

function privilegeFinding(path: string, command: readonly [string, ...string[]], root: boolean): Finding {
  const topic = "privilege to run scripts";
  const asked = askLoader(command);
  if (!asked.ok) {
    const detail = `the loader does not start: ${asked.error}`;
    return { topic, status: "missing", detail, mend: "npm run setup builds it again" };
  }
  const held = asked.value.capabilities;
  const lacking = capabilities.filter(({ bit }) => (held & (1n << bit)) === 0n);
  const losses = lacking.map(({ name, without }) => `without ${name} ${without}`);
  if (root) {
    const through = process.env["SUDO_USER"];
    const who = through === undefined ? "root" : `root, through sudo by ${through}`;
    if (losses.length === 0)
      return { topic, status: "ok", detail: `running as ${who}, with all that scripts need` };
    const mend = "this is root in a container: give it these capabilities, or run on the host";
    return { topic, status: "limited", detail: `running as ${who}; ${losses.join("; ")}`, mend };
  }
  const refused = "it refuses programs that write, signal or override, and pinning: those need root";
  const have = capabilities.filter(({ bit }) => (held & (1n << bit)) !== 0n).map(({ name }) => name);
  const detail = [`${path} carries ${have.join(", ") || "no capability"}`, ...losses, refused].join("; ");
  const short = lacking.some(({ needed }) => needed);
  return short
    ? { topic, status: "missing", detail, mend: `sudo setcap ${usual.join(",")}=ep ${path}` }
    : { topic, status: "ok", detail };
}

const OTHERS = 0o007;
const GROUP_WRITE = 0o020;

/** A loader with capabilities is a key: who may turn it is a matter of its owner, group and mode. */
function fileFinding(path: string, { uid, mode }: Stats): Finding {
  const topic = "loader file";
  const faults = [
    ...(uid === 0 ? [] : ["it does not belong to root"]),
    ...((mode & OTHERS) === 0 ? [] : ["everybody may execute it, not one group only"]),
    ...((mode & GROUP_WRITE) === 0 ? [] : ["its group may change it"]),
  ];
  if (faults.length === 0) return { topic, status: "ok", detail: `${path} is for one group only` };
  const detail = `${path} is not installed for use without root: ${faults.join("; ")}`;
  return { topic, status: "limited", detail, mend: grantCommands(path) };
}
