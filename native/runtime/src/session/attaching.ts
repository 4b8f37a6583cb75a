/** Attaches all programs of an object: in firing order, all or nothing unless the script says otherwise. */

import type { Manifest, ProbeTarget, Result } from "@probewright/compiler";
import { err, ok } from "@probewright/compiler";
import type { LoaderChannel, LoaderError } from "../loader/channel.ts";
import { attach, readIterator } from "../loader/requests.ts";
import { attachRequests, type AttachRequest } from "./attach-target.ts";
import { errnoText, explainAttach } from "./errno.ts";
import type { SessionEvent } from "./events.ts";
import { startFailure, type StartFailure } from "./start-failure.ts";

export interface AttachContext {
  readonly channel: Pick<LoaderChannel, "request">;
  readonly manifest: Manifest;
  /** Restricts what the kernel can restrict by process. */
  readonly pid: number | undefined;
  readonly emit: (event: SessionEvent) => void;
}

export interface Attached {
  /** As the banner counts: each own probe, each link, each function of a multi link. */
  readonly probes: number;
  /** Iterators by link, to be read once. */
  readonly iterators: readonly { readonly link: number; readonly target: ProbeTarget }[];
  /** Name of the program behind each link. */
  readonly programOfLink: ReadonlyMap<number, string>;
  /** Whether anything is attached that may still fire. */
  readonly waiting: boolean;
}

export async function attachPrograms(context: AttachContext): Promise<Result<Attached, StartFailure>> {
  const { channel, manifest } = context;
  const requests = inFiringOrder(manifest, context.pid);
  const tell = progressOf(requests, context);
  const results = await Promise.all(
    requests.map(async ({ program, cookie, fields }, index) => {
      const result = await attach(channel, index + 1, program, cookie, fields);
      tell();
      return result;
    }),
  );
  const own = manifest.programs.flatMap(({ targets }) => targets.filter(({ kind }) => runOnce.has(kind)));
  let probes = own.length;
  const iterators: { readonly link: number; readonly target: ProbeTarget }[] = [];
  for (const [index, request] of requests.entries()) {
    const result = results[index];
    if (result?.ok === true) {
      probes += request.probes;
      const { target } = request;
      if (target.kind === "iter" && target.pin === undefined) iterators.push({ link: index + 1, target });
      continue;
    }
    const failure = result === undefined ? undefined : refused(request, result.error, context);
    if (failure !== undefined) return err(failure);
  }
  const programOfLink = new Map(requests.map(({ program }, index) => [index + 1, program]));
  const waiting =
    requests.some(({ target }) => target.kind !== "iter") || own.some(({ kind }) => kind === "self");
  return ok({ probes, iterators, programOfLink, waiting });
}

/** So many links between two words about how far it is. */
const LINKS_A_STEP = 64;

/** Tells what is attached; the returned function is to be called for each link that was tried. */
function progressOf(requests: readonly AttachRequest[], { emit }: AttachContext): () => void {
  for (const { target, probes } of requests) {
    const many = probes === 1 ? "" : ` (${probes.toString()} places)`;
    emit({ kind: "progress", message: `attaching ${target.name}${many}`, detail: true });
  }
  let tried = 0;
  return () => {
    tried += 1;
    if (tried % LINKS_A_STEP !== 0) return;
    const message = `attaching: ${tried.toString()} of ${requests.length.toString()}`;
    emit({ kind: "progress", message, detail: false });
  };
}

/** Declaration order for hooks that call the first attached first, then the others backwards: firing order is source order. */
function inFiringOrder(manifest: Manifest, pid: number | undefined): readonly AttachRequest[] {
  const forward = manifest.programs.filter(({ probeType }) => forwardProbeTypes.has(probeType));
  const backward = manifest.programs.filter(({ probeType }) => !forwardProbeTypes.has(probeType)).reverse();
  return [...forward, ...backward].flatMap((program) => attachRequests(program, pid));
}

function refused(
  { target }: AttachRequest,
  error: LoaderError,
  { manifest, emit }: AttachContext,
): StartFailure | undefined {
  const { message, advice } = explainAttach(target, error);
  switch (manifest.config.missingProbes) {
    case "error":
      return startFailure("attach", message, advice);
    case "warn":
      emit({ kind: "notice", severity: "warning", message: `${message}; skipped` });
      return undefined;
    case "ignore":
      return undefined;
  }
}

/** Reads each iterator to its end; what its program printed is output like any other. */
export async function readIterators(
  { iterators }: Attached,
  { channel, emit }: AttachContext,
): Promise<void> {
  for (const { link, target } of iterators) {
    const text = await readIterator(channel, link);
    if (!text.ok) {
      const message = `cannot read ${target.name}: ${errnoText(text.error.errno)}`;
      emit({ kind: "notice", severity: "warning", message });
    } else if (text.value.length > 0) emit({ kind: "output", type: "printf", bytes: text.value, site: -1 });
  }
}

/** Probe types whose hook calls programs in the order they were attached. */
const forwardProbeTypes: ReadonlySet<string> = new Set([
  "kretprobe",
  "tracepoint",
  "rawtracepoint",
  "profile",
  "interval",
  "software",
  "hardware",
  "watchpoint",
]);

/** Targets that are never attached: the tool runs their programs itself. */
const runOnce: ReadonlySet<string> = new Set(["begin", "end", "self", "test", "bench"]);
