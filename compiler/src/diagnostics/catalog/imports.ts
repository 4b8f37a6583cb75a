/** Findings about imports and includes. Codes PW74xx. */

import { diagnosticRow } from "../row.ts";

export const importNotFound = diagnosticRow<{ readonly path: string }>({
  code: "PW7401",
  name: "import-not-found",
  severity: "error",
  message: ({ path }) => `there is nothing to import at '${path}'`,
  explain: "Paths are looked for beside the importing file, then in the import directories.",
  example: 'import "no/such/file.bt"; begin { print(1); }\n       ^^^^^^^^^^^^^^^^^',
});

export const importRefused = diagnosticRow<{ readonly path: string; readonly reason: string }>({
  code: "PW7402",
  name: "import-refused",
  severity: "error",
  message: ({ path, reason }) => `'${path}' cannot be imported: ${reason}`,
  explain:
    "Files that anybody may write are refused, and so are files of a kind that has no place in a script.",
  example: 'import "notes.txt"; begin { print(1); }\n       ^^^^^^^^^^^',
});

export const importHasConfig = diagnosticRow<{ readonly path: string }>({
  code: "PW7403",
  name: "import-has-config",
  severity: "error",
  message: ({ path }) => `'${path}' has a config block, which only the main script may have`,
  explain: "Settings are for the whole program, so they stand in the script that is run.",
  example: "",
});

export const includeNotFound = diagnosticRow<{ readonly path: string }>({
  code: "PW7404",
  name: "include-not-found",
  severity: "error",
  message: ({ path }) => `there is no header '${path}'`,
  explain:
    "Types of the kernel are known without including anything. Other headers are looked for in the include directories.",
  example: "#include <no/such/header.h>\n^^^^^^^^^^^^^^^^^^^^^^^^^^^\nbegin { print(1); }",
});

export const includeRefused = diagnosticRow<{ readonly path: string; readonly reason: string }>({
  code: "PW7405",
  name: "include-refused",
  severity: "error",
  message: ({ path, reason }) => `'${path}' cannot be included: ${reason}`,
  explain: "A header that BTF does not make unnecessary is preprocessed by an installed clang.",
  example: "",
});

export const importedScriptHasErrors = diagnosticRow<{ readonly path: string; readonly text: string }>({
  code: "PW7406",
  name: "imported-script-has-errors",
  severity: "error",
  message: ({ path, text }) => `'${path}': ${text}`,
  explain: "An imported script must be in order before the importing one can be.",
  example: "",
});

export const includeNotRead = diagnosticRow<{ readonly path: string }>({
  code: "PW7407",
  name: "include-not-read",
  severity: "hint",
  message: ({ path }) => `'${path}' was not read; its types come from the kernel's own type information`,
  explain: "Types of the kernel are known without including anything; constants made with `#define` are not.",
  example: "#include <linux/sched.h>\n^^^^^^^^^^^^^^^^^^^^^^^^\nbegin { print(1); }",
});

export const invalidCDefinition = diagnosticRow<{ readonly text: string }>({
  code: "PW7408",
  name: "invalid-c-definition",
  severity: "error",
  message: ({ text }) => text,
  explain: "Structs, unions, enums and `#define` at the top of a script are written as in C.",
  example: "struct a { struct missing b; };\n                          ^\nbegin { print(1); }",
});

export const kernelTypeRedefined = diagnosticRow<{ readonly name: string }>({
  code: "PW7409",
  name: "kernel-type-redefined",
  severity: "warning",
  message: ({ name }) => `'${name}' replaces the kernel's own definition`,
  explain:
    "Fields are read at the offsets of the script's definition, right or wrong for the running kernel. C definitions of such a script do not see kernel types, so what they need must be defined as well. Leave the definition out to use the kernel's.",
  example: "",
});

export const includePending = diagnosticRow<{ readonly path: string }>({
  code: "PW7410",
  name: "include-pending",
  severity: "hint",
  message: ({ path }) =>
    `'${path}' is read when the script is saved; until then its names are taken on trust`,
  explain:
    "Headers are read by a C compiler, which takes too long to start while somebody types. Saving the script, and the command line, read them.",
  example: "",
});
