/** The order of top-level items: C, then `config` and imports, then everything else. A property of the script, not of an item. */

import { span } from "../base/span.ts";
import type { Item, Script } from "./ast.ts";
import type { SyntaxProblem } from "./node.ts";
import { problem } from "./problems.ts";

/** A problem and the item that it is in. */
export interface ItemProblem {
  readonly item: Item;
  readonly problem: SyntaxProblem;
}

/** All mistakes of form of a script, in the order of its items. */
export function scriptProblems(script: Script): readonly ItemProblem[] {
  const misplaced = new Map(orderProblems(script).map((found) => [found.item, found]));
  return script.items.flatMap(({ item }) => {
    const own = item.problems.map((found) => ({ item, problem: found }));
    const order = misplaced.get(item);
    return order === undefined ? own : [order, ...own];
  });
}

/** Items that stand behind what they must come before, and a second `config`. */
export function orderProblems(script: Script): readonly ItemProblem[] {
  const problems: ItemProblem[] = [];
  let sawPreamble = false;
  let sawConfig = false;
  let sawProgram = false;
  const report = (item: Item, found: SyntaxProblem): void => {
    problems.push({ item, problem: found });
  };
  for (const { item } of script.items) {
    switch (item.kind) {
      case "shebang":
      case "loose-text":
        break;
      case "preprocessor-line":
      case "c-definition":
        if (sawPreamble || sawProgram)
          report(item, problem("c-code-not-first", { what: cItem(item) }, header(item)));
        break;
      case "config":
        if (sawProgram) report(item, problem("config-not-first", {}, keyword(item)));
        else if (sawConfig) report(item, problem("duplicate-config", {}, keyword(item)));
        sawPreamble = true;
        sawConfig = true;
        break;
      case "import":
        if (sawProgram) report(item, problem("import-not-first", {}, keyword(item)));
        sawPreamble = true;
        break;
      default:
        sawProgram = true;
    }
  }
  return problems;
}

/** The item that one which stands too late must come before; undefined for mistakes that no order mends. */
export function rightPlace(script: Script, item: Item, found: SyntaxProblem["problem"]): Item | undefined {
  const isC = found === "c-code-not-first";
  if (!isC && found !== "config-not-first" && found !== "import-not-first") return undefined;
  const items = script.items.map((each) => each.item);
  const first = items.find(({ kind }) => {
    if (kind === "config" || kind === "import") return isC;
    return !earlier.has(kind);
  });
  return first === item ? undefined : first;
}

/** What may stand before `config` and imports. */
const earlier: ReadonlySet<Item["kind"]> = new Set([
  "shebang",
  "loose-text",
  "preprocessor-line",
  "c-definition",
]);

function cItem(item: Item): string {
  return item.kind === "preprocessor-line" ? "a preprocessor line" : "a C definition";
}

/** Up to the body of a definition; a preprocessor line as a whole. */
function header(item: Item): SyntaxProblem["span"] {
  const brace = item.kind === "c-definition" ? item.text.indexOf("{") : -1;
  const end = brace === -1 ? item.text.length : item.text.slice(0, brace).trimEnd().length;
  return span(0, end);
}

function keyword(item: Item): SyntaxProblem["span"] {
  return span(0, /^\w*/.exec(item.text)?.[0].length ?? 0);
}
