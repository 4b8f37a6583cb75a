/** Runs inside VS Code's web worker extension host: what the extension does in a browser alone. Rejecting is failing. */
"use strict";

const vscode = require("vscode");

const { until } = require("./until.cjs");

function check(holds, what) {
  if (!holds) throw new Error(`not so: ${what}`);
}

async function script(content) {
  const document = await vscode.workspace.openTextDocument({ language: "bpftrace", content });
  await vscode.window.showTextDocument(document);
  return document;
}

async function diagnoses() {
  const document = await script('begin\n{\n  $a = 1;\n  $a = "x";\n  print($a);\n}\n');
  const [first] = await until("a diagnostic", () => vscode.languages.getDiagnostics(document.uri));
  check(first.range.start.line === 3, "the mistake is in the fourth line");
}

async function knowsTheKernel() {
  const document = await script("tracepoint:syscalls:sys_enter_openat { print(args.filename); }\n");
  const at = new vscode.Position(0, 50);
  const [hover] = await until("a hover", () =>
    vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, at),
  );
  const text = hover.contents.map((content) => content.value).join("\n");
  check(text.includes("filename"), `the field is known: ${text}`);
}

async function doesNotRun() {
  const commands = await vscode.commands.getCommands(true);
  check(commands.includes("probewright.runScript"), "the command says why it cannot");
}

async function run() {
  const tests = [diagnoses, knowsTheKernel, doesNotRun];
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
  if (failures > 0) throw new Error(`${failures} of ${tests.length} failed`);
}

module.exports = { run };
