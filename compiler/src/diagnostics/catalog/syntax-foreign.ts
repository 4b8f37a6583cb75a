/** What is written as other languages have it. Codes PW1024–PW1028. */

import { quote, replacement, syntaxRow } from "./syntax-row.ts";

/** What has its place elsewhere in a script. */
const OF_THIS_LANGUAGE = /^(?:[/([{~.].*|(?:struct|union|enum)\b.*|->|if|fn)$/s;

export const foreignRows = {
  "foreign-syntax": syntaxRow("foreign-syntax", {
    code: "PW1024",
    message: ({ text, advice }) =>
      `${quote(text)} ${OF_THIS_LANGUAGE.test(text) ? "does not belong here" : "is not of this language"}: ${advice}`,
    explain:
      "Words and signs that C, awk, Python or the shell have for this are written otherwise here. There is no `switch`, no `do` loop, no `and` and `or`; variables are not declared by a type before their name.",
    example: "begin { if (pid == 1 and tid == 2) { print(1); } }\n                     ^^^",
  }),
  "single-quotes": syntaxRow("single-quotes", {
    code: "PW1025",
    message: () => 'strings stand in double quotes: "…"',
    explain: "There are no character literals: `'a'` is nothing, `\"a\"` a string.",
    example: "begin { if (comm == 'bash') { print(1); } }\n                    ^^^^^^",
    fixes: (item, { facts, span }) =>
      facts.text.includes('"') ? [] : [replacement("Use double quotes", item, span, `"${facts.text}"`)],
  }),
  "call-without-parentheses": syntaxRow("call-without-parentheses", {
    code: "PW1026",
    message: ({ name }) => `the arguments of a function stand in parentheses: '${name}(…)'`,
    explain: "A name and what follows it do not make a statement. All functions are called with parentheses.",
    example: 'begin { print "hello"; }\n              ^',
  }),
  "blank-in-attach-point": syntaxRow("blank-in-attach-point", {
    code: "PW1027",
    message: ({ before }) =>
      `the parts of an attach point are joined with ':', without blanks: '${before.replace(/:$/, "")}:…'`,
    explain: "A blank ends an attach point. Only a predicate, a comma or the body may follow.",
    example: "kprobe f { print(1); }\n       ^",
  }),
  "unknown-directive": syntaxRow("unknown-directive", {
    code: "PW1028",
    message: ({ text }) => `${quote(text)} is no preprocessor directive; comments begin with '//'`,
    explain:
      "A line that starts with `#` is for the C preprocessor: `#include`, `#define`, `#if` and their like. Comments are `// …` and `/* … */`.",
    example: "# count reads\n^^^^^^^^^^^^^\nbegin { print(1); }",
  }),
};
