/** What the events of a run say of places in its script: losses, refusals of the verifier, errors. */

import type { RunEvent } from "../protocol.ts";

/** A place in the script as it was run; lines and UTF-16 columns from 0. */
export interface RunPlace {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Something a run found out about a place of the script. */
export interface RunFinding {
  readonly kind: "lost" | "refused" | "failed" | "said";
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly place: RunPlace;
  /** Its row in the catalog, if it has one. */
  readonly code: string | undefined;
  /** What leads there. */
  readonly related: readonly { readonly place: RunPlace; readonly message: string }[];
}

/** What findings are noted in. */
interface Noting {
  /** Name of the script in positions. */
  readonly script: string;
  readonly findings: Map<string, RunFinding>;
}

type Fields = Readonly<Record<string, unknown>>;

/** @returns whether it said anything */
export function noteFindings(state: Noting, event: RunEvent): boolean {
  switch (event.kind) {
    case "loss":
      return noteLosses(state, lossesOf(event));
    case "ended":
      return noteLosses(state, lossesOf(fieldsOf(event["summary"])));
    case "verifier":
      return noteVerifier(state, event);
    case "failed":
      // What the verifier refused has been told, with what led there.
      if ([...state.findings.values()].some(({ kind }) => kind === "refused")) return false;
      return note(state, "failed", "error", text(event["message"]), event["position"]);
    case "runtime-error":
      return note(state, "failed", "error", text(event["message"]), event["position"]);
    case "message": {
      const severity = event["severity"] === "error" ? "error" : "warning";
      return note(state, "said", severity, text(event["text"]).trimEnd(), event["position"]);
    }
    case "notice":
      if (event["severity"] !== "warning") return false;
      return note(state, "failed", "warning", text(event["message"]), event["position"]);
    default:
      return false;
  }
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function lossesOf({ losses }: Fields): readonly Fields[] {
  return Array.isArray(losses) ? losses.map(fieldsOf) : [];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {}; // members are unknown
}

function note(
  state: Noting,
  kind: RunFinding["kind"],
  severity: RunFinding["severity"],
  message: string,
  position: unknown,
  more: Partial<Pick<RunFinding, "code" | "related">> = {},
): boolean {
  const place = placeOf(state, position);
  if (place === undefined || message === "") return false;
  const key = `${kind} ${more.code ?? ""} ${place.startLine} ${place.startColumn}`;
  const { code, related = [] } = more;
  state.findings.set(key, { kind, severity, message, place, code, related });
  return true;
}

/** Undefined for places in other files. */
function placeOf(state: Noting, position: unknown): RunPlace | undefined {
  const { file, startLine, startColumn, endLine, endColumn } = fieldsOf(position);
  if (file !== state.script) return undefined;
  if (typeof startLine !== "number" || typeof startColumn !== "number") return undefined;
  if (typeof endLine !== "number" || typeof endColumn !== "number") return undefined;
  return { startLine, startColumn, endLine, endColumn };
}

/** In all, whatever was noted of the same site before. */
function noteLosses(state: Noting, losses: readonly Fields[]): boolean {
  let noted = false;
  for (const { site, lossKind, position, lostTotal, text: said } of losses) {
    const message = text(said) === "" ? `lost ${String(lostTotal)} of ${text(site)}` : text(said);
    if (note(state, "lost", "warning", message, position, { code: `lost-${text(lossKind)}` })) noted = true;
  }
  return noted;
}

/** Where the program fell, what was known there, and the way that led to it. */
function noteVerifier(state: Noting, event: RunEvent): boolean {
  const { code, registers, path, verifierSays } = fieldsOf(event["rejection"]);
  const known = listOf(registers).map((words) => `here ${text(words)}`);
  const said = text(verifierSays);
  const message = [text(event["message"]), ...known, ...(said === "" ? [] : [`the verifier says: ${said}`])];
  const related = listOf(path).flatMap((step) => {
    const { position, text: words } = fieldsOf(step);
    const place = placeOf(state, position);
    return place === undefined ? [] : [{ place, message: text(words) }];
  });
  const own = typeof code === "string" ? { code } : {};
  return note(state, "refused", "error", message.join("\n"), event["position"], { ...own, related });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
