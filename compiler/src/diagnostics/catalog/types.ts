/** Findings about types of values: assignments, operators, casts, access, constants. Codes PW3xxx. */

import { diagnosticRow } from "../row.ts";

const didYouMean = (nearest: string | undefined): string =>
  nearest === undefined ? "" : `; did you mean '${nearest}'?`;

export const variableTypeMismatch = diagnosticRow<{
  readonly name: string;
  readonly expected: string;
  readonly got: string;
}>({
  code: "PW3001",
  name: "variable-type-mismatch",
  severity: "error",
  message: ({ name, expected, got }) => `'$${name}' is ${expected} and cannot take ${got}`,
  explain:
    "All assignments to a variable give it values of one kind; integers widen and strings grow by themselves. Use a second variable, or a cast where one is possible.",
  example: 'begin { $x = 1; $x = "a"; print($x); }\n                     ^^^',
});

export const notStorable = diagnosticRow<{ readonly type: string; readonly where: string }>({
  code: "PW3002",
  name: "not-storable",
  severity: "error",
  message: ({ type, where }) => `${type} cannot be kept in ${where}`,
  explain:
    "Histograms, time series, statistics, the empty tuple and the absence of a value are not values that can be moved around.",
  example: "begin { $x = print(1); }\n             ^^^^^^^^",
});

export const implicitConversion = diagnosticRow<{ readonly from: string; readonly to: string }>({
  code: "PW3003",
  name: "implicit-conversion",
  severity: "warning",
  message: ({ from, to }) => `${from} becomes ${to} here, which can change the value`,
  explain:
    "Storing a wider integer in a narrower one cuts it off, and a sign change turns large numbers negative or negative ones large. An explicit cast says that this is meant.",
  example: "begin { let $u : uint8 = (int64)5; print($u); }\n                         ^^^^^^^^",
});

export const literalDoesNotFit = diagnosticRow<{ readonly value: string; readonly type: string }>({
  code: "PW3004",
  name: "literal-does-not-fit",
  severity: "error",
  message: ({ value, type }) => `${value} does not fit in ${type}`,
  explain:
    "The number is outside the range of the type it is given to. Declare a wider type, or cast if the low bits are what is wanted.",
  example: "begin { let $u : uint8 = 256; print($u); }\n                         ^^^",
});

export const operatorNotDefined = diagnosticRow<{
  readonly operator: string;
  readonly left: string | undefined;
  readonly right: string;
}>({
  code: "PW3005",
  name: "operator-not-defined",
  severity: "error",
  message: ({ operator, left, right }) =>
    left === undefined
      ? `'${operator}' cannot be applied to ${right}`
      : `'${operator}' cannot be applied to ${left} and ${right}`,
  explain:
    "Arithmetic is for integers; pointers can be moved by an integer and compared; strings, tuples, records and arrays can be compared for equality.",
  example: 'begin { $x = "a" * pid; print($x); }\n             ^^^^^^^^^',
});

export const differentKindsCompared = diagnosticRow<{ readonly left: string; readonly right: string }>({
  code: "PW3006",
  name: "different-kinds-compared",
  severity: "error",
  message: ({ left, right }) => `${left} and ${right} cannot be compared`,
  explain: "Only values of one kind can be equal. Cast one side, or compare the parts that matter.",
  example: "begin { if (comm == 1) { print(1); } }\n            ^^^^^^^^^",
});

export const differentPointersCompared = diagnosticRow<{ readonly left: string; readonly right: string }>({
  code: "PW3007",
  name: "different-pointers-compared",
  severity: "warning",
  message: ({ left, right }) => `comparing pointers to different types: ${left} and ${right}`,
  explain: "The addresses are compared. If that is meant, cast one side to the type of the other.",
  example:
    "begin { $a = (int8*)1; $b = (int16*)2; print($a == $b); }\n                                             ^^^^^^^^",
});

export const mixedSignDivision = diagnosticRow<{
  readonly operator: string;
  readonly left: string;
  readonly right: string;
}>({
  code: "PW3008",
  name: "mixed-sign-division",
  severity: "warning",
  message: ({ operator, left, right }) =>
    `'${operator}' on ${left} and ${right}: the unsigned side is taken as signed`,
  explain:
    "Both sides are converted to int64 and the division is signed. Values of 2^63 and more turn negative by that. Cast one side to say which kind of division is meant.",
  example: "begin { @x = (uint64)8; @y = @x / (int64)2; }\n                             ^^^^^^^^^^^^^",
});

export const addressSpacesMixed = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW3009",
  name: "address-spaces-mixed",
  severity: "warning",
  message: () => "one pointer is to kernel memory and the other to user memory",
  explain:
    "The two are read with different kernel helpers. Say which one is meant with `kptr()` or `uptr()`.",
  example:
    "kprobe:f { print(kptr((int8*)arg0) == uptr((int8*)arg1)); }\n                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
});

export const invalidCast = diagnosticRow<{ readonly from: string; readonly to: string }>({
  code: "PW3010",
  name: "invalid-cast",
  severity: "error",
  message: ({ from, to }) => `${from} cannot be cast to ${to}`,
  explain:
    "Integers, booleans and pointers convert to each other; integers to arrays of the same size and back; strings only to larger strings. Structs are cast through pointers: `*(struct s *)p`.",
  example: "begin { $a = (string[8])5; print($a); }\n             ^^^^^^^^^^^^",
});

export const unknownType = diagnosticRow<{ readonly name: string; readonly nearest: string | undefined }>({
  code: "PW3011",
  name: "unknown-type",
  severity: "error",
  message: ({ name, nearest }) => `unknown type '${name}'${didYouMean(nearest)}`,
  explain:
    "Types are the language's own, those defined or included at the top of the script, and those of the kernel.",
  example: "begin { $a = (struct faketype *)0; print($a); }\n              ^^^^^^^^^^^^^^^",
});

export const notAnEnumMember = diagnosticRow<{ readonly value: string; readonly type: string }>({
  code: "PW3012",
  name: "not-an-enum-member",
  severity: "error",
  message: ({ value, type }) => `${type} has no member with the value ${value}`,
  explain:
    "A constant cast to an enum must be one of its values. A value known only at run time is not checked.",
  example:
    "enum color { RED = 1 } begin { print((enum color)5); }\n                                     ^^^^^^^^^^^^^",
});

export const castSize = diagnosticRow<{
  readonly from: string;
  readonly to: string;
  readonly fromSize: number;
  readonly toSize: number;
}>({
  code: "PW3013",
  name: "cast-size",
  severity: "error",
  message: ({ from, to, fromSize, toSize }) =>
    `${from} (${fromSize} bytes) cannot become ${to} (${toSize} bytes): the sizes must agree`,
  explain:
    "Integers and arrays are cast by their bytes, so both need the same size; an array of up to 8 bytes may be larger than the integer. `T[]` takes the count from the value.",
  example: "begin { @a = (uint8[16])(int32)1; }\n             ^^^^^^^^^^^^^^^^^^^",
});

export const unnecessaryCast = diagnosticRow<{ readonly type: string }>({
  code: "PW3014",
  name: "unnecessary-cast",
  severity: "warning",
  message: ({ type }) => `this already is ${type}`,
  explain: "A cast to the type a value has does nothing.",
  example: "begin { $a = (uint64)nsecs; print($a); }\n             ^^^^^^^^^^^^^",
  tags: ["unnecessary"],
});

export const stringTooLong = diagnosticRow<{ readonly length: number; readonly limit: number }>({
  code: "PW3027",
  name: "string-too-long",
  severity: "error",
  message: ({ length, limit }) => `this string has ${length} bytes; max_strlen allows ${limit}`,
  explain: "`max_strlen` counts the terminating NUL too. Format strings may be longer.",
  example:
    'config = { max_strlen = 4 } begin { $x = "abcdef"; print($x); }\n                                         ^^^^^^^^',
});

export const typeLocked = diagnosticRow<{
  readonly what: string;
  readonly locked: string;
  readonly got: string;
}>({
  code: "PW3028",
  name: "type-locked",
  severity: "error",
  message: ({ what, locked, got }) =>
    `'${what}' would become ${got}, but code was chosen on the ground that it is ${locked}`,
  explain:
    "A `comptime` condition asked for the type, so it can no longer change. Cast the value, or declare the type before.",
  example:
    'config = { unstable_typeinfo = enable } begin { if comptime (typeinfo(@a).full_type == "uint32") { @a = (uint64)2; } @a = (uint32)1; }\n                                                                                                   ^^^^^^^^^^^^^^^',
});

export const notConstant = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW3030",
  name: "not-constant",
  severity: "error",
  message: () => "the value of this is not known while compiling",
  explain: "`comptime` promises a constant: literals, `sizeof`, types and what is computed from them.",
  example: "begin { print(comptime (pid + 1)); }\n                        ^^^^^^^",
});

export const constantOverflow = diagnosticRow<{ readonly text: string }>({
  code: "PW3031",
  name: "constant-overflow",
  severity: "error",
  message: ({ text }) => `${text} does not fit in 64 bits`,
  explain: "Constants are computed exactly. At run time the same would silently wrap around.",
  example: "begin { print(0xffffffffffffffff + 1); }\n              ^^^^^^^^^^^^^^^^^^^^^^",
});

export const constantDivisionByZero = diagnosticRow<{ readonly operator: string }>({
  code: "PW3032",
  name: "constant-division-by-zero",
  severity: "error",
  message: ({ operator }) => `'${operator}' by zero`,
  explain:
    "At run time a zero divisor sends a warning event and gives 1. As a constant it can only be a mistake.",
  example: "begin { print(10 / 0); }\n              ^^^^^^",
});

export const constantShift = diagnosticRow<{ readonly count: string }>({
  code: "PW3033",
  name: "constant-shift",
  severity: "error",
  message: ({ count }) => `shifting by ${count}: a 64-bit value has room for 0 to 63`,
  explain: "What a shift by 64 or more gives depends on the machine.",
  example: "begin { print(1 << 64); }\n              ^^^^^^^",
});

export const stringSuffixPastEnd = diagnosticRow<{ readonly index: string; readonly length: number }>({
  code: "PW3034",
  name: "string-suffix-past-end",
  severity: "warning",
  message: ({ index, length }) => `the string has ${length} characters, so nothing is left from ${index}`,
  explain:
    "Adding a number to a constant string takes that many characters from its start, as with a pointer in C.",
  example: 'begin { print("abc" + 9); }\n              ^^^^^^^^^',
});

export const notAType = diagnosticRow<{ readonly name: string }>({
  code: "PW3036",
  name: "not-a-type",
  severity: "error",
  message: ({ name }) => `'${name}' does not name a type here`,
  explain: "A macro parameter used where a type belongs must be given a type: `m(typeof(uint64))`.",
  example: "macro m(t) { sizeof(struct t) } begin { $x = 1; print(m($x)); }\n                    ^^^^^^^^",
});

export const typingDidNotEnd = diagnosticRow<Readonly<Record<string, never>>>({
  code: "PW3037",
  name: "typing-did-not-end",
  severity: "error",
  message: () => "the types of this program do not settle: each round of typing changes some of them",
  explain:
    "Types only grow while they are worked out, so this does not happen in programs made by people. Please report it.",
  example: "",
});

export const stringDoesNotFit = diagnosticRow<{ readonly expected: string; readonly got: string }>({
  code: "PW3038",
  name: "string-does-not-fit",
  severity: "error",
  message: ({ expected, got }) => `${got} does not fit in ${expected}`,
  explain:
    "A variable declared with the size of its string keeps that size. Declare it as `string` to let it grow.",
  example: 'begin { let $s : string[3] = "hello"; print($s); }\n                             ^^^^^^^',
});

export const tooManyParts = diagnosticRow<{ readonly most: number }>({
  code: "PW3041",
  name: "too-many-parts",
  severity: "error",
  message: ({ most }) => `this has more than ${most.toString()} parts within each other`,
  explain:
    "A tuple or record that is put into another, and that into the next, grows with each. The stack of a probe has 512 bytes, and a value in a map 32 KiB.",
  example: "",
});
