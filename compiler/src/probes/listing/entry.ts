/** One line of a probe listing, and the details that `-v` adds below it. */

export interface ListEntry {
  /** Name of the probe type's row. */
  readonly probeType: string;
  /** As it can be written in a script, e.g. `tracepoint:sched:sched_switch`. */
  readonly text: string;
  /** Parameters, one a line, without indentation; computed when asked for. */
  readonly details: () => readonly string[];
}

export function entry(
  probeType: string,
  text: string,
  details: () => readonly string[] = () => [],
): ListEntry {
  return { probeType, text, details };
}
