/** Colours of scripts inside shell scripts and Markdown in VS Code: its own tokenizer and grammars, with ours added. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { toolPaths, unmet } from "../harness/needs.ts";

const client = fileURLToPath(new URL("../../client", import.meta.url));
const code = join(dirname(dirname(toolPaths.vscode)), "..", "lib/vscode");
const skip = unmet("vscode");

interface Token {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly scopes: readonly string[];
}

interface Grammar {
  tokenizeLine(
    line: string,
    state: unknown,
  ): { readonly tokens: readonly Token[]; readonly ruleStack: unknown };
}

interface Contribution {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

interface TextMate {
  readonly Registry: new (options: object) => { loadGrammar(scope: string): Promise<Grammar> };
  readonly parseRawGrammar: (text: string, path: string) => unknown;
  readonly INITIAL: unknown;
}

interface Oniguruma {
  loadWASM(bytes: Buffer): Promise<void>;
  createOnigScanner(patterns: readonly string[]): unknown;
  createOnigString(text: string): unknown;
}

function contributions(folder: string): readonly Contribution[] {
  const { contributes } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly contributes: { readonly grammars: readonly Contribution[] };
  };
  return contributes.grammars.map((each) => ({ ...each, path: join(folder, each.path) }));
}

/** Each token of a text with its innermost scopes, as `text` → `scope`. */
async function tokensOf(scope: string, text: string): Promise<readonly (readonly [string, string])[]> {
  const load = createRequire(join(code, "package.json"));
  const { Registry, parseRawGrammar, INITIAL } = load("vscode-textmate") as TextMate;
  const oniguruma = load("vscode-oniguruma") as Oniguruma;
  await oniguruma.loadWASM(readFileSync(load.resolve("vscode-oniguruma/release/onig.wasm")));
  const folders = [client, join(code, "extensions/shellscript"), join(code, "extensions/markdown-basics")];
  const grammars = folders.flatMap(contributions);
  const registry = new Registry({
    onigLib: Promise.resolve(oniguruma),
    loadGrammar: (name: string) => {
      const found = grammars.find(({ scopeName }) => scopeName === name);
      if (found === undefined) return Promise.resolve(null);
      return Promise.resolve(parseRawGrammar(readFileSync(found.path, "utf8"), found.path));
    },
    getInjections: (name: string) =>
      grammars.filter(({ injectTo }) => injectTo?.includes(name) === true).map(({ scopeName }) => scopeName),
  });
  const grammar = await registry.loadGrammar(scope);
  let state = INITIAL;
  return text.split("\n").flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map(
      ({ startIndex, endIndex, scopes }) => [line.slice(startIndex, endIndex), scopes.at(-1) ?? ""] as const,
    );
  });
}

type Tokens = readonly (readonly [string, string])[];

function scopeOf(tokens: Tokens, text: string): string {
  return tokens.find(([piece]) => piece.trim() === text)?.[1] ?? `no token ${text}`;
}

const cases: Readonly<Record<string, readonly [scope: string, text: string]>> = {
  "one line": [
    "source.shell",
    "sudo bpftrace -q -e 'kprobe:vfs_read { @[comm] = count(); }' --unsafe\necho $HOME",
  ],
  "several lines": ["source.shell", "bpftrace -e '\nkprobe:vfs_read\n{ @[comm] = count(); }\n'\necho $HOME"],
  "a continued command": [
    "source.shell",
    "bpftrace \\\n  -e 'kprobe:vfs_read { @[comm] = count(); }'\necho $HOME",
  ],
  "double quotes": [
    "source.shell",
    'bpftrace -e "kprobe:vfs_read { printf(\\"x\\"); @[comm] = count(); }"\necho $HOME',
  ],
  "a comment at the end": [
    "source.shell",
    "bpftrace -e 'kprobe:vfs_read { @[comm] = count(); } // c'\necho $HOME",
  ],
  "our command": ["source.shell", "probewright run -e 'kprobe:vfs_read { @[comm] = count(); }'\necho $HOME"],
  "a fenced block": ["text.html.markdown", "# x\n```bpftrace\nkprobe:vfs_read { @[comm] = count(); }\n```\n"],
  "a fenced block of tildes": ["text.html.markdown", "~~~bt\nkprobe:vfs_read { @[comm] = count(); }\n~~~\n"],
  "a command in a block": [
    "text.html.markdown",
    "```sh\nbpftrace -e 'kprobe:vfs_read { @[comm] = count(); }'\necho $HOME\n```\n",
  ],
};

for (const [name, [scope, text]] of Object.entries(cases)) {
  test(`scripts have their colours in ${name}`, { skip }, async () => {
    const tokens = await tokensOf(scope, text);
    assert.equal(scopeOf(tokens, "kprobe"), "keyword.other.probe.bpftrace");
    assert.equal(scopeOf(tokens, ":vfs_read"), "entity.name.function.attach-point.bpftrace");
    assert.equal(scopeOf(tokens, "comm"), "variable.language.bpftrace");
    assert.equal(scopeOf(tokens, "count"), "support.function.bpftrace");
    // What follows is the file's own again.
    if (text.includes("echo")) assert.match(scopeOf(tokens, "echo"), /shell/);
    const after = await tokensOf(scope, `${text}\nkprobe:vfs_read`);
    assert.doesNotMatch(after.at(-1)?.[1] ?? "", /bpftrace/);
  });
}

for (const [name, text] of Object.entries({
  "a comment": "# bpftrace -e 'kprobe:f { }'",
  "other commands": "sed -e 'kprobe:f { }' < bpftrace",
  "a command without a script": "if ! command -v bpftrace >/dev/null; then exit 1; fi",
})) {
  test(`the shell keeps its colours in ${name}`, { skip }, async () => {
    assert.deepEqual(
      (await tokensOf("source.shell", text)).filter(([, scope]) => scope.includes("bpftrace")),
      [],
    );
  });
}
