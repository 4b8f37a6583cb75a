/** Where nothing of a kernel can be seen and nothing reached, for a user without rights: the default profile answers as well. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { unmet } from "./harness/needs.ts";

const executable = fileURLToPath(new URL("../server/bin/probewright", import.meta.url));

/** A checkout in somebody's home may be closed to others. */
function unreadable(): string | false {
  const asNobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups", "test", "-r", executable];
  return spawnSync("setpriv", asNobody).status === 0 ? false : "needs a checkout that everyone may read";
}

const SCRIPT = `begin { printf("%d\\n"); print(curtask.pid); }
kprobe:tcp_sendmsgg { print(((struct sock *)arg0)->nothing); }
tracepoint:sched:sched_switch { print(args.prev_comm); print(args.nothing); }
`;

/** Hides what shows the kernel, then becomes nobody. */
const HIDE = `mount -t tmpfs none /sys && mount -t tmpfs none /boot && exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"`;

const lacking = unmet("linux", "root", "executable", "unshare");

test("diagnostics are those of the default profile", {
  skip: lacking === false ? unreadable() : lacking,
}, (t) => {
  const folder = mkdtempSync(join(tmpdir(), "probewright-empty-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, "script.bt");
  writeFileSync(file, SCRIPT);
  chmodSync(folder, 0o755);

  const check = [process.execPath, executable, "check", "--format", "json", file];
  const hidden = spawnSync("unshare", ["--mount", "--net", "sh", "-c", HIDE, "sh", ...check], {
    encoding: "utf8",
  });
  const open = spawnSync(check[0] ?? "", [...check.slice(1), "--kernel", "default"], { encoding: "utf8" });
  assert.equal(hidden.status, 1, hidden.stderr);
  assert.equal(hidden.stdout, open.stdout);
  for (const code of ["PW5008", "PW9016", "PW3017"]) assert.ok(hidden.stdout.includes(code), code);
});
