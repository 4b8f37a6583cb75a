/**
 * Attaches a request, and a multi link that the kernel refuses in parts: it does not say which of thousands of places it
 * cannot probe, so halves are tried until it is known.
 */

import { constants } from "node:os";

import type { LoaderChannel, LoaderError } from "../loader/channel.ts";
import { attach } from "../loader/requests.ts";
import type { AttachRequest, Places, Refusal } from "./attach-request.ts";
import { ENOTSUPP } from "./errno.ts";

export interface Attempt {
  /** Empty when nothing could be attached. */
  readonly links: readonly number[];
  /** Attached, as the banner counts. */
  readonly probes: number;
  /** Places the kernel refused, and why; of other requests the request itself, without a name. */
  readonly refused: readonly Refusal[];
}

interface Trying {
  readonly channel: Pick<LoaderChannel, "request">;
  /** A number that no link has had. */
  readonly nextLink: () => number;
}

/** @param link the number of the first link tried */
export async function attachWhatCan(trying: Trying, request: AttachRequest, link: number): Promise<Attempt> {
  const { program, cookie, fields, places, probes, leftOut } = request;
  if (leftOut !== undefined) return { links: [], probes: 0, refused: leftOut };
  const whole = await attach(trying.channel, link, program, cookie, fields);
  if (whole.ok) return { links: [link], probes, refused: [] };
  if (places === undefined || !isAboutPlace(whole.error))
    return { links: [], probes: 0, refused: [{ name: undefined, error: whole.error }] };
  return attachParts(trying, request, places, whole.error);
}

/** Refusals that are about what is probed, and not about who asks. */
const aboutPlace: ReadonlySet<number> = new Set([
  ENOTSUPP,
  constants.errno.EOPNOTSUPP,
  constants.errno.ENOEXEC,
  constants.errno.EINVAL,
  constants.errno.ENOENT,
  constants.errno.ESRCH,
  constants.errno.EILSEQ,
  constants.errno.EADDRNOTAVAIL,
]);

function isAboutPlace({ errno, stage }: LoaderError): boolean {
  return stage === "attach" && aboutPlace.has(errno);
}

/** So many links are tried; each that fails costs the kernel the places it had put in before. */
const MOST_TRIES = 500;

async function attachParts(
  trying: Trying,
  { program, cookie }: AttachRequest,
  places: Places,
  first: LoaderError,
): Promise<Attempt> {
  const links: number[] = [];
  const refused: Refusal[] = [];
  let probes = 0;
  let tries = 0;
  const halves = (start: number, end: number): readonly (readonly [number, number])[] => {
    const middle = start + Math.floor((end - start) / 2);
    return [
      [start, middle],
      [middle, end],
    ];
  };
  const { length } = places.names;
  const open = length === 1 ? [] : [...halves(0, length)];
  if (length === 1) refused.push({ name: places.names[0], error: first });
  for (let part = open.shift(); part !== undefined; part = open.shift()) {
    const [start, end] = part;
    const link = trying.nextLink();
    const tried = await attach(trying.channel, link, program, cookie, places.fields(start, end));
    tries += 1;
    if (tried.ok) {
      links.push(link);
      probes += end - start;
    } else if (end - start === 1 || tries > MOST_TRIES || !isAboutPlace(tried.error)) {
      for (const name of places.names.slice(start, end)) refused.push({ name, error: tried.error });
    } else open.unshift(...halves(start, end));
  }
  return { links, probes, refused };
}
