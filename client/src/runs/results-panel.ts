/** The results panel beside the script: a web page of ours that is fed with a run's events and asks for nothing from outside. */

import {
  env,
  type ExtensionContext,
  Position,
  Range,
  Uri,
  ViewColumn,
  type Webview,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";

import type { RunRefused } from "@probewright/server/protocol";
import type { FromPanel, ScriptPosition, ToPanel } from "../../panel/messages.ts";
import type { RunListener } from "./run-hub.ts";

export interface ResultsActions {
  readonly stop: (run: number) => void;
  readonly rerun: () => void;
}

export interface ResultsPanel {
  /** Shows the next run; what stands there becomes the previous one. */
  readonly listen: (title: string, actions: ResultsActions) => RunListener;
  readonly refuse: (title: string, refused: RunRefused) => void;
  /** The run that is shown and goes on. */
  readonly running: () => number | undefined;
}

/** One panel a script, kept from run to run so that runs can be compared. */
export function createResultsPanels(context: ExtensionContext): (script: Uri) => ResultsPanel {
  const panels = new Map<string, ResultsPanel>();
  return (script) => {
    const key = script.toString();
    const known = panels.get(key);
    if (known !== undefined) return known;
    const made = createPanel(context, script, () => {
      panels.delete(key);
    });
    panels.set(key, made);
    return made;
  };
}

function createPanel(context: ExtensionContext, script: Uri, closed: () => void): ResultsPanel {
  const folder = Uri.joinPath(context.extensionUri, "dist", "webview");
  const name = script.path.slice(script.path.lastIndexOf("/") + 1);
  const panel = window.createWebviewPanel(
    "probewright.results",
    `Results: ${name}`,
    { viewColumn: ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, retainContextWhenHidden: true, localResourceRoots: [folder] },
  );
  panel.iconPath = Uri.joinPath(context.extensionUri, "images", "results.svg");
  panel.webview.html = page(panel.webview, folder);
  const post = poster(panel);
  let run: number | undefined;
  let actions: ResultsActions | undefined;
  panel.webview.onDidReceiveMessage((message: FromPanel) => {
    if (message.type === "ready") post.ready();
    else if (message.type === "stop") {
      if (run !== undefined) actions?.stop(run);
    } else if (message.type === "rerun") actions?.rerun();
    else void answer(message, script, name);
  });
  panel.onDidDispose(() => {
    if (run !== undefined) actions?.stop(run);
    closed();
  });
  return {
    running: () => run,
    listen: (title, given) => {
      let mine: number | undefined;
      // What an older run still says is not mixed into the newer one.
      const isShown = (): boolean => run !== undefined && run === mine;
      return {
        started: (started) => {
          run = mine = started.run;
          actions = given;
          panel.reveal(undefined, true);
          post.send({ type: "run", run, title });
        },
        events: (events, skipped) => {
          if (isShown()) post.send({ type: "events", events, skipped });
        },
        ended: (exitCode) => {
          if (!isShown()) return;
          run = undefined;
          post.send({ type: "ended", exitCode });
        },
      };
    },
    refuse: (title, { message, advice }) => {
      post.send({ type: "run", run: 0, title });
      post.send({ type: "refused", message, advice });
    },
  };
}

/** Messages wait until the page has said that it is there. */
function poster(panel: WebviewPanel): {
  readonly ready: () => void;
  readonly send: (message: ToPanel) => void;
} {
  let waiting: ToPanel[] | undefined = [];
  return {
    ready: () => {
      for (const message of waiting ?? []) void panel.webview.postMessage(message);
      waiting = undefined;
    },
    send: (message) => {
      if (waiting === undefined) void panel.webview.postMessage(message);
      else waiting.push(message);
    },
  };
}

async function answer(
  message: Extract<FromPanel, { readonly type: "reveal" | "save" | "copy" }>,
  script: Uri,
  name: string,
): Promise<void> {
  switch (message.type) {
    case "reveal":
      await reveal(script, message.position);
      break;
    case "copy":
      await env.clipboard.writeText(message.text);
      window.setStatusBarMessage("Results copied", 3000);
      break;
    case "save": {
      const folder = workspace.getWorkspaceFolder(script)?.uri ?? Uri.joinPath(script, "..");
      const defaultUri = Uri.joinPath(folder, `${name.replace(/\.bt$/, "")}-results.json`);
      const target = await window.showSaveDialog({ defaultUri, filters: { JSON: ["json"] } });
      if (target !== undefined) await workspace.fs.writeFile(target, new TextEncoder().encode(message.json));
    }
  }
}

/** A place in the script itself, or in a file that it imports. */
async function reveal(script: Uri, position: ScriptPosition): Promise<void> {
  const isScript =
    position.file === script.path || position.file === script.toString() || !position.file.startsWith("/");
  const uri = isScript ? script : script.with({ path: position.file });
  const open = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const range = new Range(
    new Position(position.startLine, position.startColumn),
    new Position(position.endLine, position.endColumn),
  );
  await window.showTextDocument(uri, { viewColumn: open?.viewColumn ?? ViewColumn.One, selection: range });
}

/** No script but ours, no style but ours, nothing from the network. */
function page(webview: Webview, folder: Uri): string {
  const script = webview.asWebviewUri(Uri.joinPath(folder, "main.js")).toString();
  const style = webview.asWebviewUri(Uri.joinPath(folder, "panel.css")).toString();
  const policy = `default-src 'none'; script-src ${webview.cspSource}; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Results</title>
<link rel="stylesheet" href="${style}">
</head>
<body><script src="${script}"></script></body>
</html>`;
}
