/** The stack of each probe as a bar of the 512 bytes there are, and below it each expression with its share. */

import {
  commands,
  Disposable,
  EventEmitter,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type Uri,
  window,
  workspace,
} from "vscode";

import { notifications, requests, type ScriptParams, type StackResult } from "@probewright/server/protocol";
import type { ServerConnection } from "../runs/run-hub.ts";

type StackRow = StackResult[number];
type LspRange = StackRow["range"];

interface Node {
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
  readonly icon: ThemeIcon;
  readonly range: LspRange;
  readonly children: readonly Node[];
}

/** What the kernel gives a probe. */
const MAX_STACK = 512;
const BAR_CELLS = 10;
const SETTLE_MS = 400;

export function createStackView(server: ServerConnection): Disposable {
  const changed = new EventEmitter<undefined>();
  let script: Uri | undefined = scriptInFront();
  let timer: NodeJS.Timeout | undefined;
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => treeItem(node, script),
    getChildren: async (node) =>
      (node === undefined ? undefined : [...node.children]) ?? rowsOf(await stackOf(script, server)),
  };
  const view = window.createTreeView("probewright.stack", { treeDataProvider: provider });
  const refresh = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed.fire(undefined);
    }, SETTLE_MS);
  };
  const all = [
    view,
    changed,
    window.onDidChangeActiveTextEditor(() => {
      const front = scriptInFront();
      if (front === undefined || front.toString() === script?.toString()) return;
      script = front;
      refresh();
    }),
    server.onNotification(notifications.measured, ({ uri }: ScriptParams) => {
      if (uri === script?.toString()) changed.fire(undefined);
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() === script?.toString()) refresh();
    }),
    commands.registerCommand("probewright.revealStackObject", (uri: Uri, range: LspRange) =>
      reveal(uri, range),
    ),
  ];
  return Disposable.from(
    ...all,
    new Disposable(() => {
      clearTimeout(timer);
    }),
  );
}

function scriptInFront(): Uri | undefined {
  const document = window.activeTextEditor?.document;
  return document?.languageId === "bpftrace" && document.uri.scheme !== "probewright"
    ? document.uri
    : undefined;
}

async function stackOf(script: Uri | undefined, server: ServerConnection): Promise<StackResult | undefined> {
  if (script === undefined) return undefined;
  return (
    (await server.sendRequest<StackResult | null>(requests.scriptStack, { uri: script.toString() })) ??
    undefined
  );
}

function rowsOf(rows: StackResult | undefined): Node[] {
  return (rows ?? []).map((row) => {
    const planned = row.plannedBytes === undefined ? "" : `, planned ${row.plannedBytes.toString()} B`;
    const scratch = row.scratchBytes === 0 ? "" : `, and ${row.scratchBytes.toString()} B of scratch memory`;
    const amount = `${row.stackBytes.toString()} of ${MAX_STACK.toString()} B${planned}${scratch}`;
    return {
      // The bar comes first: names of probes are long, and what is behind them is cut off.
      label: `${bar(row.stackBytes / MAX_STACK)} ${row.stackBytes.toString()} B`,
      description: row.name,
      spoken: `${row.name}: ${amount}`,
      icon: iconOf(row.stackBytes),
      range: row.range,
      children: row.objects.map(({ label, bytes, placement, range }) => ({
        label,
        description: `${bytes.toString()} B${placement === "scratch" ? ", scratch memory" : ""}`,
        spoken: `${label}: ${bytes.toString()} bytes, ${placement}`,
        icon: new ThemeIcon(placement === "scratch" ? "database" : "symbol-variable"),
        range,
        children: [],
      })),
    };
  });
}

function bar(share: number): string {
  const full = Math.min(BAR_CELLS, Math.round(share * BAR_CELLS));
  return "█".repeat(full) + "░".repeat(BAR_CELLS - full);
}

function iconOf(bytes: number): ThemeIcon {
  if (bytes > MAX_STACK) return new ThemeIcon("error", new ThemeColor("errorForeground"));
  if (bytes > MAX_STACK * 0.8) return new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
  return new ThemeIcon("pass", new ThemeColor("charts.green"));
}

function treeItem(
  { label, description, spoken, icon, range, children }: Node,
  script: Uri | undefined,
): TreeItem {
  const item = new TreeItem(
    label,
    children.length === 0 ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Expanded,
  );
  item.description = description;
  item.iconPath = icon;
  item.tooltip = spoken;
  item.accessibilityInformation = { label: spoken };
  if (range !== undefined && script !== undefined) {
    item.command = { title: "Show", command: "probewright.revealStackObject", arguments: [script, range] };
  }
  return item;
}

async function reveal(uri: Uri, range: LspRange): Promise<void> {
  if (range === undefined) return;
  const { start, end } = range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  await window.showTextDocument(uri, { selection });
}
