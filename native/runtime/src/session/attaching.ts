/** Attaches all programs of an object: in firing order, all or nothing unless the script says otherwise. */

import type { Manifest, ProbeTarget, Result } from "@probewright/compiler";
import { err, ok, spokenName } from "@probewright/compiler";
import type { LoaderChannel } from "../loader/channel.ts";
import { readIterator } from "../loader/requests.ts";
import { attachWhatCan } from "./attach-places.ts";
import type { AttachRequest } from "./attach-request.ts";
import { attachRequests, type Attachment } from "./attach-target.ts";
import { errnoText, explainRefusals, type Explanation } from "./errno.ts";
import type { SessionEvent } from "./events.ts";
import { switchedOff } from "./switches.ts";
import { startFailure, type StartFailure } from "./start-failure.ts";

export interface AttachContext extends Attachment {
  readonly channel: Pick<LoaderChannel, "request">;
  readonly manifest: Manifest;
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
  const requests = inFiringOrder(manifest, context);
  const tell = progressOf(requests, context);
  let lastLink = requests.length;
  const nextLink = (): number => (lastLink += 1);
  const attempts = await Promise.all(
    requests.map(async (request, index) => {
      const attempt = await attachWhatCan({ channel, nextLink }, request, index + 1);
      tell();
      return { request, ...attempt };
    }),
  );
  for (const { request, refused, links } of attempts) {
    if (refused.length === 0) continue;
    const failure = judge(explainRefusals(request, refused), links.length > 0, context);
    if (failure !== undefined) return err(failure);
  }
  warnOfSilence(
    attempts.map(({ request }) => request),
    context,
  );
  const own = manifest.programs.flatMap(({ targets }) => targets.filter(({ kind }) => runOnce.has(kind)));
  const attached = attempts.flatMap(({ request, links }) => links.map((link) => ({ link, ...request })));
  return ok({
    probes: own.length + attempts.reduce((sum, { probes }) => sum + probes, 0),
    iterators: attached.filter(({ target }) => target.kind === "iter" && target.pin === undefined),
    programOfLink: new Map(attached.map(({ link, program }) => [link, program])),
    waiting: attached.some(({ target }) => target.kind !== "iter") || own.some(({ kind }) => kind === "self"),
  });
}

/** Probes that are attached and will never fire look like a machine on which nothing happens. */
function warnOfSilence(requests: readonly AttachRequest[], { emit }: AttachContext): void {
  const kinds = new Set(requests.map(({ target }) => target.kind));
  if (!kinds.has("kprobe") && !kinds.has("fentry")) return;
  for (const off of switchedOff()) {
    if (off.kinds.some((kind) => kinds.has(kind)))
      emit({ kind: "notice", severity: "warning", message: `${off.message}; ${off.mend}` });
  }
}

/** So many links between two words about how far it is. */
const LINKS_A_STEP = 64;

/** Tells what is attached; the returned function is to be called for each link that was tried. */
function progressOf(requests: readonly AttachRequest[], { emit }: AttachContext): () => void {
  for (const { target, probes } of requests) {
    const many = probes === 1 ? "" : ` (${probes.toString()} places)`;
    emit({ kind: "progress", message: `attaching ${spokenName(target)}${many}`, detail: true });
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
function inFiringOrder(manifest: Manifest, how: Attachment): readonly AttachRequest[] {
  const forward = manifest.programs.filter(({ probeType }) => forwardProbeTypes.has(probeType));
  const backward = manifest.programs.filter(({ probeType }) => !forwardProbeTypes.has(probeType)).reverse();
  return [...forward, ...backward].flatMap((program) => attachRequests(program, how));
}

/** What the script wants done about what could not be attached. */
function judge(
  { message, advice }: Explanation,
  isPartial: boolean,
  { manifest, emit }: AttachContext,
): StartFailure | undefined {
  switch (manifest.config.missingProbes) {
    case "error":
      return startFailure("attach", message, advice);
    case "warn": {
      const rest = isPartial ? "the rest is attached" : "skipped";
      emit({ kind: "notice", severity: "warning", message: `${message}; ${rest}` });
      return undefined;
    }
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
      const message = `cannot read ${spokenName(target)}: ${errnoText(text.error.errno)}`;
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
