/** The probes of the kernel as a tree, a search over all of them, and insertion at the cursor. */

import {
  commands,
  Disposable,
  env,
  EventEmitter,
  type QuickPickItem,
  SnippetString,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from "vscode";

import { requests, type ProbeNodesResult } from "@probewright/server/protocol";
import type { ServerConnection } from "../runs/run-hub.ts";

interface Node {
  readonly path: readonly string[];
  readonly label: string;
  readonly probe: string | undefined;
  readonly description: string | undefined;
  readonly kind: "group" | "probe" | "argument" | "more";
}

export function createProbeExplorer(server: ServerConnection): Disposable {
  const changed = new EventEmitter<undefined>();
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    getChildren: (node) => childrenOf(node, server),
  };
  const view = window.createTreeView("probewright.probes", {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const all = [
    view,
    changed,
    commands.registerCommand("probewright.refreshProbes", () => {
      changed.fire(undefined);
    }),
    commands.registerCommand("probewright.searchProbes", () => {
      searchProbes(server);
    }),
    commands.registerCommand("probewright.insertProbe", (node?: Node) =>
      insertProbe(node?.probe ?? view.selection[0]?.probe),
    ),
    commands.registerCommand("probewright.copyProbe", (node?: Node) => {
      const probe = node?.probe ?? view.selection[0]?.probe;
      return probe === undefined ? undefined : env.clipboard.writeText(probe);
    }),
  ];
  return Disposable.from(...all);
}

function treeItem({ label, kind, description }: Node): TreeItem {
  const open = kind === "group" || kind === "probe";
  const item = new TreeItem(label, open ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.contextValue = kind;
  if (description !== undefined) item.description = description;
  const icons = {
    group: "symbol-namespace",
    probe: "symbol-event",
    argument: "symbol-field",
    more: "ellipsis",
  };
  item.iconPath = new ThemeIcon(icons[kind]);
  if (kind === "more") item.command = { title: "Search", command: "probewright.searchProbes" };
  return item;
}

async function childrenOf(node: Node | undefined, server: ServerConnection): Promise<Node[]> {
  if (node?.probe !== undefined) {
    const details = await server.sendRequest<readonly string[]>(requests.probeDetails, { probe: node.probe });
    const lines = details.length === 0 ? ["no arguments known"] : details;
    return lines.map((label) => ({
      path: node.path,
      label,
      probe: undefined,
      description: undefined,
      kind: "argument",
    }));
  }
  const path = node?.path ?? [];
  const { nodes, omitted } = await server.sendRequest<ProbeNodesResult>(requests.exploreProbes, { path });
  const found = nodes.map(
    ({ label, probe, count }): Node => ({
      path: [...path, label],
      label,
      probe,
      description: count?.toLocaleString("en"),
      kind: probe === undefined ? "group" : "probe",
    }),
  );
  if (omitted === 0) return found;
  const label = `${omitted.toLocaleString("en")} more: search…`;
  return [...found, { path, label, probe: undefined, description: undefined, kind: "more" }];
}

interface ProbeItem extends QuickPickItem {
  readonly probe: string;
}

/** A list that asks the server anew with each letter. */
function searchProbes(server: ServerConnection): void {
  const pick = window.createQuickPick<ProbeItem>();
  pick.title = "Search Probes";
  pick.placeholder = "Words of an attach point: tcp send, syscalls open";
  let asked = 0;
  const search = async (query: string): Promise<void> => {
    asked += 1;
    const mine = asked;
    pick.busy = true;
    const { nodes, omitted } = await server.sendRequest<ProbeNodesResult>(requests.exploreProbes, {
      path: [],
      query,
    });
    if (mine !== asked) return;
    pick.busy = false;
    // The server has searched: the list shows all it found.
    pick.items = nodes.map(({ label, probe = label }) => ({ label, probe, alwaysShow: true }));
    pick.title = `Search Probes (${(nodes.length + omitted).toLocaleString("en")} found)`;
  };
  pick.onDidChangeValue((value) => {
    void search(value);
  });
  pick.onDidAccept(() => {
    const probe = pick.selectedItems[0]?.probe;
    pick.hide();
    void insertProbe(probe);
  });
  pick.onDidHide(() => {
    pick.dispose();
  });
  pick.show();
  void search("");
}

async function insertProbe(probe: string | undefined): Promise<void> {
  if (probe === undefined) return;
  const editor =
    window.activeTextEditor ??
    window.visibleTextEditors.find(({ document }) => document.languageId === "bpftrace");
  if (editor?.document.languageId !== "bpftrace") {
    await env.clipboard.writeText(probe);
    void window.showInformationMessage(`No script is open; ${probe} is on the clipboard.`);
    return;
  }
  const { document, selection } = editor;
  const line = document.lineAt(selection.active.line).text;
  const snippet = new SnippetString();
  if (line.trim() === "") snippet.appendText(`${probe}\n{\n\t`).appendTabstop(0).appendText("\n}\n");
  else snippet.appendText(probe);
  await window.showTextDocument(document, editor.viewColumn);
  await editor.insertSnippet(snippet);
}
