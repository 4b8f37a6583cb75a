/** Asks the loader to pump what programs send. */

import type { Manifest, Result } from "@probewright/compiler";
import type { LoaderChannel, LoaderError } from "../loader/channel.ts";
import { requestType } from "../loader/frames.ts";
import { send } from "../loader/requests.ts";
import { printsUserSymbols } from "./user-symbol-types.ts";

/** Their numbers for the loader. */
const RING = 1;
const PACKETS = 2;
const POLL_MICROSECONDS = 2000;

export async function startEvents(
  channel: Pick<LoaderChannel, "request">,
  manifest: Manifest,
): Promise<Result<undefined, LoaderError>> {
  const { ringBuffer, packets } = manifest;
  const start = (ring: number, map: string): Promise<Result<undefined, LoaderError>> =>
    send(channel, requestType.START_EVENTS, (writer) => writer.u32(ring).string(map).u32(POLL_MICROSECONDS));
  // A kernel that does not tell leaves looking at processes while they are there.
  if (printsUserSymbols(manifest) || manifest.unwinds === true)
    void send(channel, requestType.WATCH_MAPPINGS, () => undefined);
  const events = start(RING, ringBuffer);
  const buffers = packets === undefined ? undefined : start(PACKETS, packets);
  const started = await events;
  return started.ok && buffers !== undefined ? buffers : started;
}
