/** Has the kernel take all programs of a run, and says how far its verifier went, or why it refused one. */

import type { StructTable } from "@probewright/compiler";
import type { LoaderChannel } from "../loader/channel.ts";
import type { UnwindTableSet } from "../unwind/unwind-tables.ts";
import { explainMapFailure } from "./map-failure.ts";
import { prepareObject } from "./prepare.ts";
import type { RunOptions } from "./run-options.ts";
import { startFailure, type StartFailure } from "./start-failure.ts";
import { verifiedPrograms } from "./verified.ts";
import { explainLoadFailure } from "./verifier.ts";

export interface LoadContext {
  readonly structs: StructTable;
  readonly childPid: number | undefined;
  readonly unwindTables: UnwindTableSet | undefined;
}

export async function loadPrograms(
  channel: LoaderChannel,
  options: RunOptions,
  { structs, childPid, unwindTables }: LoadContext,
): Promise<StartFailure | undefined> {
  const { object, manifest, namedParameters, pid, verifierLog, acceptedLogs, emit } = options;
  const { length } = manifest.programs;
  const step = `loading ${length.toString()} ${length === 1 ? "program" : "programs"}`;
  emit({ kind: "progress", message: step, detail: false });
  const loaded = await prepareObject(channel, {
    object,
    manifest,
    globals: { ...channel.ready, childPid, targetPid: pid, namedParameters, manifest, structs },
    unwindTables,
    pageSize: channel.ready.pageSize,
    verifierLogLevel: verifierLog || acceptedLogs ? 1 : 0,
  });
  if (loaded.ok) {
    const filled = await unwindTables?.flush(channel);
    if (filled?.ok === false) return startFailure("load", `the tables of dw_ustack: ${filled.error.text}`);
    emit({ kind: "loaded", programs: verifiedPrograms(loaded.value, manifest, acceptedLogs) });
    return undefined;
  }
  const { error } = loaded;
  const ofMap = explainMapFailure(error, manifest);
  if (ofMap !== undefined) return ofMap;
  const program = manifest.programs.find((each) => each.function === error.program);
  const { message, advice, log, rejection } = explainLoadFailure(error, program, channel.ready, object);
  if (rejection !== undefined) {
    const position = rejection.position ?? program?.position;
    const place = position === undefined ? {} : { position };
    emit({ kind: "verifier", program: error.program, log, message, rejection, ...place });
  }
  return startFailure("load", message, advice, rejection?.position);
}
