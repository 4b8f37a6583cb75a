/** Results of `test:` and `bench:` probes as text; the tests' in the form that tools for googletest read. */

import type { SessionEvent } from "../session/events.ts";
import type { Output } from "./view.ts";

type TestEvent = Extract<
  SessionEvent,
  { kind: "tests-started" | "test-started" | "test-result" | "tests-ended" }
>;

export function isTestEvent(event: SessionEvent): event is TestEvent {
  return (
    event.kind === "tests-started" ||
    event.kind === "test-started" ||
    event.kind === "test-result" ||
    event.kind === "tests-ended"
  );
}

const GREEN = "\u001b[32m";
const RED = "\u001b[31m";
const RESET = "\u001b[0m";

const green = (mark: string): string => `${GREEN}${mark}${RESET}`;
const red = (mark: string): string => `${RED}${mark}${RESET}`;

/** Keeps what a test prints until it is known whether anybody wants to see it. */
export function testCapture(out: Output): {
  readonly out: Output;
  readonly show: (event: TestEvent) => void;
} {
  let captured: Buffer[] | undefined;
  const failures: string[] = [];
  const line = (text: string): void => {
    out.write(`${text}\n`);
  };
  return {
    out: {
      write: (bytes) => {
        if (captured === undefined) out.write(bytes);
        else captured.push(Buffer.from(bytes));
      },
    },
    show: (event) => {
      switch (event.kind) {
        case "tests-started":
          line(`${green("[==========]")} Running ${tests(event.count)}.`);
          break;
        case "test-started":
          line(`${green("[ RUN      ]")} ${event.name}`);
          captured = [];
          break;
        case "test-result": {
          const output = Buffer.concat(captured ?? []);
          captured = undefined;
          if (!event.passed) {
            failures.push(event.name);
            out.write(output);
          }
          line(
            `${event.passed ? green("[       OK ]") : red("[  FAILED  ]")} ${event.name} (${event.durationNs.toString()} ns)`,
          );
          break;
        }
        case "tests-ended":
          line(`${green("[==========]")} ${tests(event.count)} ran.`);
          line(`${green("[  PASSED  ]")} ${tests(event.count - event.failed)}.`);
          if (event.failed > 0) line(`${red("[  FAILED  ]")} ${tests(event.failed)}, listed below:`);
          for (const name of failures) line(`${red("[  FAILED  ]")} ${name}`);
          break;
      }
    },
  };
}

function tests(count: number): string {
  return `${count.toString()} ${count === 1 ? "test" : "tests"}`;
}

const TIME_WIDTH = 15;
const LEAST_NAME_WIDTH = 40;

export function benchTable(results: Extract<SessionEvent, { kind: "bench-results" }>["results"]): string {
  const width = Math.max(LEAST_NAME_WIDTH, ...results.map(({ name }) => name.length)) + 1;
  const head = `${"Benchmark".padEnd(width)}${"Time(ns)".padEnd(TIME_WIDTH)}Iterations`;
  const rows = results.map(
    ({ name, averageNs, iterations }) =>
      `${name.padEnd(width)}${averageNs.toString().padEnd(TIME_WIDTH)}${iterations.toString()}\n`,
  );
  return `${head}\n${"-".repeat(head.length)}\n${rows.join("")}`;
}
