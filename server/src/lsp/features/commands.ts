/** `workspace/executeCommand`: running scripts, stopping them, views, kernels, and the server's status. */

import { LSPErrorCodes, ResponseError, type Connection } from "vscode-languageserver";

import {
  commands as names,
  isViewKind,
  viewUri,
  type ProfileCaptured,
  type RunArguments,
  type RunRefused,
  type RunStarted,
  type ServerStatus,
  type ViewContent,
  type ViewRequest,
} from "../../protocol.ts";
import type { OpenDocument } from "../documents.ts";
import type { RunRequest } from "../runs.ts";
import { nameOf, pathOfUri } from "../uris.ts";
import type { Feature, FeatureContext } from "./feature.ts";
import { viewContent } from "./virtual-documents.ts";

type Handler = (argument: unknown, context: FeatureContext, connection: Connection) => unknown;

const handlers: Readonly<Record<keyof typeof names, Handler>> = {
  run: (argument, context, connection) => run(argument, context, connection),
  stop: (argument, { runs }): boolean =>
    argument === undefined ? runs.stopAll() : runs.stop(Number(argument)),
  status: (_argument, { status }): ServerStatus => status(),
  view: (argument, context, connection) => showView(argument, context, connection),
  captureProfile: (argument, context, connection) => captureProfile(argument, context, connection),
  selectKernels: (argument, { selectKernels, status }): ServerStatus => {
    if (!Array.isArray(argument) || !argument.every((each) => typeof each === "string"))
      throw wrong("give one list of kernels");
    selectKernels(argument);
    return status();
  },
};

export const commands: Feature = {
  name: "commands",
  does: "Running and stopping scripts, views, choosing kernels: from any client.",
  requests: ["workspace/executeCommand"],
  test: "tests/lsp/session.test.ts",
  capabilities: { executeCommandProvider: { commands: Object.values(names) } },
  register: (connection, context) => {
    const byName = new Map(
      Object.entries(names).map(([key, name]) => [name as string, handlers[key as keyof typeof names]]),
    );
    connection.onExecuteCommand(({ command, arguments: args = [] }) => {
      const handler = byName.get(command);
      if (handler === undefined) throw wrong(`no command '${command}'`);
      return handler(args[0], context, connection);
    });
  },
};

function wrong(message: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}

/** A client that does not show runs itself is told in its own words why nothing runs. */
function run(argument: unknown, context: FeatureContext, connection: Connection): RunStarted | RunRefused {
  const { documents, runs, settings, clientRunsCommands } = context;
  const args = argument as RunArguments | undefined; // the protocol says so; a wrong uri is refused below
  const document = documents.get(args?.uri ?? "");
  if (args === undefined || document === undefined) throw wrong(`'${args?.uri ?? ""}' is not open`);
  const { uri } = args;
  const script = pathOfUri(uri);
  const answer = runs.start({
    ...args,
    text: document.text.getText(),
    title: nameOf(script),
    script,
    snapshot: document.snapshot,
    unsafe: settings(uri).runUnsafe,
    includeDirectories: includeDirectories(uri, context),
    ...othersThatAreOpen(document, context),
  });
  if (answer.kind === "refused" && !clientRunsCommands()) {
    connection.window.showErrorMessage([answer.message, ...answer.advice].join("\n"));
  }
  return answer;
}

/** As the settings have them; relative to the workspace folder. */
function includeDirectories(uri: string, { settings, folderOf }: FeatureContext): readonly string[] {
  const folder = folderOf(uri)?.uri;
  return settings(uri).includeDirectories.map((each) =>
    each.startsWith("/") || folder === undefined ? each : `${pathOfUri(folder)}/${each}`,
  );
}

/** What the script may import and the editor shows, saved or not. */
function othersThatAreOpen(
  { uri, snapshot }: OpenDocument,
  { documents, host }: FeatureContext,
): Pick<RunRequest, "openFiles" | "unsaved"> {
  const others = documents.uris().filter((each) => each !== uri);
  const texts = others.map((each) => [pathOfUri(each), documents.textOf(each) ?? ""] as const);
  const imported = new Set(snapshot.analysis().files.map(({ name }) => name));
  const unsaved = texts.filter(([path, text]) => imported.has(path) && host.files?.read(path) !== text);
  return { openFiles: Object.fromEntries(texts), unsaved: unsaved.map(([path]) => nameOf(path)) };
}

async function showView(
  argument: unknown,
  context: FeatureContext,
  connection: Connection,
): Promise<ViewContent> {
  const { uri, kind, position } = (argument ?? {}) as Partial<ViewRequest>; // checked on the next line
  if (typeof uri !== "string" || typeof kind !== "string" || !isViewKind(kind))
    throw wrong("name a document and a view");
  const content = await viewContent(viewUri({ kind, subject: uri }), context, position);
  const { window, workspace } = context.client();
  const shows = window?.showDocument?.support === true && workspace?.textDocumentContent !== undefined;
  if (shows && !context.clientRunsCommands()) {
    void connection.window.showDocument({
      uri: content.uri,
      takeFocus: true,
      ...(content.selection === undefined ? {} : { selection: content.selection }),
    });
  }
  return content;
}

async function captureProfile(
  argument: unknown,
  { host, client, readKernels }: FeatureContext,
  connection: Connection,
): Promise<ProfileCaptured> {
  if (host.runner === undefined) throw wrong("there is no kernel to capture in a browser");
  if (argument !== undefined && typeof argument !== "string") throw wrong("name a file, or nothing");
  const progress =
    client().window?.workDoneProgress === true ? await connection.window.createWorkDoneProgress() : undefined;
  progress?.begin("Capturing the kernel's profile");
  const captured = await host.runner.capture(argument);
  progress?.done();
  if (!captured.ok) throw wrong(captured.error);
  // What was lacking may be there now.
  readKernels(() => true);
  return { path: captured.value };
}
