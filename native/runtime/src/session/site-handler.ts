/** What happens when an event of a site arrives: one handler per site, made ready once. */

import { getSystemErrorMap } from "node:util";

import { systemMessage, type EventSite, type MapSpec } from "@probewright/compiler";
import { preparePrinter, prepareWriter, type Printer, type Writer } from "../print/printf.ts";
import type { TextOptions } from "../print/text.ts";
import { decodeValue, type DecodeContext } from "../values/decode.ts";
import type { SessionEvent } from "./events.ts";

/** Work that must wait for the loader or a process; later events wait for it. */
export type DeferredAction =
  | { readonly kind: "print-map"; readonly map: MapSpec; readonly top: number; readonly divisor: number }
  | { readonly kind: "clear-map" | "zero-map"; readonly map: MapSpec }
  | { readonly kind: "system"; readonly command: string; readonly site: EventSite }
  | { readonly kind: "exit"; readonly code: number };

/** An event for the stream at once, or an action. */
export type Handled = { readonly event: SessionEvent } | { readonly action: DeferredAction } | undefined;

/** How a site whose events are only text writes it: for views that do not part one event from the next. */
export function siteWriter(site: EventSite, context: HandlerContext): Writer | undefined {
  const { action } = site;
  return action.kind === "printf"
    ? prepareWriter(action.format, site.fields, context, context.text)
    : undefined;
}

export type SiteHandler = (records: Buffer, at: number) => Handled;

export interface HandlerContext extends DecodeContext {
  readonly text: TextOptions;
  readonly maps: readonly MapSpec[];
  readonly maxCatBytes: number;
  /** Also report failed look-ups and reads (`-k`). */
  readonly verboseErrors: boolean;
  readonly readFile: (path: string, limit: number) => { readonly bytes: Buffer } | { readonly error: string };
  readonly localTime: (format: string) => string;
  /** Takes a packet that `skboutput()` sent. */
  readonly capture: (site: EventSite, records: Buffer, at: number) => void;
}

export function siteHandler(site: EventSite, context: HandlerContext): SiteHandler {
  const { action } = site;
  switch (action.kind) {
    case "printf": {
      const print = preparePrinter(action.format, site.fields, context, context.text);
      return (records, at) => output("printf", print(records, at), site);
    }
    case "errorf":
    case "warnf": {
      const print = preparePrinter(action.format, site.fields, context, context.text);
      const severity = action.kind === "errorf" ? "error" : "warning";
      return (records, at) => ({
        event: {
          kind: "message",
          severity,
          text: print(records, at).toString("utf8"),
          position: site.position,
          expandedFrom: site.expandedFrom,
        },
      });
    }
    case "cat":
      return catHandler(site, preparePrinter(action.format, site.fields, context, context.text), context);
    case "system": {
      const print = preparePrinter(action.format, site.fields, context, context.text);
      return (records, at) => ({
        action: { kind: "system", command: print(records, at).toString("utf8"), site },
      });
    }
    case "print-value": {
      const [field] = site.fields;
      if (field === undefined) return () => undefined;
      return (records, at) => ({
        event: {
          kind: "value",
          value: decodeValue(records, at + field.offset, field.type, context),
          site: site.index,
        },
      });
    }
    default:
      return otherHandler(site, context);
  }
}

function otherHandler(site: EventSite, context: HandlerContext): SiteHandler {
  const { action } = site;
  switch (action.kind) {
    case "print-map":
    case "clear-map":
    case "zero-map": {
      const map = context.maps[action.map];
      if (map === undefined) return () => undefined;
      const deferred: DeferredAction =
        action.kind === "print-map"
          ? { kind: "print-map", map, top: action.top, divisor: action.divisor }
          : { kind: action.kind, map };
      return () => ({ action: deferred });
    }
    case "time":
      return () => output("time", Buffer.from(context.localTime(action.format)), site);
    case "join": {
      const fields = site.fields;
      return (records, at) => {
        const words = fields
          .map(({ type, offset }) => decodeValue(records, at + offset, type, context))
          .flatMap((value) => (value.kind === "array" ? value.elements : [value]))
          .flatMap((value) =>
            value.kind === "string" && value.bytes.length > 0 ? [Buffer.from(value.bytes)] : [],
          );
        const separated = words.flatMap((word, index) =>
          index === 0 ? [word] : [Buffer.from(action.separator), word],
        );
        return output("join", Buffer.concat([...separated, Buffer.from("\n")]), site);
      };
    }
    case "exit": {
      const offset = site.fields[0]?.offset ?? 8;
      return (records, at) => ({ action: { kind: "exit", code: records[at + offset] ?? 0 } });
    }
    case "runtime-error":
      return () => ({
        event: {
          kind: "runtime-error",
          error: action.error,
          message: runtimeErrors[action.error] ?? action.error,
          position: site.position,
          expandedFrom: site.expandedFrom,
        },
      });
    case "helper-error":
      return helperErrorHandler(site, context);
    case "skb-output":
      return (records, at) => {
        context.capture(site, records, at);
        return undefined;
      };
    default:
      return () => undefined;
  }
}

const runtimeErrors: Readonly<Record<string, string>> = {
  "division-by-zero": "division or modulo by zero: the result is taken to be 1",
  "index-out-of-bounds": "array index out of bounds",
  "cpu-count-mismatch": "a CPU number is larger than the number of CPUs at start",
  "kernel-stack-failed": "the kernel stack could not be read",
  "user-stack-failed": "the user stack could not be read",
};

function output(type: "printf" | "time" | "cat" | "join", bytes: Buffer, site: EventSite): Handled {
  return { event: { kind: "output", type, bytes, site: site.index } };
}

function catHandler(site: EventSite, print: Printer, context: HandlerContext): SiteHandler {
  return (records, at) => {
    const path = print(records, at).toString("utf8");
    const read = context.readFile(path, context.maxCatBytes);
    if ("bytes" in read) return output("cat", read.bytes, site);
    const text = `cat: cannot read '${path}': ${read.error}`;
    return {
      event: {
        kind: "message",
        severity: "error",
        text,
        position: site.position,
        expandedFrom: site.expandedFrom,
      },
    };
  };
}

function helperErrorHandler(site: EventSite, context: HandlerContext): SiteHandler {
  const { action } = site;
  if (action.kind !== "helper-error" || (action.onlyVerbose && !context.verboseErrors))
    return () => undefined;
  const offset = site.fields[0]?.offset ?? 8;
  const map = action.map === undefined ? undefined : context.maps[action.map];
  return (records, at) => {
    const returned = Number(records.readBigInt64LE(at + offset));
    const spoken = spokenFailure(action.helper, returned, map);
    return {
      event: {
        kind: "runtime-error",
        error: "helper-failed",
        message: spoken ?? helperMessage(action.helper, returned),
        position: site.position,
        expandedFrom: site.expandedFrom,
        helper: { name: action.helper, returned, meaning: spoken ?? systemMessage(-returned) },
      },
    };
  };
}

/** Source: include/uapi/asm-generic/errno-base.h. */
const ENOENT = 2;
const E2BIG = 7;

/** What went wrong, for people; undefined when there is no more to say than what the error number means. */
function spokenFailure(helper: string, returned: number, map: MapSpec | undefined): string | undefined {
  if (map !== undefined && returned === -E2BIG) {
    return `@${map.name} is full: raise max_map_keys (now ${map.maxEntries.toString()}) or declare a larger map`;
  }
  if (returned === -ENOENT && helper === "map_delete_elem")
    return `there is no such key to delete in @${map?.name ?? ""}`;
  if (helper !== "map_lookup_elem" || map === undefined) return undefined;
  return map.key === undefined ? `@${map.name} has no value yet` : `there is no such key in @${map.name}`;
}

function helperMessage(helper: string, returned: number): string {
  const [name] = getSystemErrorMap().get(returned) ?? [];
  const why = name === undefined ? "" : `: ${systemMessage(-returned)} (${name})`;
  return `the kernel helper ${helper} failed${why}`;
}
