/** What is asked of the loader to attach, and what the kernel refuses of it. */

import type { ProbeTarget } from "@probewright/compiler";
import type { LoaderError } from "../loader/channel.ts";
import type { FrameWriter } from "../loader/wire.ts";

/** One ATTACH request to be. */
export interface AttachRequest {
  readonly program: string;
  readonly cookie: bigint;
  readonly fields: (writer: FrameWriter) => void;
  /** The target it serves, for messages. */
  readonly target: ProbeTarget;
  /** Probes it counts as in the banner: a multi link counts its functions. */
  readonly probes: number;
  /** What is not even tried, by name, with the reason. */
  readonly leftOut?: readonly Refusal[];
  /** Of a multi link: its places, which may be attached in parts where not all can be. */
  readonly places?: Places;
}

export interface Places {
  /** By place. */
  readonly names: readonly string[];
  /** What asks for those from `start` up to `end`. */
  readonly fields: (start: number, end: number) => AttachRequest["fields"];
}

export interface Refusal {
  /** Of the place; undefined when it is about the request as a whole. */
  readonly name: string | undefined;
  readonly error: LoaderError;
}
