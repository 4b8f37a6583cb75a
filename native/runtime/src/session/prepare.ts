/** Hands an object to the loader: settings, globals, programs, and the load itself. */

import { err, ok, type Manifest, type ProgramSpec, type Result } from "@probewright/compiler";
import type { LoaderChannel, LoaderError } from "../loader/channel.ts";
import { programFlag, requestType } from "../loader/frames.ts";
import { load, send, type LoadedProgram, type LoadFailure } from "../loader/requests.ts";
import type { UnwindTableSet } from "../unwind/unwind-tables.ts";
import { globalBytes, maxCpuId, type GlobalFacts } from "./globals.ts";

/** `enum bpf_prog_type`. Source: include/uapi/linux/bpf.h. */
const programTypes: Readonly<Record<ProgramSpec["type"], number>> = {
  kprobe: 2,
  tracepoint: 5,
  xdp: 6,
  perf_event: 7,
  raw_tracepoint: 17,
  tracing: 26,
};

/** `enum bpf_attach_type`. Source: include/uapi/linux/bpf.h. */
const attachTypes: Readonly<Record<ProgramSpec["attachType"], number>> = {
  none: 0,
  trace_raw_tp: 23,
  trace_fentry: 24,
  trace_fexit: 25,
  trace_iter: 28,
  kprobe_multi: 42,
  uprobe_multi: 48,
  kprobe_session: 56,
};

export interface PrepareOptions {
  readonly object: Uint8Array;
  readonly manifest: Manifest;
  readonly globals: GlobalFacts;
  readonly unwindTables: UnwindTableSet | undefined;
  readonly pageSize: number;
  /** The verifier's log level: 0 keeps a log only of what fails. */
  readonly verifierLogLevel: number;
}

export async function prepareObject(
  channel: Pick<LoaderChannel, "request">,
  options: PrepareOptions,
): Promise<Result<readonly LoadedProgram[], LoadFailure>> {
  const { object, manifest, globals } = options;
  // The loader takes them in order: nothing is gained by waiting for each answer.
  const sent = [
    send(channel, requestType.OBJECT, (writer) => writer.bytes(object)),
    setRingSize(channel, manifest, options),
    ...(options.unwindTables?.announce(channel) ?? []),
    ...manifest.perCpuData.map((data) => enlarge(channel, data, globals.possibleCpus)),
    ...manifest.globals.map((spec) =>
      send(channel, requestType.GLOBAL_DATA, (writer) =>
        writer.string(spec.object).u32(spec.offset).bytes(globalBytes(spec, globals)),
      ),
    ),
    ...manifest.programs.map((program) => announce(channel, program)),
  ];
  for (const result of await Promise.all(sent)) {
    if (!result.ok)
      return err({
        errno: result.error.errno,
        program: "",
        text: result.error.text,
        logs: new Map<string, string>(),
      });
  }
  const loaded = await load(channel, options.verifierLogLevel, manifest.config.logSize);
  return loaded.ok ? ok(loaded.value) : loaded;
}

function announce(
  channel: Pick<LoaderChannel, "request">,
  program: ProgramSpec,
): Promise<Result<undefined, LoaderError>> {
  const target = program.attachTarget;
  const module =
    target === undefined || target.module === "vmlinux" || target.bpfProgram !== undefined
      ? ""
      : target.module;
  return send(channel, requestType.PROGRAM, (writer) =>
    writer
      .string(program.function)
      .u32(programTypes[program.type])
      .u32(attachTypes[program.attachType])
      .string(target?.function ?? "")
      .string(module)
      .u32(target?.bpfProgram ?? 0)
      .u32(0)
      .u32(programFlag.AUTOLOAD | (program.sleepable ? programFlag.SLEEPABLE : 0)),
  );
}

/** One part for each CPU number that programs may compute. */
function enlarge(
  channel: Pick<LoaderChannel, "request">,
  { object, bytesPerCpu }: Manifest["perCpuData"][number],
  possibleCpus: number,
): Promise<Result<undefined, LoaderError>> {
  const bytes = bytesPerCpu * (maxCpuId(possibleCpus) + 1);
  return send(channel, requestType.MAP_SETTINGS, (writer) =>
    writer.string(object).u32(0).u32(0).u32(bytes).i32(-1),
  );
}

/** Without a setting: what `perf_rb_pages` documents, at most 16 MiB, as a power of two of pages. */
/** Sizes are powers of two in 32 bits. */
const LARGEST_RING_BYTES = 2 ** 31;
const DEFAULT_RING_BYTES = 16 << 20;

function setRingSize(
  channel: Pick<LoaderChannel, "request">,
  manifest: Manifest,
  { pageSize, globals }: PrepareOptions,
): Promise<Result<undefined, LoaderError>> {
  const pages = manifest.config.ringBufferPages;
  const bytes = pages === 0 ? DEFAULT_RING_BYTES : Math.max(pages, globals.possibleCpus) * pageSize;
  const size = Math.min(2 ** Math.round(Math.log2(Math.max(bytes, pageSize))), LARGEST_RING_BYTES);
  return send(channel, requestType.MAP_SETTINGS, (writer) =>
    writer.string(manifest.ringBuffer).u32(size).u32(0).u32(0).i32(-1),
  );
}
