/** The results panel beside the script: a web page of ours that is fed with a run's events and asks for nothing from outside. */

import {
  env,
  type Event,
  EventEmitter,
  type ExtensionContext,
  Position,
  Range,
  Uri,
  ViewColumn,
  type Webview,
  type WebviewOptions,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";

import type { RunRefused } from "@probewright/server/protocol";
import type { FromPanel, PanelState, ScriptPosition, ToPanel } from "../../panel/messages.ts";
import type { RunListener } from "./run-hub.ts";
import { fileName } from "./stop-runs.ts";

export interface ResultsActions {
  readonly stop: (run: number) => void;
  readonly rerun: () => void;
}

export interface ResultsPanel {
  readonly script: Uri;
  readonly isActive: () => boolean;
  /** What it shows, once more. */
  readonly rerun: () => void;
  /** Shows the next run; what stands there becomes the previous one. */
  readonly listen: (title: string, actions: ResultsActions) => RunListener;
  readonly refuse: (title: string, refused: RunRefused) => void;
  /** It was there before the window was loaded anew. */
  readonly restore: () => void;
  /** The run that is shown and goes on. */
  readonly running: () => number | undefined;
}

/** The panels of this window: one a script, kept from run to run so that runs can be compared. */
export interface ResultsPanels {
  readonly dispose: () => void;
  readonly of: (script: Uri) => ResultsPanel;
  /** The one that is the active editor. */
  readonly active: () => ResultsPanel | undefined;
  /** Another one became active, or none. */
  readonly onChange: Event<void>;
}

const VIEW = "probewright.results";

/** @param run runs a script whose panel has shown no run since the window was loaded */
export function createResultsPanels(context: ExtensionContext, run: (script: Uri) => void): ResultsPanels {
  const panels = new Map<string, ResultsPanel>();
  const changed = new EventEmitter<void>();
  const folder = Uri.joinPath(context.extensionUri, "dist", "webview");
  const options: WebviewOptions = { enableScripts: true, localResourceRoots: [folder] };
  const add = (script: Uri, panel: WebviewPanel): ResultsPanel => {
    const key = script.toString();
    panel.iconPath = Uri.joinPath(context.extensionUri, "images", "results.svg");
    panel.webview.html = page(panel.webview, folder, script);
    panel.onDidChangeViewState(() => {
      changed.fire();
    });
    const made = createPanel(panel, script, {
      run: () => {
        run(script);
      },
      closed: () => {
        panels.delete(key);
        changed.fire();
      },
    });
    panels.set(key, made);
    return made;
  };
  const restoring = window.registerWebviewPanelSerializer(VIEW, {
    deserializeWebviewPanel: (panel, state: PanelState | undefined) => {
      const script = state === undefined ? undefined : Uri.parse(state.script);
      if (script === undefined || panels.has(script.toString())) panel.dispose();
      else {
        panel.webview.options = options;
        add(script, panel).restore();
      }
      return Promise.resolve();
    },
  });
  return {
    of: (script) => {
      const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      const open = (): WebviewPanel =>
        window.createWebviewPanel(VIEW, `Results: ${fileName(script)}`, place, {
          ...options,
          retainContextWhenHidden: true,
        });
      return panels.get(script.toString()) ?? add(script, open());
    },
    active: () => [...panels.values()].find((panel) => panel.isActive()),
    onChange: changed.event,
    dispose: () => {
      restoring.dispose();
      changed.dispose();
    },
  };
}

interface PanelOwner {
  readonly run: () => void;
  readonly closed: () => void;
}

function createPanel(panel: WebviewPanel, script: Uri, on: PanelOwner): ResultsPanel {
  const post = poster(panel);
  let isOpen = true;
  let run: number | undefined;
  let actions: ResultsActions | undefined;
  const rerun = (): void => {
    (actions?.rerun ?? on.run)();
  };
  const stop = (): void => {
    if (run !== undefined) actions?.stop(run);
  };
  panel.webview.onDidReceiveMessage((message: FromPanel) => {
    if (message.type === "ready") post.ready();
    else if (message.type === "stop") stop();
    else if (message.type === "rerun") rerun();
    else void answer(message, script, fileName(script));
  });
  panel.onDidDispose(() => {
    isOpen = false;
    stop();
    // What it still says has no page to go to.
    run = undefined;
    on.closed();
  });
  return {
    script,
    isActive: () => panel.active,
    rerun,
    restore: () => {
      post.send({ type: "restored", title: fileName(script) });
    },
    running: () => run,
    listen: (title, given) => {
      let mine: number | undefined;
      // What an older run still says is not mixed into the newer one.
      const isShown = (): boolean => run !== undefined && run === mine;
      return {
        started: (started) => {
          actions = given;
          if (!isOpen) {
            given.stop(started.run);
            return;
          }
          run = mine = started.run;
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
      post.send({ type: "run", run: 0, title }, { type: "refused", message, advice });
    },
  };
}

/** Messages wait until the page has said that it is there. */
function poster(panel: WebviewPanel): {
  readonly ready: () => void;
  readonly send: (...messages: readonly ToPanel[]) => void;
} {
  let waiting: ToPanel[] | undefined = [];
  return {
    ready: () => {
      for (const message of waiting ?? []) void panel.webview.postMessage(message);
      waiting = undefined;
    },
    send: (...messages) => {
      if (waiting !== undefined) waiting.push(...messages);
      else for (const message of messages) void panel.webview.postMessage(message);
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
function page(webview: Webview, folder: Uri, file: Uri): string {
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
<body data-script="${attributeText(file.toString())}"><script src="${script}"></script></body>
</html>`;
}

function attributeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
