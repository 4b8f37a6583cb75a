/** Every setting, one row each: VS Code's settings page, docs/settings.md, validation and the server's defaults derive from here. */

export interface SettingRow<Value = unknown> {
  /** After `probewright.`. */
  readonly key: string;
  readonly kind: "boolean" | "number" | "string" | "strings" | "choice";
  readonly default: Value;
  /** For `choice`: each value with what it means. */
  readonly choices?: Readonly<Record<string, string>>;
  /** For `number`: the least and the greatest value. */
  readonly range?: readonly [least: number, greatest: number];
  /** How far it may differ, in VS Code's words. */
  readonly scope: "resource" | "window" | "machine";
  /** `client`: what an editor's extension reads itself; the server ignores it. */
  readonly readBy: "server" | "client";
  /** A folder that is not trusted does not get to set it. */
  readonly needsTrust?: true;
  /** Markdown. */
  readonly summary: string;
}

/** Names are those of `Settings`; order is that of the settings page. */
export const settingRows = {
  kernels: {
    key: "kernels",
    kind: "strings",
    default: ["live"],
    scope: "resource",
    readBy: "server",
    summary:
      "Kernels that scripts are checked for: `live` (the running one), `default` (the built-in profile), `none`, or the path of a captured profile, relative to the workspace folder. The first one also answers completion and hover; what only another one lacks is reported with its name.",
  } satisfies SettingRow<readonly string[]>,
  includeDirectories: {
    key: "includeDirectories",
    kind: "strings",
    default: [],
    scope: "resource",
    readBy: "server",
    needsTrust: true,
    summary: "Folders to look for C headers in, as `-I` of `probewright run`.",
  } satisfies SettingRow<readonly string[]>,
  runUnsafe: {
    key: "run.unsafe",
    kind: "boolean",
    default: false,
    scope: "resource",
    readBy: "server",
    needsTrust: true,
    summary:
      "Runs from the editor may use functions that change the system, such as `system()`, as `--unsafe` of `probewright run` does.",
  } satisfies SettingRow<boolean>,
  lensRun: {
    key: "codeLens.run",
    kind: "boolean",
    default: true,
    scope: "window",
    readBy: "server",
    summary: "Above each probe: *Run probe*, *Run script*, *Stop* and the result of the last run.",
  } satisfies SettingRow<boolean>,
  lensCost: {
    key: "codeLens.cost",
    kind: "boolean",
    default: true,
    scope: "window",
    readBy: "server",
    summary: "Above each probe: its stack, its instructions, and how many places it attaches to.",
  } satisfies SettingRow<boolean>,
  hintTypes: {
    key: "inlayHints.types",
    kind: "boolean",
    default: true,
    scope: "window",
    readBy: "server",
    summary: "In the text: inferred types of variables and maps.",
  } satisfies SettingRow<boolean>,
  hintParameters: {
    key: "inlayHints.parameterNames",
    kind: "boolean",
    default: true,
    scope: "window",
    readBy: "server",
    summary: "In the text: names of parameters where an argument does not tell what it is.",
  } satisfies SettingRow<boolean>,
  hintLiveMaps: {
    key: "inlayHints.liveMaps",
    kind: "boolean",
    default: true,
    scope: "window",
    readBy: "server",
    summary: "In the text, while a script runs: the values of its maps.",
  } satisfies SettingRow<boolean>,
  measure: {
    key: "measure",
    kind: "boolean",
    default: true,
    scope: "window",
    readBy: "server",
    summary:
      "Compiles probes when nobody types, to show the stack and the instructions that they really take. Nothing is loaded.",
  } satisfies SettingRow<boolean>,
  embedded: {
    key: "embedded",
    kind: "boolean",
    default: true,
    scope: "window",
    readBy: "server",
    summary: "Checks scripts inside shell scripts (`bpftrace -e '…'`) and Markdown (fenced blocks).",
  } satisfies SettingRow<boolean>,
  logLevel: {
    key: "log.level",
    kind: "choice",
    default: "info",
    choices: {
      off: "Nothing.",
      error: "What went wrong.",
      warn: "What may surprise, too.",
      info: "What the server does, in few lines.",
      debug: "Each request with its time.",
    },
    scope: "window",
    readBy: "server",
    summary: "How much the server tells in its log.",
  } satisfies SettingRow<string>,
  serverPath: {
    key: "server.path",
    kind: "string",
    default: "",
    scope: "machine",
    readBy: "client",
    needsTrust: true,
    summary: "Path of the `probewright` executable. Empty uses the one that comes with the extension.",
  } satisfies SettingRow<string>,
  runShow: {
    key: "run.show",
    kind: "choice",
    default: "panel",
    choices: {
      panel: "The results panel: live tables, charts and events.",
      terminal: "A terminal, as the command line shows it.",
      both: "The results panel and a terminal.",
    },
    scope: "resource",
    readBy: "client",
    summary: "Where the output of a run is shown.",
  } satisfies SettingRow<string>,
  runMapInterval: {
    key: "run.mapInterval",
    kind: "number",
    default: 500,
    range: [0, 60_000],
    scope: "resource",
    readBy: "client",
    summary:
      "Milliseconds from one reading of a running script's maps to the next, for the results panel and the values in the text. `0` shows maps only when the script prints them.",
  } satisfies SettingRow<number>,
  runTool: {
    key: "run.tool",
    kind: "choice",
    default: "probewright",
    choices: {
      probewright: "Probewright's own compiler and loader.",
      bpftrace:
        "An installed bpftrace. It tells less: maps only where the script prints them, losses without their place.",
    },
    scope: "resource",
    readBy: "client",
    needsTrust: true,
    summary: "What runs scripts.",
  } satisfies SettingRow<string>,
  runBpftracePath: {
    key: "run.bpftracePath",
    kind: "string",
    default: "bpftrace",
    scope: "machine",
    readBy: "client",
    needsTrust: true,
    summary: "Path of the bpftrace that runs scripts where `probewright.run.tool` says so.",
  } satisfies SettingRow<string>,
  traceServer: {
    key: "trace.server",
    kind: "choice",
    default: "off",
    choices: {
      off: "Nothing.",
      messages: "Each message's name.",
      verbose: "Each message whole.",
    },
    scope: "window",
    readBy: "client",
    summary: "Logs what the editor and the language server say to each other.",
  } satisfies SettingRow<string>,
} as const;
