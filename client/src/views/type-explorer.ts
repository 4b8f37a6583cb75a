/** The kernel's types: searched by name, opened to their fields with offsets, and shown as a header. */

import {
  commands,
  Disposable,
  env,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from "vscode";

import { requests, viewUri, type TypeFieldsResult, type TypeNamesResult } from "@probewright/server/protocol";
import type { ServerConnection } from "../runs/run-hub.ts";

interface Node {
  readonly label: string;
  readonly description: string;
  /** A type whose fields can be shown. */
  readonly type: string | undefined;
  readonly kind: "type" | "field" | "more";
}

/** What most scripts look into; shown until something is searched for. */
const START_QUERY = "struct task_struct";

export function createTypeExplorer(server: ServerConnection): Disposable {
  const changed = new EventEmitter<undefined>();
  let query = START_QUERY;
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: treeItem,
    getChildren: (node) => (node === undefined ? namesFor(query, server) : fieldsFor(node.type, server)),
  };
  const view = window.createTreeView("probewright.types", {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  view.description = query;
  const search = async (): Promise<void> => {
    const given = await window.showInputBox({
      title: "Search Kernel Types",
      prompt: "Words of a type's name, e.g. struct sock",
      value: query === START_QUERY ? "" : query,
    });
    if (given === undefined) return;
    query = given;
    view.description = query;
    changed.fire(undefined);
    await commands.executeCommand("probewright.types.focus");
  };
  const all = [
    view,
    changed,
    commands.registerCommand("probewright.searchTypes", search),
    commands.registerCommand("probewright.openType", (node?: Node) => {
      const type = node?.type ?? view.selection[0]?.type;
      if (type === undefined) return undefined;
      return commands.executeCommand("probewright.openView", viewUri({ kind: "kernel-type", subject: type }));
    }),
    commands.registerCommand("probewright.copyTypeName", (node?: Node) =>
      env.clipboard.writeText(node?.label ?? ""),
    ),
  ];
  return Disposable.from(...all);
}

function treeItem({ label, description, type, kind }: Node): TreeItem {
  const item = new TreeItem(
    label,
    type === undefined ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed,
  );
  item.description = description;
  item.contextValue = type === undefined ? kind : "type";
  const icon =
    kind === "field" ? "symbol-field" : label.startsWith("enum") ? "symbol-enum" : "symbol-structure";
  item.iconPath = new ThemeIcon(kind === "more" ? "ellipsis" : icon);
  return item;
}

async function namesFor(query: string, server: ServerConnection): Promise<Node[]> {
  const { names, omitted } = await server.sendRequest<TypeNamesResult>(requests.searchTypes, { query });
  const found = names.map((name): Node => ({ label: name, description: "", type: name, kind: "type" }));
  if (omitted > 0) {
    const label = `${omitted.toLocaleString("en")} more: search with more letters`;
    found.push({ label, description: "", type: undefined, kind: "more" });
  }
  return found;
}

async function fieldsFor(type: string | undefined, server: ServerConnection): Promise<Node[]> {
  if (type === undefined) return [];
  const fields = await server.sendRequest<TypeFieldsResult | null>(requests.typeFields, { name: type });
  return (fields ?? []).map((field) => ({
    label: field.name === "" ? "(anonymous)" : field.name,
    description: `${field.offset}${field.type === "" ? "" : `  ${field.type}`}`,
    type: field.target,
    kind: "field",
  }));
}
