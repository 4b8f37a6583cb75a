/** Runs inside VS Code's extension host, with its whole API: what the extension does there. Rejecting is failing. */
"use strict";

const assert = require("node:assert/strict");
const path = require("node:path");
const vscode = require("vscode");

const { until } = require("./until.cjs");

function fileIn(name) {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "a folder is open");
  return vscode.Uri.joinPath(folder.uri, name);
}

async function open(name) {
  const document = await vscode.workspace.openTextDocument(fileIn(name));
  await vscode.window.showTextDocument(document);
  return document;
}

async function diagnosesAtThePlace() {
  const document = await open("wrong.bt");
  assert.equal(document.languageId, "bpftrace");
  const [first] = await until("a diagnostic", () => vscode.languages.getDiagnostics(document.uri));
  assert.match(String(first.code?.value ?? first.code), /^PW\d{4}$/);
  assert.equal(first.range.start.line, 3);
}

async function hoversAndCompletes() {
  const document = await open("right.bt");
  const at = (line, character) => new vscode.Position(line, character);
  const hovers = await until("a hover", () =>
    vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, at(2, 23)),
  );
  assert.match(
    hovers.map((hover) => hover.contents.map((content) => content.value).join("\n")).join("\n"),
    /pid/,
  );
  const list = await vscode.commands.executeCommand(
    "vscode.executeCompletionItemProvider",
    document.uri,
    at(2, 24),
  );
  assert.ok(list.items.some((item) => (item.label.label ?? item.label) === "pid"));
}

async function offersLensesButRunsNothingUntrusted() {
  const document = await open("right.bt");
  const lenses = await until("lenses", () =>
    vscode.commands.executeCommand("vscode.executeCodeLensProvider", document.uri),
  );
  const run = lenses.find((lens) => lens.command?.title === "Run probe");
  assert.ok(run, "a lens runs the probe");
  assert.equal(vscode.workspace.isTrusted, false, "the test folder is not trusted");
  const before = vscode.window.terminals.length;
  void vscode.commands.executeCommand(run.command.command, ...run.command.arguments);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  assert.equal(vscode.window.terminals.length, before, "nothing was run");
}

async function servesScriptsInsideOtherFiles() {
  const texts = {
    shellscript: "#!/bin/sh\nbpftrace -e '\n  begin { print($none); }'\n",
    markdown: "# Notes\n\n```bpftrace\nbegin { print($none); }\n```\n",
  };
  for (const [language, content] of Object.entries(texts)) {
    const document = await vscode.workspace.openTextDocument({ language, content });
    await vscode.window.showTextDocument(document);
    const [first] = await until(`a diagnostic in ${language}`, () =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "probewright"),
    );
    assert.equal(document.getText(first.range), "$none");
    const inside = document.positionAt(content.indexOf("print") + 1);
    const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, inside);
    assert.match(hovers.map((hover) => hover.contents.map(({ value }) => value).join()).join(), /print/);
    const list = await vscode.commands.executeCommand(
      "vscode.executeCompletionItemProvider",
      document.uri,
      document.positionAt(content.indexOf("$none")),
    );
    assert.ok(list.items.some((item) => (item.label.label ?? item.label) === "pid"));
  }
}

async function run() {
  const tests = [
    diagnosesAtThePlace,
    hoversAndCompletes,
    servesScriptsInsideOtherFiles,
    offersLensesButRunsNothingUntrusted,
  ];
  let failures = 0;
  for (const [index, test] of tests.entries()) {
    try {
      await test();
      console.log(`ok ${index + 1} - ${test.name}`);
    } catch (error) {
      failures += 1;
      console.log(`not ok ${index + 1} - ${test.name}: ${error.message}`);
    }
  }
  if (failures > 0) throw new Error(`${failures} of ${tests.length} failed in ${path.basename(__filename)}`);
}

module.exports = { run };
