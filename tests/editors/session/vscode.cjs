/** The session of played.ts inside VS Code's extension host, by the commands that a user has. Rejecting is failing. */
"use strict";

const vscode = require("vscode");

const { until } = require("../vscode/until.cjs");

async function play() {
  const [folder] = vscode.workspace.workspaceFolders;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, "session.bt"));
  const editor = await vscode.window.showTextDocument(document);
  const { uri } = document;
  const at = (line, character) => new vscode.Position(line, character);
  const ask = (command, ...rest) => vscode.commands.executeCommand(`vscode.execute${command}`, uri, ...rest);

  const [mistake] = await until("a diagnostic", () => vscode.languages.getDiagnostics(uri));
  const fixes = await until("fixes", () => ask("CodeActionProvider", mistake.range, "quickfix"));
  await vscode.workspace.applyEdit(fixes[0].edit);
  await until("the fix", () => document.getText().includes("twice(pid)"));
  await until("no diagnostic", () => vscode.languages.getDiagnostics(uri).length === 0);

  await until("hover", () => ask("HoverProvider", at(3, 18)));
  await until("definition", () => ask("DefinitionProvider", at(3, 12)));
  await until("references", () => ask("ReferenceProvider", at(4, 9)));

  await editor.edit((edit) => edit.insert(at(5, 0), "  print(nse\n"));
  const { items } = await ask("CompletionItemProvider", at(5, 11));
  if (!items.some(({ label }) => (label.label ?? label) === "nsecs")) throw new Error("no completion");
  await editor.edit((edit) => edit.delete(new vscode.Range(5, 0, 6, 0)));

  await vscode.workspace.applyEdit(await ask("DocumentRenameProvider", at(4, 9), "total"));
  editor.selection = new vscode.Selection(at(0, 0), at(0, 0));
  await vscode.commands.executeCommand("editor.action.formatDocument");
  await until("formatting", () => document.getText().includes("\n  n * 2\n"));
  await document.save();
}

module.exports = {
  run: async () => {
    try {
      await play();
      console.log("ok 1 - the session");
    } catch (error) {
      console.log(`not ok 1 - the session: ${error.message}`);
      throw error;
    }
  },
};
