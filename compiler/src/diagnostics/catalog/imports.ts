/** Findings about imports and includes. Codes PW74xx. */

import { diagnosticRow } from "../row.ts";

export const importNotFound = diagnosticRow<{ readonly path: string }>({
  code: "PW7401",
  name: "import-not-found",
  severity: "error",
  message: ({ path }) => `there is nothing to import at '${path}'`,
  explain:
    "Paths are looked for beside the importing file, then in the include directories (`-I`), then in the standard library.",
  example: 'import "no/such/file.bt"; begin { print(1); }\n       ^^^^^^^^^^^^^^^^^',
});

export const importRefused = diagnosticRow<{ readonly path: string; readonly reason: string }>({
  code: "PW7402",
  name: "import-refused",
  severity: "error",
  message: ({ path, reason }) => `'${path}' cannot be imported: ${reason}`,
  explain:
    "Files that anybody may write are refused, and so are files of a kind that has no place in a script: scripts (`.bt`), C files for BPF (`.bpf.c`), objects made of them (`.bpf.o`), headers (`.h`) and folders of these have one. C files are compiled by an installed clang. Objects must be of 64 bits and little-endian, and tell the types of their functions: `clang -target bpf -O2 -g -c`.",
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

export const cImportPending = diagnosticRow<{ readonly path: string }>({
  code: "PW7411",
  name: "c-import-pending",
  severity: "hint",
  message: ({ path }) =>
    `'${path}' is compiled when the script is saved; until then its functions are taken on trust`,
  explain:
    "C files are compiled by clang, which takes too long to start while somebody types. Saving the script, and the command line, compile them.",
  example: "",
});

export const cProgramsIgnored = diagnosticRow<{
  readonly path: string;
  readonly programs: readonly string[];
}>({
  code: "PW7412",
  name: "c-programs-ignored",
  severity: "warning",
  message: ({ path, programs }) =>
    `${programs.map((name) => `'${name}'`).join(", ")} in '${path}' will not be attached: only functions are taken from C files`,
  explain:
    "A function with a section of its own (`SEC(...)`) is a program, and what a script attaches is in its probes. Leave the section out to call the function.",
  example: "",
});

export const cFunctionTwice = diagnosticRow<{
  readonly name: string;
  readonly path: string;
  readonly other: string;
}>({
  code: "PW7413",
  name: "c-function-twice",
  severity: "error",
  message: ({ name, path, other }) => `the function '${name}' of '${path}' is also defined in ${other}`,
  explain: "Functions of C files and of scripts are called by name, so each name can be there once.",
  example: "",
});

export const cFunctionUnusable = diagnosticRow<{ readonly name: string; readonly reason: string }>({
  code: "PW7414",
  name: "c-function-unusable",
  severity: "error",
  message: ({ name, reason }) => `the C function '${name}' cannot be called: ${reason}`,
  explain:
    "Functions of C files can be called when they are not `static` and take and return integers, truth values, enums and pointers, at most five of them.",
  example: "",
});

export const cFunctionHidden = diagnosticRow<{ readonly name: string; readonly path: string }>({
  code: "PW7415",
  name: "c-function-hidden",
  severity: "warning",
  message: ({ name, path }) => `this calls the language's own '${name}', not the function in '${path}'`,
  explain:
    "Names of the language come first. Rename the C function, or call it from another one in its file.",
  example: "",
});

export const cNameUndefined = diagnosticRow<{
  readonly path: string;
  readonly name: string;
  readonly functions: readonly string[];
  /** A C file that defines it, out of reach of the object that uses it. */
  readonly inSource: string | undefined;
}>({
  code: "PW7416",
  name: "c-name-undefined",
  severity: "error",
  message: ({ path, name, functions, inSource }) =>
    `'${name}' is used in '${path}'${byFunctions(functions)} and ${
      inSource === undefined
        ? "defined in no imported file"
        : `defined in '${inSource}' only: objects cannot use what C files define`
    }`,
  explain:
    "What a C file only declares must be defined in another file that the script imports, or by the kernel, which the declaration says with `__ksym` or `__kconfig`. An object (`.bpf.o`) can use what other objects define, not what C files do. Only what the script comes to call counts.",
  example: "",
});

function byFunctions(functions: readonly string[]): string {
  const [first] = functions;
  return first === undefined ? "" : ` by '${first}'`;
}

export const errorDirective = diagnosticRow<{ readonly text: string }>({
  code: "PW7417",
  name: "error-directive",
  severity: "error",
  message: ({ text }) => (text === "" ? "the script says '#error' here" : `the script says: ${text}`),
  explain: "A line `#error` says that the script cannot be used as it is, unless a condition leaves it out.",
  example: "#error set PORT first\n^^^^^^^^^^^^^^^^^^^^^\nbegin { print(1); }",
});

export const warningDirective = diagnosticRow<{ readonly text: string }>({
  code: "PW7418",
  name: "warning-directive",
  severity: "warning",
  message: ({ text }) => (text === "" ? "the script says '#warning' here" : `the script says: ${text}`),
  explain: "A line `#warning` is there to be read by whoever uses the script.",
  example: "#warning slow on large machines\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\nbegin { print(1); }",
});

export const conditionUnbalanced = diagnosticRow<{ readonly directive: string; readonly lacks: string }>({
  code: "PW7419",
  name: "condition-unbalanced",
  severity: "error",
  message: ({ directive, lacks }) => `'#${directive}' has no '${lacks}'`,
  explain:
    "`#if`, `#ifdef` and `#ifndef` begin a condition; `#elif`, `#else` and `#endif` belong to the last one begun.",
  example: "#ifdef WIDE\n^^^^^^^^^^^\nstruct a { int x; };\nbegin { print(1); }",
});

export const conditionNotUnderstood = diagnosticRow<{ readonly text: string }>({
  code: "PW7420",
  name: "condition-not-understood",
  severity: "error",
  message: ({ text }) =>
    text === "" ? "'#if' has no condition" : `the condition '${text}' is no constant that is known here`,
  explain:
    "Conditions are made of numbers, operators, `defined(NAME)` and object-like macros; other names count as 0. Macros with parameters are not carried out.",
  example: "#if VERSION(5, 8)\n^^^^^^^^^^^^^^^^^\n#endif\nbegin { print(1); }",
});
