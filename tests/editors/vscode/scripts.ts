/** The scripts that the editor's tests open. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const files: Readonly<Record<string, string>> = {
  "wrong.bt": 'begin\n{\n  $a = 1;\n  $a = "x";\n  print($a);\n}\n',
  "right.bt": 'interval:ms:100\n{\n  printf("tick %d\\n", pid);\n  @ticks = count();\n}\n',
  "opens.bt": `/* Who opens files, and how long their names are. */
tracepoint:syscalls:sys_enter_openat
{
  @opens[comm] = count();
  @length = hist(strlen(str(args.filename)));
  printf("%-16s %s\\n", comm, str(args.filename));
}
`,
  "tests.bt": `test:sums { assert(1 + 1 == 2, "sums add up"); }
test:wrong { assert(1 == 2, "one is not two"); }
bench:quick { @x = 1; }
`,
  "ticks.bt": `interval:ms:50
{
  @ticks[probe] = count();
  @spread = hist(nsecs % 1000);
  printf("tick %d\\n", pid);
}
`,
  // Until it is stopped: who runs it need not look at losses in time.
  "losing.bt": `config = { perf_rb_pages = 1 }
interval:ms:200
{
  for ($i : 0..5000) { printf("line %d of many\\n", $i); }
}
`,
  "takes.bt": 'begin\n{\n  printf("%s %d\\n", str($1), getopt("depth", 3));\n}\n',
};

/** A new folder with all of them. */
export function scriptFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "probewright-vscode-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
