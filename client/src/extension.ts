/** The VS Code extension beside a kernel: starts the language server as a process, and runs scripts through it. */

import { commands, type ExtensionContext, window, workspace } from "vscode";
import {
  type Executable,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
} from "vscode-languageclient/node";

import { serveEmbedded, startWhenWanted } from "./embedded.ts";
import { followFront } from "./runs/in-front.ts";
import { pickProcess } from "./runs/processes.ts";
import { createRunHub } from "./runs/run-hub.ts";
import { createRuns, type Runs, scriptOf } from "./runs/start-run.ts";
import { stopRuns } from "./runs/stop-runs.ts";
import { createTasks } from "./runs/tasks.ts";
import { createTesting } from "./runs/testing.ts";
import { type FindExecutable, type ServerExecutable, serverExecutable, sudoLine } from "./server-location.ts";
import { createWorkbenchParts } from "./workbench.ts";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("Probewright", { log: true });
  const executable = (): ServerExecutable => serverExecutable(context);
  const run = startOf(executable());
  const serverOptions: ServerOptions = { run, debug: run };
  const clientOptions: LanguageClientOptions = {
    documentSelector: [{ language: "bpftrace" }],
    outputChannel: log,
    initializationOptions: {
      clientRunsCommands: [
        "probewright.runProbe",
        "probewright.runScript",
        "probewright.stopRun",
        "probewright.openView",
      ],
    },
  };
  const started = new LanguageClient("probewright", "Probewright", serverOptions, clientOptions);
  client = started;
  const restart = restarterOf(started);
  const hub = createRunHub(started);
  const runs = createRuns(context, started, hub, executable);
  const inFront = followFront(() => runs.panels.active() !== undefined);
  const parts = createWorkbenchParts(started);
  started.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) parts.status.starting();
    if (newState !== State.Stopped && newState !== State.StartFailed) return;
    const what = newState === State.Stopped ? "stopped" : "could not start";
    parts.status.failed(`the language server ${what}; see the log`);
    hub.lost();
  });
  context.subscriptions.push(
    log,
    hub,
    runs.panels,
    inFront,
    runs.panels.onChange(inFront.update),
    serveEmbedded(started),
    ...parts.all,
    createTasks(executable),
    createTesting(started, hub),
    hub.onChange((running) => {
      void commands.executeCommand("setContext", "probewright.running", running);
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration("probewright.server.path")) return;
      Object.assign(run, startOf(executable()));
      void restart();
    }),
    workspace.onDidGrantWorkspaceTrust(restart),
    commands.registerCommand("probewright.showLog", () => {
      log.show();
    }),
    ...registerCommands(executable, { runs, restart, hub }),
  );
  context.subscriptions.push(await startWhenWanted(started));
}

/** @returns what ends the server, whatever state it is in, and starts another; one restart after the other */
function restarterOf(server: LanguageClient): () => Promise<void> {
  const ignore = (): void => undefined;
  const restart = async (): Promise<void> => {
    // One that starts cannot be stopped before it has; one that could not start, not at all; a slow one is given up.
    if (server.state === State.Starting) await server.start().catch(ignore);
    await server.stop().catch(ignore);
    await server.start();
  };
  let last = Promise.resolve();
  return () => {
    last = last.catch(ignore).then(restart);
    return last;
  };
}

/** What the client starts; it looks again at each start. */
function startOf({ command, args, env }: ServerExecutable): Executable {
  return {
    command,
    args: [...args, "lsp", "--stdio"],
    options: { env: { ...process.env, ...env } },
    transport: TransportKind.stdio,
  };
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

interface Running {
  readonly runs: Runs;
  readonly restart: () => Promise<void>;
  readonly hub: ReturnType<typeof createRunHub>;
}

function registerCommands(
  executable: FindExecutable,
  { runs: { start, panels }, restart, hub }: Running,
): readonly { dispose: () => void }[] {
  const onScript = async (
    given: unknown,
    go: (uri: NonNullable<ReturnType<typeof scriptOf>>) => unknown,
  ): Promise<void> => {
    const uri = scriptOf(given ?? panels.active()?.script);
    if (uri === undefined) void window.showInformationMessage("Open a bpftrace script first.");
    else await go(uri);
  };
  return [
    commands.registerCommand("probewright.runProbe", (given: unknown, probe: number) =>
      onScript(given, (uri) => start({ uri, probe })),
    ),
    commands.registerCommand("probewright.runScript", async (given?: unknown) => {
      const shown = given === undefined ? panels.active() : undefined;
      if (shown === undefined) await onScript(given, (uri) => start({ uri }));
      else shown.rerun();
    }),
    commands.registerCommand("probewright.runForProcess", (given?: unknown) =>
      onScript(given, async (uri) => {
        const pid = await pickProcess();
        if (pid !== undefined) await start({ uri, pid });
      }),
    ),
    commands.registerCommand("probewright.stopRun", (given?: unknown) =>
      typeof given === "number" ? hub.stop(given) : stopRuns(hub, scriptOf(given ?? panels.active()?.script)),
    ),
    commands.registerCommand("probewright.restartServer", restart),
    commands.registerCommand("probewright.doctor", () => {
      const terminal = window.createTerminal({ name: "probewright doctor" });
      terminal.show();
      terminal.sendText(sudoLine(executable(), ["doctor"]).replace(/^sudo /, ""));
    }),
    commands.registerCommand("probewright.selectKernel", () =>
      commands.executeCommand("workbench.action.openSettings", "probewright.kernels"),
    ),
  ];
}
