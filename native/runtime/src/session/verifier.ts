/** Why the kernel refused to load an object, in words and at its place in the script. */

import { constants } from "node:os";

import {
  explainRejection,
  type ProgramSpec,
  type Rejection,
  type SourcePosition,
} from "@probewright/compiler";
import {
  describeObject,
  lineInProgram,
  programLayout,
  type InstructionLine,
} from "@probewright/llvm-bindings";
import type { LoaderReady } from "../loader/channel.ts";
import type { LoadFailure } from "../loader/requests.ts";
import { errnoText, MORE_FILES } from "./errno.ts";
import { isFiltered, OPEN_FILTER } from "./machine.ts";
import { spokenProbe } from "./spoken-probe.ts";

export interface LoadExplanation {
  readonly message: string;
  readonly advice: readonly string[];
  /** The verifier's log of the refused program; empty when it was not the verifier. */
  readonly log: string;
  readonly rejection: Rejection | undefined;
}

/** How the loader ends what it says of a program that its own rules refuse. Source: native/loader/src/guard.c. */
const FOR_ROOT = " is for root only";

/** @param object the bytes that were to be loaded: they know the script's lines */
export function explainLoadFailure(
  failure: LoadFailure,
  program: ProgramSpec | undefined,
  ready: Pick<LoaderReady, "effectiveUid" | "capabilities">,
  object: Uint8Array,
): LoadExplanation {
  const name = spokenProbe(program) ?? failure.program;
  const log = failure.logs.get(failure.program) ?? "";
  if (failure.text.endsWith(FOR_ROOT)) {
    const message = `the program for ${name} does what is for root only: ${failure.text.slice(0, -FOR_ROOT.length)}`;
    return { message, advice: ["run it with sudo"], log, rejection: undefined };
  }
  if (failure.errno === constants.errno.EMFILE) {
    const message = `the object cannot be loaded: ${errnoText(failure.errno)}`;
    return { message, advice: [MORE_FILES], log, rejection: undefined };
  }
  if (failure.errno === constants.errno.ENOSYS && log === "") {
    const message = "this kernel has no BPF";
    const advice = isFiltered() ? OPEN_FILTER : "use a kernel built with CONFIG_BPF_SYSCALL";
    return { message, advice: [advice], log, rejection: undefined };
  }
  if (failure.errno === constants.errno.EPERM && log === "") {
    const message = `the kernel does not allow loading ${name === "" ? "BPF programs" : `the program for ${name}`}`;
    return { message, advice: [adviceOnPrivilege(ready)], log, rejection: undefined };
  }
  const what = name === "" ? "the object" : `the program for ${name}`;
  const rejection = log === "" ? undefined : explainProgram(log, name, failure.program, object);
  if (rejection === undefined || rejection.verifierSays === "") {
    const message = `the kernel refused ${what}: ${failure.text}: ${errnoText(failure.errno)}`;
    return { message, advice: [], log, rejection: undefined };
  }
  return {
    message: `the kernel refused ${what}: ${rejection.message}`,
    advice: [
      `the verifier says: ${rejection.verifierSays}`,
      `\`probewright explain ${rejection.code}\` tells more; -v shows the verifier's whole log`,
    ],
    log,
    rejection,
  };
}

const CAP_SYS_ADMIN = 1n << 21n;
const CAP_PERFMON = 1n << 38n;
const CAP_BPF = 1n << 39n;

function adviceOnPrivilege({
  effectiveUid,
  capabilities,
}: Pick<LoaderReady, "effectiveUid" | "capabilities">): string {
  if (effectiveUid !== 0) return "run as root, e.g. with sudo; `probewright doctor` tells what is lacking";
  const missing = [
    ...((capabilities & (CAP_BPF | CAP_SYS_ADMIN)) === 0n ? ["CAP_BPF"] : []),
    ...((capabilities & (CAP_PERFMON | CAP_SYS_ADMIN)) === 0n ? ["CAP_PERFMON"] : []),
  ];
  if (missing.length === 0)
    return isFiltered() ? OPEN_FILTER : "the kernel may be locked down: see `probewright doctor`";
  return `this root lacks ${missing.join(" and ")}, as in a container: run it on the host, or give the container these`;
}

function explainProgram(log: string, probe: string, program: string, bytes: Uint8Array): Rejection {
  const { object, functions } = describeObject(bytes);
  const layout = programLayout(object, program);
  return explainRejection({
    log,
    probe,
    positionOf: (instruction) => positionOf(lineInProgram(layout, functions, instruction)),
  });
}

/** Where the line table says that an instruction comes from; it knows where that starts, not where it ends. */
function positionOf(line: InstructionLine | undefined): SourcePosition | undefined {
  if (line === undefined || line.line === 0) return undefined;
  const [row, column] = [line.line - 1, Math.max(0, line.column - 1)];
  const file = line.file.replace(/^\.\//, "");
  return { file, startLine: row, startColumn: column, endLine: row, endColumn: column + 1 };
}

/** libbpf's own words on a failed load, which our explanation replaces. */
export function isAboutLoading(text: string): boolean {
  return /^prog '.*': (?:BPF program load failed|failed to load|failed to prepare load attributes)|^failed to load object/.test(
    text,
  );
}
