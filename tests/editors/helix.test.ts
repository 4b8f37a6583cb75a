/** Helix as client/helix/install.sh sets it up, in a real terminal: tmux types, and its screen is read. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";

import { toolPaths, unmet } from "../harness/needs.ts";
import { here } from "./scripted.ts";
import { startTerminal } from "./terminal.ts";

const cannotRun = unmet("linux", "root", "bpf", "loader", "llvm-bindings");

const SCRIPT = `begin
{
  $count = 1;
  $count = "x";
  print($count);
  printf("%d", pid);
}
`;

/** The blocks of TOML in Helix's own README: a key that runs scripts, and the server for files that hold some. */
function readmeBlocks(): readonly string[] {
  const readme = readFileSync(here("../../client/helix/README.md"), "utf8");
  return [...readme.matchAll(/^```toml\n([^]*?)^```/gm)].map(([, block = ""]) => block);
}

test("a session: set-up, diagnostics, hover, completion, rename, format, a run, a script in a shell script", {
  skip: unmet("executable", "helix", "gcc"),
}, async (t) => {
  const home = mkdtempSync(join(tmpdir(), "probewright-helix-"));
  const environment = {
    // The command on the PATH, as the README has it.
    PATH: [here("../../server/bin"), process.env["PATH"]].join(delimiter),
    HOME: home,
    TERM: "tmux-256color",
    LC_ALL: "C.UTF-8",
  };
  const script = join(home, "a.bt");
  writeFileSync(script, SCRIPT);
  const saved = (): string => readFileSync(script, "utf8");

  await t.test("what install.sh sets up is whole, and a second time changes nothing", () => {
    const install = (): string =>
      execFileSync("bash", [here("../../client/helix/install.sh")], { encoding: "utf8", env: environment });
    install();
    const languages = readFileSync(join(home, ".config/helix/languages.toml"), "utf8");
    assert.match(install(), /has bpftrace already/);
    assert.equal(readFileSync(join(home, ".config/helix/languages.toml"), "utf8"), languages);
    const health = execFileSync(toolPaths.helix, ["--health", "bpftrace"], {
      encoding: "utf8",
      env: environment,
    });
    for (const part of ["parser", "Highlight queries", "Textobject queries", "Indent queries"])
      assert.match(health, new RegExp(`${part}: .*✓`), health);
  });

  const [key = "", others = ""] = readmeBlocks();
  writeFileSync(join(home, ".config/helix/config.toml"), key);
  appendFileSync(join(home, ".config/helix/languages.toml"), `\n${others}`);
  writeFileSync(join(home, "run.bt"), 'begin { printf("ran %d\\n", 6 * 7); exit(); }\n');
  writeFileSync(join(home, "trace.sh"), "#!/bin/sh\nbpftrace -e 'begin { print($none); }'\n");

  const terminal = startTerminal(`'${toolPaths.helix}' '${script}'`, environment);
  const { keys, see, escape } = terminal;
  try {
    await t.test("a mistake is marked in its line", async () => {
      await see("●");
      keys("]d");
      await see("cannot take string");
    });
    await t.test("hover tells about a builtin", async () => {
      await escape();
      keys("6gg", "gl", "Fp", "Space", "k");
      await see(/process/i);
      await escape();
    });
    await t.test("completion offers what the letters begin", async () => {
      keys("6gg", "o", "print(nse");
      await see(/nsecs +\S/);
      await escape();
      await escape();
      keys("x", "d");
    });
    await t.test("rename changes every use", async () => {
      keys("3gg", "fc", "Space", "r");
      await see("rename-to");
      keys("C-u", "total", "Enter");
      await see("print($total)");
      await see('$total = "x"');
    });
    await t.test("formatting lays the script out, once the mistake is mended", async () => {
      await escape();
      keys("4gg", "x", "d");
      keys("ggO", "config={max_map_keys=10}");
      await escape();
      keys(":format", "Enter");
      await see("  max_map_keys = 10;");
      keys(":write", "Enter");
      await see("written");
      assert.equal(
        saved(),
        'config = {\n  max_map_keys = 10;\n}\nbegin\n{\n  $total = 1;\n  print($total);\n  printf("%d", pid);\n}\n',
      );
    });
    await t.test("a script inside a shell script is checked", async () => {
      keys(`:open ${join(home, "trace.sh")}`, "Enter");
      await see("print($none)");
      await see("●");
    });
    await t.test("the key of its README runs a script", { skip: cannotRun }, async () => {
      keys(`:open ${join(home, "run.bt")}`, "Enter");
      await see("printf");
      keys("Space", "R");
      await see("ran 42");
    });
  } finally {
    terminal.close();
    rmSync(home, { recursive: true, force: true });
  }
});
