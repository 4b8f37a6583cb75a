/** Findings about fields, elements, indices and pointers. Codes PW3xxx. */

import { diagnosticRow } from "../row.ts";

const didYouMean = (nearest: string | undefined): string =>
  nearest === undefined ? "" : `; did you mean '${nearest}'?`;

export const fieldOnNonStruct = diagnosticRow<{ readonly field: string; readonly type: string }>({
  code: "PW3015",
  name: "field-on-non-struct",
  severity: "error",
  message: ({ field, type }) => `${type} has no fields, so there is no '${field}'`,
  explain:
    "Fields belong to structs, unions and records, or pointers to them. Cast a number first: `((struct task_struct *)arg0)->pid`.",
  example: "begin { $i = 1; print($i.f); }\n                         ^",
});

export const unknownStruct = diagnosticRow<{ readonly name: string; readonly nearest: string | undefined }>({
  code: "PW3016",
  name: "unknown-struct",
  severity: "error",
  message: ({ name, nearest }) => `the fields of '${name}' are not known${didYouMean(nearest)}`,
  explain:
    "Neither the script nor the kernel's type information defines it. Include a header, or define the struct at the top of the script.",
  example:
    "struct a { struct hidden *b; }; begin { $p = (struct a *)0; print($p->b->c); }\n                                                                         ^",
});

export const unknownField = diagnosticRow<{
  readonly owner: string;
  readonly field: string;
  readonly nearest: string | undefined;
}>({
  code: "PW3017",
  name: "unknown-field",
  severity: "error",
  message: ({ owner, field, nearest }) => `${owner} has no field '${field}'${didYouMean(nearest)}`,
  explain:
    "The fields are those of this kernel's type information, or of the definition in the script. They differ between kernel versions.",
  example:
    "struct t { int field; }; begin { print(((struct t *)0)->feild); }\n                                                        ^^^^^",
});

export const unsupportedPointerTag = diagnosticRow<{ readonly field: string; readonly tag: string }>({
  code: "PW3018",
  name: "unsupported-pointer-tag",
  severity: "error",
  message: ({ field, tag }) => `'${field}' points into '${tag}' memory, which cannot be read through it`,
  explain:
    "The kernel marks some pointers with the kind of memory they point to. `user`, `percpu` and `rcu` are understood.",
  example: "fentry:mapped { print(args.device->registers); }\n                                   ^^^^^^^^^",
});

export const commonTracepointField = diagnosticRow<{ readonly field: string }>({
  code: "PW3019",
  name: "common-tracepoint-field",
  severity: "error",
  message: ({ field }) => `'${field}' is part of every tracepoint's header, which programs cannot read`,
  explain: "Use builtins instead: `pid`, `tid`, `comm`, `cpu`.",
  example:
    "tracepoint:sched:sched_switch { print(args.common_pid); }\n                                           ^^^^^^^^^^",
});

export const notIndexable = diagnosticRow<{ readonly type: string }>({
  code: "PW3020",
  name: "not-indexable",
  severity: "error",
  message: ({ type }) => `${type} has no elements`,
  explain: "Arrays, strings, pointers and tuples can be indexed. Cast a number to a pointer first.",
  example: "begin { $s = nsecs; print($s[0]); }\n                          ^^",
});

export const indexType = diagnosticRow<{ readonly type: string }>({
  code: "PW3021",
  name: "index-type",
  severity: "error",
  message: ({ type }) => `an index is an unsigned integer, not ${type}`,
  explain: "A signed index could be negative. Cast it: `$a[(uint64)$i]`.",
  example: 'begin { $i = -1; $s = "ab"; print($s[$i]); }\n                                     ^^',
});

export const indexOutOfBounds = diagnosticRow<{ readonly index: string; readonly count: number }>({
  code: "PW3022",
  name: "index-out-of-bounds",
  severity: "error",
  message: ({ index, count }) => `index ${index} is outside of ${count} element${count === 1 ? "" : "s"}`,
  explain: "Elements are counted from 0. What lies behind the last one is other memory.",
  example:
    "struct s { int y[4]; }; begin { print(((struct s *)0)->y[5]); }\n                                                         ^",
});

export const voidPointer = diagnosticRow<{ readonly operation: string }>({
  code: "PW3023",
  name: "void-pointer",
  severity: "error",
  message: ({ operation }) =>
    `a void pointer cannot be ${operation}: the size of what it points to is not known`,
  explain: "Cast it to a pointer to what is really there.",
  example: "begin { $p = (void *)1; print($p[0]); }\n                              ^^",
});

export const tupleIndex = diagnosticRow<{ readonly index: string; readonly count: number }>({
  code: "PW3024",
  name: "tuple-index",
  severity: "error",
  message: ({ index, count }) => `a tuple of ${count} has no element ${index}`,
  explain:
    "The elements of a tuple are `.0`, `.1` and so on; the number is written in the script, not computed.",
  example: "begin { $t = (1, 2); print($t.5); }\n                              ^",
});

export const notDereferenceable = diagnosticRow<{ readonly type: string }>({
  code: "PW3025",
  name: "not-dereferenceable",
  severity: "error",
  message: ({ type }) => `${type} is no pointer and cannot be dereferenced`,
  explain: "`*` reads the memory a pointer or an address points to.",
  example: "begin { print(*comm); }\n               ^^^^",
});

export const offsetOfSubject = diagnosticRow<{ readonly type: string }>({
  code: "PW3029",
  name: "offsetof-subject",
  severity: "error",
  message: ({ type }) => `'offsetof' needs a struct or union, not ${type}`,
  explain: "Each name of the path but the last must be a nested struct, not a pointer to one.",
  example: "begin { print(offsetof(int32, x)); }\n                              ^",
});

export const addressSpaceUnset = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW3035",
  name: "address-space-unset",
  severity: "warning",
  message: () => "this address may be in kernel or user memory; say which with kptr() or uptr()",
  explain:
    "In this probe nothing tells where plain numbers point to. Reads go through the older kernel helper that tries both, which does not exist on every architecture.",
  example:
    "struct s { char c[8]; }; begin { print(((struct s *)1234)->c); }\n                                        ^^^^^^^^^^^^^^^^",
});

export const fractionWritten = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW3040",
  name: "fraction",
  severity: "error",
  message: () =>
    "there are no fractions: numbers are whole here, and durations have units ('1500ms' for 1.5s)",
  explain:
    "All numbers are integers. Count in a smaller unit, such as nanoseconds or bytes, and divide when printing: `print(@m, 0, 1000)`.",
  example: "begin { print(1.5); }\n              ^^^",
});
