/** Tasks of type `probewright`: run or check a script in a terminal, its messages in the Problems view. */

import {
  type Disposable,
  ProcessExecution,
  Task,
  type TaskDefinition,
  type TaskProvider,
  TaskScope,
  tasks,
  Uri,
  workspace,
} from "vscode";

import type { FindExecutable, ServerExecutable } from "../server-location.ts";

interface ScriptTask extends TaskDefinition {
  readonly verb?: "run" | "check";
  readonly script: string;
  readonly args?: readonly string[];
  readonly options?: readonly string[];
}

export function createTasks(executable: FindExecutable): Disposable {
  const provider: TaskProvider = {
    provideTasks: async () => {
      const files = await workspace.findFiles("**/*.bt", undefined, 50);
      return files.flatMap((file) =>
        (["run", "check"] as const).map((verb) =>
          taskOf({ type: "probewright", verb, script: workspace.asRelativePath(file) }, executable()),
        ),
      );
    },
    resolveTask: (task) => taskOf(task.definition as ScriptTask, executable(), task.scope),
  };
  return tasks.registerTaskProvider("probewright", provider);
}

function taskOf(
  definition: ScriptTask,
  { command, args, env }: ServerExecutable,
  scope: Task["scope"] = TaskScope.Workspace,
): Task {
  const { verb = "run", script, options = [], args: parameters = [] } = definition;
  const words = [...args, verb, ...options, scriptPath(script), ...parameters];
  const execution = new ProcessExecution(command, words, { env: { ...env } });
  const task = new Task(definition, scope, `${verb} ${script}`, "probewright", execution, [
    "$probewright",
    "$probewright-run",
  ]);
  task.detail = verb === "run" ? "run on this machine's kernel" : "check for errors";
  return task;
}

function scriptPath(script: string): string {
  const [folder] = workspace.workspaceFolders ?? [];
  return script.startsWith("/") || script.startsWith("$") || folder === undefined
    ? script
    : Uri.joinPath(folder.uri, script).fsPath;
}
