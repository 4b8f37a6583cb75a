/** Quick fixes: applied to the script, they mend what they are for. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createLocator } from "../diagnostics/locate.ts";
import { checkText, parse } from "./testing/check-text.ts";

/** The script after the first fix of the finding with that code. */
function fixed(text: string, code: string): string {
  const script = parse(text);
  const { findings } = checkText(text);
  const finding = findings.find((each) => each.code === code);
  assert.ok(finding !== undefined, `${code} in ${text}`);
  const [fix] = finding.diagnostic.fixes;
  assert.ok(fix !== undefined, `${code} has a fix in ${text}`);
  // Places are in the items of the script that was checked; a second parse has equal items at equal offsets.
  const locator = createLocator([{ name: "script.bt", text, script }]);
  const starts = new Map(script.items.map(({ item, start }) => [item.text, start]));
  const edits = fix.edits
    .map(({ place, text: inserted }) => {
      const start = locator.absolute(place)?.start ?? (starts.get(place.item.text) ?? 0) + place.span.start;
      return { start, end: start + place.span.end - place.span.start, inserted };
    })
    .toSorted((a, b) => b.start - a.start);
  let result = text;
  for (const { start, end, inserted } of edits)
    result = result.slice(0, start) + inserted + result.slice(end);
  assert.ok(!checkText(result).findings.some((each) => each.code === code), result);
  return result;
}

test("misspelt names", () => {
  assert.equal(fixed("begin { print(comn); }", "PW2011"), "begin { print(comm); }");
  assert.equal(fixed('begin { pritnf("hi"); }', "PW2012"), 'begin { printf("hi"); }');
  assert.equal(
    fixed("begin { $total = 1; print($totl); }", "PW2001"),
    "begin { $total = 1; print($total); }",
  );
  assert.equal(
    fixed("begin { @bytes = 1; clear(@byts); }", "PW2008"),
    "begin { @bytes = 1; clear(@bytes); }",
  );
  assert.equal(
    fixed("struct s { int count; }; begin { print(((struct s *)0)->cout); }", "PW3017"),
    "struct s { int count; }; begin { print(((struct s *)0)->count); }",
  );
});

test("conversions and values nobody uses", () => {
  assert.equal(
    fixed("begin { let $u : uint8 = (int64)5; print($u); }", "PW3003"),
    "begin { let $u : uint8 = (uint8)(int64)5; print($u); }",
  );
  assert.equal(fixed("begin { pid; }", "PW6014"), "begin { _ = pid; }");
  assert.equal(fixed("begin { print((uint64)nsecs); }", "PW3014"), "begin { print(nsecs); }");
});

test("old spellings", () => {
  assert.equal(
    fixed("begin { @m[1] = 1; _ = delete(@m[1]); }", "PW8010"),
    "begin { @m[1] = 1; _ = delete(@m, 1); }",
  );
  assert.equal(
    fixed("begin { @m[1, 2] = 1; _ = delete(@m[1, 2]); }", "PW8010"),
    "begin { @m[1, 2] = 1; _ = delete(@m, (1, 2)); }",
  );
  assert.equal(
    fixed("config = { strlen = 64 } begin { print(1); }", "PW7204"),
    "config = { max_strlen = 64 } begin { print(1); }",
  );
});

test("what is not used", () => {
  assert.equal(fixed("let @m = hash(5);\nbegin { print(1); }", "PW2009"), "\nbegin { print(1); }");
});

test("types that nothing defines, the script's own among them", () => {
  const own = "struct conn { int a; }; typedef struct conn conn_t; ";
  assert.equal(
    fixed(`${own}begin { print(sizeof(struct con)); }`, "PW3011"),
    `${own}begin { print(sizeof(struct conn)); }`,
  );
  assert.equal(
    fixed(`${own}begin { $a = (con_t *)0; print($a); }`, "PW3011"),
    `${own}begin { $a = (conn_t *)0; print($a); }`,
  );
  assert.equal(
    fixed("begin { print(sizeof(struct task_strct)); }", "PW3011"),
    "begin { print(sizeof(struct task_struct)); }",
  );
  assert.equal(
    fixed("begin { $a = (task_strct *)0; print($a); }", "PW3011"),
    "begin { $a = (struct task_struct *)0; print($a); }",
  );
  assert.equal(
    fixed("begin { let $a : unit64 = 1; print($a); }", "PW3011"),
    "begin { let $a : uint64 = 1; print($a); }",
  );
});

test("no statement is offered where there is no place for one", () => {
  const { findings } = checkText("begin { pid ? tid : (cpu); (uid); }");
  const discarded = findings.filter(({ code }) => code === "PW6014");
  assert.deepEqual(
    discarded.map(({ text, diagnostic }) => [text, diagnostic.fixes.length]),
    [
      ["tid", 0],
      ["cpu", 0],
      ["uid", 0],
    ],
  );
});

test("a variable nobody uses keeps what is done to compute it", () => {
  assert.equal(fixed("begin { $x = pid; }", "PW8008"), "begin { _ = pid; }");
  assert.equal(fixed("begin { let $x : uint32 = pid; }", "PW8008"), "begin { _ = pid; }");
  assert.equal(fixed("begin { if (1) { let $x = pid; } }", "PW8008"), "begin { if (1) { _ = pid; } }");
  assert.equal(fixed("begin { $x = (pid + 1) * 2; }", "PW8008"), "begin { _ = (pid + 1) * 2; }");
  assert.equal(fixed("begin { let $x : int64 = ((int64)pid); }", "PW8008"), "begin { _ = ((int64)pid); }");
});

test("what stands too late goes where it belongs", () => {
  const config = "config = { max_map_keys = 10 }";
  assert.equal(
    fixed(`#include <linux/fs.h>\n// first\nbegin { }\n${config}`, "PW1066"),
    `#include <linux/fs.h>\n// first\n${config}\n\nbegin { }\n`,
  );
  assert.equal(fixed('begin { }\nimport "lib.bt";', "PW1068"), 'import "lib.bt";\n\nbegin { }\n');
  assert.equal(
    fixed(`${config}\nbegin { }\nstruct s { int a; };`, "PW1065"),
    `struct s { int a; };\n\n${config}\nbegin { }\n`,
  );
});
