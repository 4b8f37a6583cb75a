/** From a test run's events to the Testing view: what passed, what failed and where, how long it took. */

import { Location, Position, Range, type TestItem, TestMessage, type TestRun, type Uri } from "vscode";

import type { RunEvent } from "@probewright/server/protocol";
import type { ScriptPosition } from "../../panel/messages.ts";

export interface TestReport {
  readonly take: (events: readonly RunEvent[]) => void;
  readonly allErrored: (message: string) => void;
  /** Tests that nobody has spoken of are errors, with what the run said. */
  readonly finish: () => void;
}

interface BenchResult {
  readonly name: string;
  readonly averageNs: number;
}

/** @param items by the names of their probes */
export function createTestReport(
  uri: Uri,
  items: ReadonlyMap<string, TestItem>,
  testRun: TestRun,
): TestReport {
  const open = new Map(items);
  let messages: TestMessage[] = [];
  let said = "";
  const close = (name: string): TestItem | undefined => {
    const item = open.get(name);
    open.delete(name);
    return item;
  };
  const take = (event: RunEvent): void => {
    switch (event.kind) {
      case "test-started":
        messages = [];
        break;
      case "message":
      case "runtime-error":
        messages.push(messageOf(event, uri));
        break;
      case "said":
      case "failed":
      case "diagnostic":
        said += String(event["text"] ?? event["message"]);
        break;
      case "test-result": {
        const item = close(String(event["name"]));
        if (item !== undefined) judge(testRun, item, event, messages);
        break;
      }
      case "bench-results":
        for (const { name, averageNs } of event["results"] as readonly BenchResult[]) {
          const item = close(name);
          if (item === undefined) continue;
          testRun.passed(item, tellDuration(item, averageNs));
        }
        break;
      default:
        break;
    }
  };
  const allErrored = (message: string): void => {
    for (const item of open.values()) testRun.errored(item, new TestMessage(message));
    open.clear();
  };
  return {
    take: (events) => {
      for (const event of events) take(event);
    },
    allErrored,
    finish: () => {
      allErrored(said === "" ? "the run ended before this test" : said);
    },
  };
}

function judge(testRun: TestRun, item: TestItem, event: RunEvent, messages: readonly TestMessage[]): void {
  const milliseconds = tellDuration(item, Number(event["durationNs"]));
  if (event["passed"] === true) testRun.passed(item, milliseconds);
  else {
    const unexplained = new TestMessage("the probe returned something other than 0");
    testRun.failed(item, messages.length === 0 ? unexplained : messages, milliseconds);
  }
}

/** What VS Code shows in tenths of a millisecond would read 0.0ms below this. */
const LEAST_SHOWN_NS = 1e5;

/** Probes take nanoseconds, so we say the time ourselves where VS Code cannot. @returns milliseconds for VS Code */
function tellDuration(item: TestItem, nanoseconds: number): number | undefined {
  if (nanoseconds >= LEAST_SHOWN_NS) return nanoseconds / 1e6;
  if (nanoseconds > 0) item.description = spellDuration(nanoseconds);
  return undefined;
}

function spellDuration(nanoseconds: number): string {
  return nanoseconds < 1000 ? `${nanoseconds.toString()} ns` : `${(nanoseconds / 1000).toFixed(1)} µs`;
}

function messageOf(event: RunEvent, uri: Uri): TestMessage {
  const message = new TestMessage(String(event["text"] ?? event["message"]));
  const position = event["position"] as ScriptPosition | undefined; // the stream's own shape
  if (position !== undefined) {
    const start = new Position(position.startLine, position.startColumn);
    message.location = new Location(
      uri,
      new Range(start, new Position(position.endLine, position.endColumn)),
    );
  }
  return message;
}
