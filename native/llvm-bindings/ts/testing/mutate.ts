/** Damages IR text the way a faulty compiler would: words swapped for others of their kind, lines gone or twice, wrong bytes. */

export type RandomNumbers = (below: number) => number;

type Mutation = (ir: string, random: RandomNumbers) => string;

/** Words of one row may stand for one another. */
const vocabularies: readonly (readonly string[])[] = [
  ["i1", "i8", "i16", "i24", "i32", "i64", "i128", "ptr", "double", "<4 x i32>", "[3 x i64]", "{ i64, i1 }"],
  ["add", "sub", "mul", "udiv", "sdiv", "urem", "srem", "shl", "lshr", "ashr", "and", "or", "xor", "fadd"],
  ["zext", "sext", "trunc", "bitcast", "ptrtoint", "inttoptr", "addrspacecast", "sitofp"],
  ["eq", "ne", "ugt", "uge", "ult", "ule", "sgt", "sge", "slt", "sle"],
  ["load", "load atomic", "load volatile", "alloca", "freeze"],
  ["seq_cst", "monotonic", "acquire", "release"],
  ["global", "constant", "thread_local global", "external global"],
  ["internal", "private", "weak", "linkonce_odr", "available_externally", "dso_local", "extern_weak"],
  ["noinline", "alwaysinline", "optnone noinline", "naked", "cold", "minsize", "safestack", "returns_twice"],
  ["br", "ret", "switch", "unreachable", "invoke", "resume"],
];

const numbers = [
  "0",
  "1",
  "-1",
  "7",
  "8",
  "63",
  "64",
  "255",
  "4096",
  "65536",
  "2147483648",
  "-9223372036854775808",
  "18446744073709551615",
];

const mutations: readonly Mutation[] = [
  swapVocabulary,
  swapVocabulary,
  swapVocabulary,
  changeNumber,
  changeNumber,
  swapNames,
  swapNames,
  dropLine,
  doubleLine,
  moveLine,
  changeByte,
];

/** @returns the text with one to three faults */
export function mutate(ir: string, random: RandomNumbers): string {
  let text = ir;
  for (let faults = random(3); faults >= 0; faults--) {
    text = pick(mutations, random)(text, random);
  }
  return text;
}

function swapVocabulary(ir: string, random: RandomNumbers): string {
  const words = pick(vocabularies, random);
  const pattern = new RegExp(`(?<![\\w.%@!])(?:${words.map(escapeForPattern).join("|")})(?![\\w.])`, "g");
  return replaceOne(ir, pattern, () => pick(words, random), random);
}

function changeNumber(ir: string, random: RandomNumbers): string {
  return replaceOne(ir, /(?<![\w.%@!])-?\d+\b/g, () => pick(numbers, random), random);
}

/** Puts another value, global or metadata node of the text in a name's place. */
function swapNames(ir: string, random: RandomNumbers): string {
  const pattern = /[%@!][\w.]+/g;
  const names = ir.match(pattern) ?? [""];
  return replaceOne(ir, pattern, () => pick(names, random), random);
}

function dropLine(ir: string, random: RandomNumbers): string {
  const lines = ir.split("\n");
  return lines.toSpliced(random(lines.length), 1).join("\n");
}

function doubleLine(ir: string, random: RandomNumbers): string {
  const lines = ir.split("\n");
  return lines.toSpliced(random(lines.length), 0, pick(lines, random)).join("\n");
}

function moveLine(ir: string, random: RandomNumbers): string {
  const lines = ir.split("\n");
  const [line = ""] = lines.splice(random(lines.length), 1);
  return lines.toSpliced(random(lines.length), 0, line).join("\n");
}

function changeByte(ir: string, random: RandomNumbers): string {
  const at = random(ir.length);
  return ir.slice(0, at) + String.fromCharCode(random(256)) + ir.slice(at + 1);
}

function replaceOne(ir: string, pattern: RegExp, other: () => string, random: RandomNumbers): string {
  const found = [...ir.matchAll(pattern)];
  const match = found[random(found.length)];
  if (match === undefined) return ir;
  return ir.slice(0, match.index) + other() + ir.slice(match.index + match[0].length);
}

function pick<T>(from: readonly [T, ...T[]] | readonly T[], random: RandomNumbers): T {
  const picked = from[random(from.length)];
  if (picked === undefined) throw new Error("nothing to pick from");
  return picked;
}

function escapeForPattern(word: string): string {
  return word.replace(/[[\]{}<>]/g, "\\$&");
}
