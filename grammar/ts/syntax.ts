/**
 * One shape for the two bindings of the grammar, native and WebAssembly.
 *
 * Offsets are UTF-16 code units, as everywhere in the workspace. A tree is walked with a cursor: making an object per
 * node is what costs time in both bindings.
 */
import { FIELD_NAMES, NODE_KINDS, TOKEN_KINDS } from "./node-types.ts";
import type { FieldName, NodeKind, TokenKind } from "./node-types.ts";

/** Kind of a node; `ERROR` wraps what the parser skipped. */
export type SyntaxKind = NodeKind | TokenKind | "ERROR";

/** One replacement of text: `[start, oldEnd)` became `inserted`. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly inserted: string;
}

/** A half-open range of text. */
export interface SyntaxRange {
  readonly start: number;
  readonly end: number;
}

/** A position in a tree. The `goto` functions return whether they moved. */
export interface SyntaxCursor {
  readonly kind: SyntaxKind;
  /** Field of this node in its parent. */
  readonly field: FieldName | undefined;
  readonly start: number;
  readonly end: number;
  /** False for keywords, operators and punctuation. */
  readonly isNamed: boolean;
  /** Inserted by the parser, with `start === end`. */
  readonly isMissing: boolean;
  /** Whether this node or one inside it is an error or missing. Costs more than the other properties. */
  readonly hasError: boolean;
  /**
   * For children of the root: equal in two trees exactly when the newer one took the node over unchanged, but perhaps
   * moved. It holds while both trees live, and also between the trees before and after `edit`. Undefined for nodes
   * without children. Costs more than the other properties.
   */
  readonly identity: number | undefined;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
  /** Frees what the binding holds; the cursor is dead afterwards. */
  dispose(): void;
}

/** A parsed text. */
export interface SyntaxTree {
  /** The text the tree stands for, with all changes of `edit`. */
  readonly text: string;
  readonly hasError: boolean;
  /** A cursor at the root. Whoever asks for it disposes it. */
  walk(): SyntaxCursor;
  /** Shifts the nodes for a change; then parse `text` with this tree as the previous one. Changes apply in order. */
  edit(change: TextChange): void;
  /** Where the structure of `newer` differs from this edited tree; text changed inside one token is not in it. */
  changedRanges(newer: SyntaxTree): readonly SyntaxRange[];
  /** Frees what the binding holds; the tree is dead afterwards. */
  dispose(): void;
}

/** A parser. It never fails: what is not understood becomes `ERROR` and missing nodes. */
export interface SyntaxParser {
  /** `previous` must have been edited to the same text; unchanged parts of it are reused. It stays usable. */
  parse(text: string, previous?: SyntaxTree): SyntaxTree;
  dispose(): void;
}

/** What both bindings call a point; columns are UTF-16 code units too. */
export interface BindingPoint {
  row: number;
  column: number;
}

/** What both bindings call an edit. */
export interface BindingEdit {
  startIndex: number;
  oldEndIndex: number;
  newEndIndex: number;
  startPosition: BindingPoint;
  oldEndPosition: BindingPoint;
  newEndPosition: BindingPoint;
}

/** The part of a binding's node that is used here. */
export interface BindingNode {
  readonly id: number;
  readonly hasError: boolean;
}

/** The part of a binding's cursor that is used here. */
export interface BindingCursor {
  readonly nodeType: string;
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  /** 0 or undefined when there is no field. */
  readonly currentFieldId: number | undefined;
  readonly currentFieldName: string | null | undefined;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly currentNode: BindingNode;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** The part of a binding's tree that is used here. */
export interface BindingTree {
  readonly rootNode: BindingNode;
  walk(): BindingCursor;
  edit(edit: BindingEdit): void;
  getChangedRanges(newer: BindingTree): readonly { readonly startIndex: number; readonly endIndex: number }[];
}

/** What a binding must provide besides its trees. */
export interface Binding {
  parse(text: string, previous: BindingTree | undefined): BindingTree;
  disposeTree(tree: BindingTree): void;
  disposeCursor(cursor: BindingCursor): void;
  disposeParser(): void;
}

const KINDS: ReadonlySet<string> = new Set<string>([...NODE_KINDS, ...TOKEN_KINDS, "ERROR"]);
const FIELDS: ReadonlySet<string> = new Set<string>(FIELD_NAMES);

function isSyntaxKind(name: string): name is SyntaxKind {
  return KINDS.has(name);
}

function isFieldName(name: string): name is FieldName {
  return FIELDS.has(name);
}

/** Names by the binding's numbers, filled as they are met: reading a number is cheaper than reading a string. */
class NameTables {
  readonly #kinds: SyntaxKind[] = [];
  readonly #fields: FieldName[] = [];

  kind(cursor: BindingCursor): SyntaxKind {
    const id = cursor.nodeTypeId;
    const known = this.#kinds[id];
    if (known !== undefined) return known;
    const name = cursor.nodeType;
    if (!isSyntaxKind(name))
      throw new Error(`the parser knows a node '${name}' that ts/node-types.ts does not`);
    this.#kinds[id] = name;
    return name;
  }

  field(cursor: BindingCursor): FieldName | undefined {
    const id = cursor.currentFieldId;
    if (id === undefined || id === 0) return undefined;
    const known = this.#fields[id];
    if (known !== undefined) return known;
    const name = cursor.currentFieldName;
    if (name === null || name === undefined || !isFieldName(name)) {
      throw new Error(`the parser knows a field '${String(name)}' that ts/node-types.ts does not`);
    }
    this.#fields[id] = name;
    return name;
  }
}

class Cursor implements SyntaxCursor {
  readonly #binding: Binding;
  readonly #names: NameTables;
  readonly #cursor: BindingCursor;

  constructor(binding: Binding, names: NameTables, cursor: BindingCursor) {
    this.#binding = binding;
    this.#names = names;
    this.#cursor = cursor;
  }

  get kind(): SyntaxKind {
    return this.#names.kind(this.#cursor);
  }

  get field(): FieldName | undefined {
    return this.#names.field(this.#cursor);
  }

  get start(): number {
    return this.#cursor.startIndex;
  }

  get end(): number {
    return this.#cursor.endIndex;
  }

  get isNamed(): boolean {
    return this.#cursor.nodeIsNamed;
  }

  get isMissing(): boolean {
    return this.#cursor.nodeIsMissing;
  }

  get hasError(): boolean {
    return this.#cursor.currentNode.hasError;
  }

  // A binding's id is the address of the slot in the parent, so the first child's slot tells which node this is.
  get identity(): number | undefined {
    if (!this.#cursor.gotoFirstChild()) return undefined;
    const { id } = this.#cursor.currentNode;
    this.#cursor.gotoParent();
    return id;
  }

  gotoFirstChild(): boolean {
    return this.#cursor.gotoFirstChild();
  }

  gotoNextSibling(): boolean {
    return this.#cursor.gotoNextSibling();
  }

  gotoParent(): boolean {
    return this.#cursor.gotoParent();
  }

  dispose(): void {
    this.#binding.disposeCursor(this.#cursor);
  }
}

/** A place whose row is known. */
interface Anchor {
  readonly offset: number;
  readonly row: number;
}

const TEXT_START: Anchor = { offset: 0, row: 0 };

/** Line breaks from `start` to before `end`. */
function countLines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", start); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** Point of an offset, counted from a known place before or behind it. */
function pointFrom(text: string, known: Anchor, offset: number): BindingPoint {
  const row =
    offset >= known.offset
      ? known.row + countLines(text, known.offset, offset)
      : known.row - countLines(text, offset, known.offset);
  return { row, column: offset - (offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1) };
}

class Tree implements SyntaxTree {
  readonly #binding: Binding;
  readonly #names: NameTables;
  readonly tree: BindingTree;
  #text: string;
  /** The place of the last edit: the next one is near it more often than near the start. */
  #anchor: Anchor;

  constructor(
    binding: Binding,
    names: NameTables,
    tree: BindingTree,
    text: string,
    previous: Tree | undefined,
  ) {
    this.#anchor = previous === undefined ? TEXT_START : previous.#anchor;
    this.#binding = binding;
    this.#names = names;
    this.tree = tree;
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  get hasError(): boolean {
    return this.tree.rootNode.hasError;
  }

  walk(): SyntaxCursor {
    return new Cursor(this.#binding, this.#names, this.tree.walk());
  }

  edit(change: TextChange): void {
    const { start, oldEnd, inserted } = change;
    const old = this.#text;
    const text = old.slice(0, start) + inserted + old.slice(oldEnd);
    const startPosition = pointFrom(old, this.#anchor, start);
    const known = { offset: start, row: startPosition.row };
    this.#anchor = known;
    this.tree.edit({
      startIndex: start,
      oldEndIndex: oldEnd,
      newEndIndex: start + inserted.length,
      startPosition,
      oldEndPosition: pointFrom(old, known, oldEnd),
      newEndPosition: pointFrom(text, known, start + inserted.length),
    });
    this.#text = text;
  }

  changedRanges(newer: SyntaxTree): readonly SyntaxRange[] {
    if (!(newer instanceof Tree)) throw new Error("the tree comes from elsewhere");
    const ranges = this.tree.getChangedRanges(newer.tree);
    return ranges.map((range) => ({ start: range.startIndex, end: range.endIndex }));
  }

  dispose(): void {
    this.#binding.disposeTree(this.tree);
  }
}

/** A parser over a binding. */
export function createSyntaxParser(binding: Binding): SyntaxParser {
  const names = new NameTables();
  return {
    parse(text, previous) {
      if (previous !== undefined && !(previous instanceof Tree))
        throw new Error("the tree comes from elsewhere");
      return new Tree(binding, names, binding.parse(text, previous?.tree), text, previous);
    },
    dispose() {
      binding.disposeParser();
    },
  };
}
