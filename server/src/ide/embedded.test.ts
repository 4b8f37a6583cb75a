/** Finding scripts in other files. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { embeddedScripts, hostLanguage, type HostLanguage } from "./embedded.ts";

function scripts(text: string, language: HostLanguage): readonly string[] {
  return embeddedScripts(text, language).map((each) => {
    assert.equal(each.text.length, text.length);
    assert.equal(each.text.split("\n").length, text.split("\n").length);
    assert.equal(each.text.slice(0, each.span.start).trim(), "");
    return each.text.slice(each.span.start, each.span.end);
  });
}

test("the argument of -e is a script, with what stands before it and around it", () => {
  const shell = `#!/bin/sh
bpftrace -e 'begin { exit(); }'
sudo bpftrace -v --unsafe \\
  -e 'interval:s:1 {
  print("a");
}' | grep x
probewright run -p 12 -e 'end { }' && echo done
timeout 3 bpftrace -qe "begin { printf(\\"%d\\", pid); }"
`;
  assert.deepEqual(scripts(shell, "shell"), [
    "begin { exit(); }",
    'interval:s:1 {\n  print("a");\n}',
    "end { }",
    'begin { printf( "%d ", pid); }',
  ]);
});

test("so is what a command reads on its standard input", () => {
  const shell = `sudo bpftrace - <<'EOF' | sort
begin { printf("it's %d\\n", $1); }
EOF
bpftrace -p 12 -c 'sleep 1' - first <<-"END"
\tend { exit(); }
\tEND
# bpftrace - <<'NO'
cat <<'EOF' | probewright run -q - > out
interval:s:1 { }
EOF
bpftrace <<EOF
kprobe:f { \\$x = 1; print(\\$x); }
EOF
bpftrace - \\
  -v <<\\EOF && bpftrace -e 'begin { }'
end { }
EOF
`;
  assert.deepEqual(scripts(shell, "shell"), [
    'begin { printf("it\'s %d\\n", $1); }\n',
    "\tend { exit(); }\n",
    "interval:s:1 { }\n",
    "kprobe:f {  $x = 1; print( $x); }\n",
    "begin { }",
    "end { }\n",
  ]);
});

test("what is read there is no script when one is named, when the shell writes in it, or when it does not end", () => {
  for (const [first, body] of [
    ["bpftrace script.bt <<'EOF'", "begin { }"],
    ["bpftrace -e 'end { }' <<'EOF'", "begin { }"],
    ["cat <<'EOF'", "begin { }"],
    ["cat <<'EOF' | grep bpftrace", "begin { }"],
    ["bpftrace - <<EOF", "kprobe:$FN { }"],
  ]) {
    const text = `${first}\n${body}\nEOF\n`;
    assert.deepEqual(
      scripts(text, "shell").filter((script) => script.includes(body ?? "")),
      [],
      first,
    );
  }
  assert.deepEqual(scripts("bpftrace - <<'EOF'\nbegin { }\n", "shell"), []);
});

test("a quote inside a quoted script keeps its place", () => {
  assert.deepEqual(scripts(`bpftrace -e 'begin { print("it'\\''s"); }'`, "shell"), [
    `begin { print("it   's"); }`,
  ]);
});

test("what is no script, has no end, or depends on the shell is left alone", () => {
  assert.deepEqual(scripts("grep -e 'begin' x; bpftrace script.bt\n", "shell"), []);
  assert.deepEqual(scripts("bpftrace -e 'begin {\n", "shell"), []);
  assert.deepEqual(scripts('bpftrace -e "kprobe:$FN { }"\n', "shell"), []);
});

test("fenced blocks of Markdown are scripts, and shell blocks hold them", () => {
  const markdown = `# Text
\`\`\`bpftrace
begin { }
\`\`\`
~~~ bt title="x"
end { }
~~~
\`\`\`c
begin { }
\`\`\`
\`\`\`console
# bpftrace -e 'begin { exit(); }'
\`\`\`
`;
  assert.deepEqual(scripts(markdown, "markdown"), ["begin { }\n", "end { }\n", "begin { exit(); }"]);
});

test("the language is told by its name or by the file's", () => {
  assert.equal(hostLanguage("shellscript", "untitled:1"), "shell");
  assert.equal(hostLanguage("plaintext", "file:///a.md"), "markdown");
  assert.equal(hostLanguage("bpftrace", "file:///a.bt"), undefined);
});
