/** The Testing view: `test:` and `bench:` probes of the workspace's scripts, found, run, and their failures shown at their line. */

import {
  type CancellationToken,
  CancellationTokenSource,
  Disposable,
  Range,
  type TestController,
  type TestItem,
  type TestRun,
  type TestRunRequest,
  TestRunProfileKind,
  tests,
  type TextDocument,
  type Uri,
  workspace,
} from "vscode";

import { requests, type ScriptFactsResult } from "@probewright/server/protocol";
import { runSettings } from "../settings.ts";
import type { RunHub, ServerConnection } from "./run-hub.ts";
import { createTestReport } from "./test-report.ts";

type Mode = "test" | "bench";

interface TestFacts {
  readonly mode: Mode;
  readonly name: string;
}

export function createTesting(server: ServerConnection, hub: RunHub): Disposable {
  const controller = tests.createTestController("probewright", "Probewright");
  const facts = new WeakMap<TestItem, TestFacts>();
  const discover = async (document: TextDocument): Promise<void> => {
    if (document.languageId !== "bpftrace") return;
    const uri = document.uri.toString();
    const found = await server.sendRequest<ScriptFactsResult | null>(requests.scriptFacts, { uri });
    if (found !== null) fillFile(controller, document.uri, found.tests, facts);
  };
  controller.refreshHandler = async () => {
    const files = await workspace.findFiles("**/*.bt");
    await Promise.all(
      files.map(async (file) => {
        const text = new TextDecoder().decode(await workspace.fs.readFile(file));
        // Only scripts that can have tests are opened.
        if (/\b(test|bench):/.test(text)) await discover(await workspace.openTextDocument(file));
      }),
    );
  };
  controller.resolveHandler = async (item) => {
    if (item === undefined) await controller.refreshHandler?.(neverCancelled);
  };
  const run = async (request: TestRunRequest, token: CancellationToken): Promise<void> => {
    const testRun = controller.createTestRun(request);
    try {
      for (const group of groupsOf(controller, request, facts)) await runGroup(group, testRun, token, hub);
    } finally {
      testRun.end();
    }
  };
  controller.createRunProfile("Run", TestRunProfileKind.Run, run, true);
  // Those that were open before the extension was there.
  for (const document of workspace.textDocuments) void discover(document);
  const timers = new Map<string, NodeJS.Timeout>();
  return Disposable.from(
    controller,
    workspace.onDidOpenTextDocument((document) => void discover(document)),
    workspace.onDidChangeTextDocument(({ document }) => {
      const key = document.uri.toString();
      clearTimeout(timers.get(key));
      timers.set(
        key,
        setTimeout(() => void discover(document), SETTLE_MS),
      );
    }),
    new Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
    }),
  );
}

const SETTLE_MS = 500;

const neverCancelled = new CancellationTokenSource().token;

function fillFile(
  controller: TestController,
  uri: Uri,
  found: ScriptFactsResult["tests"],
  facts: WeakMap<TestItem, TestFacts>,
): void {
  const id = uri.toString();
  if (found.length === 0) {
    controller.items.delete(id);
    return;
  }
  const file = controller.items.get(id) ?? controller.createTestItem(id, workspace.asRelativePath(uri), uri);
  controller.items.add(file);
  file.children.replace(
    found.map(({ mode, name, range }) => {
      const item = controller.createTestItem(`${id} ${mode}:${name}`, `${mode}:${name}`, uri);
      item.range = new Range(range.start.line, range.start.character, range.end.line, range.end.character);
      facts.set(item, { mode, name });
      return item;
    }),
  );
}

interface Group {
  readonly uri: Uri;
  readonly mode: Mode;
  readonly items: readonly (TestFacts & { readonly item: TestItem })[];
}

/** Wanted tests by script and mode: each such group is one run. */
function groupsOf(
  controller: TestController,
  { include, exclude }: TestRunRequest,
  facts: WeakMap<TestItem, TestFacts>,
): readonly Group[] {
  const roots: readonly TestItem[] = include ?? [...controller.items].map(([, item]) => item);
  const leaves = roots.flatMap((item) =>
    item.children.size === 0 ? [item] : [...item.children].map(([, child]) => child),
  );
  const groups = new Map<string, { uri: Uri; mode: Mode; items: (TestFacts & { item: TestItem })[] }>();
  for (const item of new Set(leaves)) {
    const known = facts.get(item);
    if (known === undefined || item.uri === undefined || exclude?.includes(item) === true) continue;
    const key = `${item.uri.toString()} ${known.mode}`;
    const group = groups.get(key) ?? { uri: item.uri, mode: known.mode, items: [] };
    groups.set(key, group);
    group.items.push({ ...known, item });
  }
  return [...groups.values()];
}

async function runGroup(
  group: Group,
  testRun: TestRun,
  token: CancellationToken,
  hub: RunHub,
): Promise<void> {
  const { uri, mode, items } = group;
  const report = createTestReport(uri, new Map(items.map(({ name, item }) => [name, item])), testRun);
  if (!workspace.isTrusted) {
    report.allErrored("Probewright runs scripts only in trusted workspaces.");
    return;
  }
  const document = await workspace.openTextDocument(uri);
  for (const { item } of items) testRun.started(item);
  const { bpftrace } = runSettings(uri);
  await new Promise<void>((resolve) => {
    const listener = {
      text: (text: string) => {
        testRun.appendOutput(text.replace(/\r?\n/g, "\r\n"));
      },
      events: report.take,
      ended: () => {
        report.finish();
        resolve();
      },
    };
    const args = {
      uri: document.uri.toString(),
      mode,
      only: items.map(({ name }) => name),
      ...(bpftrace === undefined ? {} : { bpftrace }),
    };
    void hub.start(args, [listener]).then((answer) => {
      if (answer.kind === "refused") {
        report.allErrored([answer.message, ...answer.advice].join("\n"));
        resolve();
        return;
      }
      token.onCancellationRequested(() => void hub.stop(answer.run));
    });
  });
}
