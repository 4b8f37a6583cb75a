/** Which code may import which: packages, the layers inside the compiler, and the rooms of the server. */

/** The rooms of the compiler, lowest first, as ARCHITECTURE.md has them: each may import itself and those before it. */
const layers = [
  "base",
  "syntax",
  "diagnostics",
  "types",
  "kernel",
  "core",
  "manifest",
  "verifier",
  "probes",
  "ir",
  "builtins",
  "analysis",
  "plan",
  "codegen",
];

/** Rooms inside a layer, lowest first: each may import those before it, and nothing of what lies around them. */
const innerRooms = {
  analysis: ["state", "declarations", "elaborate"],
  codegen: ["program", "values", "maps"],
};

/** The packages, lowest first: each may import those before it. `client` and `tests` have rules of their own below. */
const packages = ["grammar", "compiler", "native/llvm-bindings", "native/runtime", "server"];

/** Tests, and what only tests use. */
const TEST = "(\\.test\\.ts$|/testing/)";

const upwardLayers = layers.map((layer, i) => ({
  name: `compiler-${layer}-imports-upward`,
  severity: "error",
  comment: `compiler/src/${layer} may import only the layers before it: ${layers.slice(0, i).join(", ") || "none"}.`,
  from: { path: `^compiler/src/${layer}/`, pathNot: TEST },
  to: {
    path: `^compiler/src/(${[...layers.slice(i + 1).map((later) => `${later}/`), "index\\.ts", "compile\\.ts"].join("|")})`,
  },
}));

const upwardInnerRooms = Object.entries(innerRooms).flatMap(([layer, rooms]) =>
  rooms.map((room, i) => ({
    name: `compiler-${layer}-${room}-imports-upward`,
    severity: "error",
    comment: `compiler/src/${layer}/${room} may import only the rooms of ${layer} before it: ${rooms.slice(0, i).join(", ") || "none"}.`,
    from: { path: `^compiler/src/${layer}/${room}/`, pathNot: TEST },
    to: {
      path: `^compiler/src/${layer}/(${[...rooms.slice(i + 1).map((later) => `${later}/`), "[^/]+$"].join("|")})`,
    },
  })),
);

const upwardPackages = packages.map((name, i) => ({
  name: `${name.replace("/", "-")}-imports-upward`,
  severity: "error",
  comment: `${name} may import only the packages before it: ${packages.slice(0, i).join(", ") || "none"}.`,
  from: { path: `^${name}/` },
  to: { path: `^(${[...packages.slice(i + 1), "client"].join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...upwardPackages,
    ...upwardLayers,
    ...upwardInnerRooms,
    {
      name: "no-cycles",
      severity: "error",
      comment:
        "Where the language recurses, what holds all constructs is handed down (a walk, a scope), never imported.",
      from: {},
      to: { circular: true },
    },
    {
      name: "unresolved",
      severity: "error",
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: "^(vscode|vscode-language(server|client)/browser|probewright:[\\w-]+)$",
      },
    },
    {
      name: "llvm-bindings-stand-alone",
      severity: "error",
      comment: "The binding knows LLVM and nothing of ours: text in, object out.",
      from: { path: "^native/llvm-bindings/" },
      to: { path: "^(grammar|compiler)/" },
    },
    {
      name: "nothing-imports-tests",
      severity: "error",
      comment: "Tests beside the code may use the harness; code may not.",
      from: { pathNot: ["^tests/", TEST] },
      to: { path: ["^tests/", TEST] },
    },
    {
      name: "client-knows-only-the-protocol",
      severity: "error",
      comment: "The client and the server meet in one file of types.",
      from: { path: "^client/(src|panel)" },
      to: { path: `^(${packages.join("|")})/`, pathNot: "^server/src/protocol\\.ts$" },
    },
    {
      name: "compiler-does-no-io",
      severity: "error",
      comment:
        "The compiler takes text and facts and returns data, in a browser worker too. Reading files is the host's business.",
      from: { path: "^compiler/src", pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "compiler-knows-no-parser-build",
      severity: "error",
      comment: "Whether trees come from wasm or from the native parser is the caller's choice.",
      from: { path: "^compiler/src", pathNot: TEST },
      to: { path: ["^grammar/ts/(native|wasm)\\.ts$", "node_modules/(web-)?tree-sitter/"] },
    },
    {
      name: "ide-speaks-plain-data",
      severity: "error",
      comment:
        "server/src/ide is the editor features without protocol and machine: no vscode-*, no node:, none of the other rooms.",
      from: { path: "^server/src/ide/", pathNot: TEST },
      to: { path: ["^server/src/(lsp|host|cli|main)", "node_modules/vscode-", "^native/"] },
    },
    {
      name: "ide-does-no-io",
      severity: "error",
      from: { path: "^server/src/ide/", pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "only-lsp-speaks-the-protocol",
      severity: "error",
      comment: "Types of the language server protocol stay in server/src/lsp, which converts.",
      from: { path: "^server/src/", pathNot: ["^server/src/lsp/", "^server/src/protocol\\.ts$", TEST] },
      to: { path: "node_modules/vscode-(languageserver|jsonrpc)" },
    },
    {
      name: "only-host-touches-the-machine",
      severity: "error",
      comment:
        "Files and processes are reached through server/src/host; the command line opens what it was told to.",
      from: { path: "^server/src/", pathNot: ["^server/src/(host|cli)/", "^server/src/main\\.ts$", TEST] },
      to: { path: "^(node:)?(fs|fs/promises|child_process)$" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "node", "default"],
    },
    exclude: { path: "(^|/)(dist|build|out)/" },
    doNotFollow: { path: "node_modules" },
  },
};

// For the test that compares this list with ARCHITECTURE.md; not enumerable, because dependency-cruiser refuses unknown keys.
Object.defineProperty(module.exports, "layers", { value: layers });
