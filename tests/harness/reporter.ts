/**
 * A reporter for node:test, what `npm test` prints: a line per file, failures in full, skips with their reason, and node:test's closing counts last.
 * Failures come twice, as they happen and once more before the counts, where a reader of a long log looks first.
 */

import { relative } from "node:path";
import { inspect } from "node:util";

/** The parts of node:test's events that are read here. */
interface TestEvent {
  readonly type: string;
  readonly data: {
    readonly name?: string;
    readonly nesting?: number;
    readonly file?: string;
    readonly skip?: string | boolean;
    readonly message?: string;
    readonly details?: { readonly duration_ms?: number; readonly type?: string; readonly error?: unknown };
  };
}

interface FileTally {
  readonly name: string;
  passed: number;
  failed: number;
  skipped: number;
  durationMs: number;
}

const root = new URL("../../", import.meta.url).pathname;

/** Begins node:test's closing counts. A test's own diagnostics come as the same kind of event, while others still run. */
const firstCount = /^tests \d+$/;

// eslint-disable-next-line no-restricted-syntax -- the shape that --test-reporter wants
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const failures: string[] = [];
  let tally = newTally("");

  for await (const { type, data } of events) {
    if (type === "test:diagnostic" && data.nesting === 0) {
      yield fileLine(tally);
      tally = newTally("");
      const message = data.message ?? "";
      if (firstCount.test(message) && failures.length > 0) yield `\nfailed:\n${failures.join("")}\n`;
      yield `# ${message}\n`;
    }
    if (type !== "test:pass" && type !== "test:fail") continue;

    const name = fileOf(data.file);
    if (tally.name !== name) {
      yield fileLine(tally);
      tally = newTally(name);
    }
    count(tally, type, data);
    if (isSkip(data.skip)) yield `skip  ${name}: ${data.name ?? ""} # ${reasonOf(data.skip)}\n`;
    if (type === "test:pass" || isParentOfFailure(data.details?.error)) continue;
    const text = failureText(name, data);
    failures.push(text);
    yield text;
  }
}

function newTally(name: string): FileTally {
  return { name, passed: 0, failed: 0, skipped: 0, durationMs: 0 };
}

function count(tally: FileTally, type: string, data: TestEvent["data"]): void {
  if (data.nesting === 0) tally.durationMs += data.details?.duration_ms ?? 0;
  if (data.details?.type === "suite") return;
  if (isSkip(data.skip)) tally.skipped += 1;
  else if (type === "test:pass") tally.passed += 1;
  else tally.failed += 1;
}

function fileLine({ name, passed, failed, skipped, durationMs }: FileTally): string {
  if (name === "") return "";
  const counts = [`${passed} passed`];
  if (failed > 0) counts.push(`${failed} FAILED`);
  if (skipped > 0) counts.push(`${skipped} skipped`);
  return `${failed > 0 ? "FAIL" : "ok  "}  ${name}: ${counts.join(", ")} (${durationMs.toFixed(0)} ms)\n`;
}

function failureText(file: string, data: TestEvent["data"]): string {
  const text = inspect(causeOf(data.details?.error), { colors: false }).replace(/^/gm, "      ");
  return `FAIL  ${file}: ${data.name ?? ""}\n${text}\n`;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** A test fails because its subtest did; the subtest has been reported already. */
function isParentOfFailure(error: unknown): boolean {
  return error instanceof Error && "failureType" in error && error.failureType === "subtestsFailed";
}

function isSkip(skip: string | boolean | undefined): boolean {
  return skip !== undefined && skip !== false;
}

function reasonOf(skip: string | boolean | undefined): string {
  return typeof skip === "string" && skip !== "" ? skip : "no reason given";
}

function fileOf(file: string | undefined): string {
  return file === undefined ? "tests/run.ts" : relative(root, file);
}
