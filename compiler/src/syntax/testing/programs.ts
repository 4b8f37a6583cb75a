/** Valid programs for property tests: random tokens by the rules of the language, with random layout between them. */

import fc from "fast-check";

type Tokens = readonly string[];
type TokensArbitrary = fc.Arbitrary<Tokens>;

const words = (...choices: readonly string[]): TokensArbitrary =>
  fc.constantFrom(...choices).map((text) => text.split(" "));
const sequence = (...parts: readonly (string | TokensArbitrary)[]): TokensArbitrary =>
  fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant<Tokens>([part]) : part)))
    .map((lists) => lists.flat());
const separated = (element: TokensArbitrary, min: number, max: number): TokensArbitrary =>
  fc
    .array(element, { minLength: min, maxLength: max })
    .map((lists) => lists.flatMap((tokens, index) => (index === 0 ? tokens : [",", ...tokens])));
const maybe = (part: TokensArbitrary): TokensArbitrary => fc.oneof(fc.constant<Tokens>([]), part);

const variable = words("$x", "$y", "$long_name");
const map = words("@", "@m", "@counts");
const simple = fc.oneof(
  { weight: 3, arbitrary: words("1", "0x1F", "010", "1_000", "5ms", "1e3", "18446744073709551615") },
  { weight: 2, arbitrary: words('"text"', '"a\\tb\\n\\"q\\"\\\\"', '"\\x01\\377é"', '""') },
  { weight: 3, arbitrary: words("pid", "arg0", "args", "nsecs") },
  { weight: 3, arbitrary: variable },
  { weight: 2, arbitrary: map },
  { weight: 1, arbitrary: words("$1", "$#", "true", "false") },
);

const baseType = words("int32", "uint64", "string", "struct task_struct", "enum color", "union u", "foo_t");
const type = fc
  .tuple(baseType, fc.array(words("*", "[ ]", "[ 16 ]"), { maxLength: 2 }))
  .map(([base, suffixes]) => [...base, ...suffixes.flat()]);

/** What can be made of parts that are nested less deep. */
interface Level {
  readonly expression: TokensArbitrary;
  readonly operand: TokensArbitrary;
  readonly block: TokensArbitrary;
  readonly statement: TokensArbitrary;
}

const BINARY = "+ - * / % & | ^ << >> == != < <= > >= && ||".split(" ");

const weighted = (
  ...choices: readonly (readonly [weight: number, arbitrary: TokensArbitrary])[]
): TokensArbitrary => fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const targetsOf = ({ expression }: Level): TokensArbitrary =>
  fc.oneof(variable, map, sequence(map, "[", separated(expression, 1, 3), "]"));

function operandsOf({ expression, operand, block }: Level): TokensArbitrary {
  const subject = fc.oneof(type, operand, block);
  return weighted(
    [8, simple],
    // A name alone in parentheses may be a cast.
    [2, sequence("(", expression, ")")],
    [1, words("print ( comm , foo )", "f ( comm - 1 )")],
    [2, sequence(words("f", "print", "kstack"), "(", separated(expression, 0, 4), ")")],
    [2, sequence(map, "[", separated(expression, 1, 3), "]")],
    [1, sequence(operand, words(". pid", "-> next", ". 0"))],
    [1, sequence(variable, "[", expression, "]")],
    [1, sequence("(", expression, ",", maybe(sequence(expression, maybe(words(",")))), ")")],
    [1, sequence("(", "a", "=", expression, ",", "b", "=", expression, ")")],
    [1, sequence(words("sizeof", "typeinfo"), "(", subject, ")")],
    [1, sequence("offsetof", "(", words("struct s", "foo"), ",", words("a", "a . b"), ")")],
    [1, sequence("f", "(", "typeof", "(", subject, ")", ")")],
  );
}

function expressionsOf(inner: Level, operand: TokensArbitrary): TokensArbitrary {
  const { expression, block } = inner;
  const target = targetsOf(inner);
  return weighted(
    [6, operand],
    [4, sequence(operand, words(...BINARY), operand)],
    [1, sequence(operand, words("&&", "||"), operand, words("&&", "||"), operand)],
    [1, sequence(words("-", "!", "~", "*"), operand)],
    [1, sequence("&", fc.oneof(variable, map))],
    [1, sequence(target, words("++", "--"))],
    [1, sequence(words("++", "--"), target)],
    [1, sequence(operand, "?", expression, ":", expression)],
    [1, sequence(operand, "?", ":", expression)],
    [1, sequence("(", type, ")", operand)],
    [1, sequence("comptime", operand)],
    [1, sequence("if", "(", expression, ")", block, "else", block)],
    [1, block],
  );
}

function statementsOf(inner: Level): TokensArbitrary {
  const { expression, operand, block } = inner;
  const otherwise = maybe(sequence("else", block));
  const annotation = fc.oneof(type, sequence("typeof", "(", fc.oneof(type, operand, block), ")"));
  return weighted(
    [4, sequence(expression, ";")],
    [3, sequence(targetsOf(inner), words("=", "+=", "<<=", "/="), expression, ";")],
    [1, sequence("let", variable, maybe(sequence(":", annotation)), maybe(sequence("=", expression)), ";")],
    [1, sequence("_", "=", expression, ";")],
    [1, words("break ;", "continue ;", "return ;", 'import "x.bt" ;')],
    [1, sequence("return", expression, ";")],
    [2, sequence("if", "(", expression, ")", block, otherwise, ";")],
    [1, sequence("while", "(", expression, ")", block)],
    [1, sequence("unroll", "(", expression, ")", block)],
    [1, sequence("for", "(", variable, ":", map, ")", block)],
    [1, sequence("for", variable, ":", simple, "..", "(", expression, ")", block)],
  );
}

function deeper(inner: Level): Level {
  const operand = operandsOf(inner);
  const statements = fc.array(inner.statement, { maxLength: 3 }).map((lists) => lists.flat());
  return {
    operand,
    expression: expressionsOf(inner, operand),
    statement: statementsOf(inner),
    block: sequence("{", statements, maybe(inner.expression), "}"),
  };
}

const flat: Level = {
  operand: simple,
  expression: simple,
  block: words("{ }"),
  statement: sequence(simple, ";"),
};
const { expression, block } = deeper(deeper(deeper(flat)));

const attachPoint = words(
  "begin",
  "kprobe:vfs_*",
  "uprobe:/bin/sh:main+8",
  'uprobe:"/a,{b":f',
  "interval:s:1",
  "t:a:b",
);
const probe = sequence(
  separated(attachPoint, 1, 3),
  maybe(sequence("/", fc.oneof(simple, sequence("(", expression, ")")), "/")),
  block,
);
const parameter = words("$x", "@m", "name");
const macro = sequence("macro", "m", "(", separated(parameter, 0, 3), ")", block);
const subprogram = sequence(
  "fn",
  "f",
  "(",
  separated(sequence(variable, ":", type), 0, 3),
  ")",
  ":",
  type,
  block,
);
const mapDeclaration = sequence(
  "let",
  map,
  "=",
  words("hash", "lruhash"),
  "(",
  words("10", "0x10", "1_000"),
  ")",
  maybe(words(";")),
);
const setting = sequence(
  words("max_map_keys", "stack_mode"),
  "=",
  words("10", "perf", '"perf"', '"/a,b"', "true", "1_024"),
);
const config = fc
  .array(setting, { maxLength: 3 })
  .map((settings) => ["config", "=", "{", ...settings.flatMap((each) => [...each, ";"]), "}"]);

const LAYOUT = [
  " ",
  " ",
  " ",
  " ",
  "\n",
  "\n\n",
  "\t",
  "  \n  ",
  "/* c */",
  "// c\n",
  " // c\n",
  "\n/*\n * c\n *\n * c\n */\n",
  "/**/",
];

interface Piece {
  readonly tokens: Tokens;
  /** Kept as it is: no comments inside. */
  readonly verbatim: boolean;
}

const piece = (arbitrary: TokensArbitrary): fc.Arbitrary<Piece> =>
  arbitrary.map((tokens) => ({ tokens, verbatim: false }));
const line = fc
  .constantFrom("#include <a.h>\n", "#define A 1\n", "struct s { int a; /* c */ };\n", "enum e { A, B }\n")
  .map((text): Piece => ({ tokens: [text], verbatim: true }));

/** A program and the words of its comments, in order: each comment's word is its own. */
export interface Program {
  readonly text: string;
  readonly comments: readonly string[];
}

const pieces = fc
  .tuple(
    fc.array(line, { maxLength: 2 }),
    fc.array(fc.oneof(piece(words('import "lib.bt" ;'))), { maxLength: 1 }),
    fc.array(piece(config), { maxLength: 1 }),
    fc.array(fc.oneof(piece(probe), piece(macro), piece(subprogram), piece(mapDeclaration)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map((parts) => parts.flat());

/** Programs whose tokens are a blank apart. */
export const plainPrograms: fc.Arbitrary<string> = pieces.map((parts) =>
  parts.map(({ tokens }) => tokens.join(" ")).join("\n"),
);

/** Programs with any layout and comments between their tokens. */
export const programs: fc.Arbitrary<Program> = fc
  .tuple(pieces, fc.infiniteStream(fc.constantFrom(...LAYOUT)))
  .map(([parts, layout]) => layOut(parts, layout));

function layOut(parts: readonly Piece[], layout: Iterator<string>): Program {
  const comments: string[] = [];
  const gap = (): string => {
    const next = layout.next();
    const text = next.done === true ? " " : next.value;
    return ` ${text.replace(/\bc\b/g, () => {
      comments.push(`c${comments.length}`);
      return comments.at(-1) ?? "";
    })} `;
  };
  let text = "";
  for (const { tokens, verbatim } of parts) {
    text += verbatim ? `\n${tokens.join("")}` : tokens.map((token) => gap() + token).join("");
  }
  return { text: text + gap(), comments };
}
