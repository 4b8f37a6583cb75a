/** A cursor that asks the parser's binding once for each property of a node: every question crosses a language border. */

import type { FieldName, SyntaxCursor, SyntaxKind } from "@probewright/grammar";

export class MemoCursor implements SyntaxCursor {
  readonly #cursor: SyntaxCursor;
  #kind: SyntaxKind | undefined;
  /** `null` stands for no field. */
  #field: FieldName | null | undefined;
  #start = -1;
  #end = -1;

  constructor(cursor: SyntaxCursor) {
    this.#cursor = cursor;
  }

  get kind(): SyntaxKind {
    return (this.#kind ??= this.#cursor.kind);
  }

  get field(): FieldName | undefined {
    if (this.#field === undefined) this.#field = this.#cursor.field ?? null;
    return this.#field ?? undefined;
  }

  get start(): number {
    if (this.#start < 0) this.#start = this.#cursor.start;
    return this.#start;
  }

  get end(): number {
    if (this.#end < 0) this.#end = this.#cursor.end;
    return this.#end;
  }

  get isNamed(): boolean {
    return this.#cursor.isNamed;
  }

  get isMissing(): boolean {
    return this.#cursor.isMissing;
  }

  get hasError(): boolean {
    return this.#cursor.hasError;
  }

  get identity(): SyntaxCursor["identity"] {
    return this.#cursor.identity;
  }

  gotoFirstChild(): boolean {
    return this.#moved(this.#cursor.gotoFirstChild());
  }

  gotoNextSibling(): boolean {
    return this.#moved(this.#cursor.gotoNextSibling());
  }

  gotoParent(): boolean {
    return this.#moved(this.#cursor.gotoParent());
  }

  dispose(): void {
    this.#cursor.dispose();
  }

  #moved(moved: boolean): boolean {
    if (!moved) return false;
    this.#kind = undefined;
    this.#field = undefined;
    this.#start = -1;
    this.#end = -1;
    return true;
  }
}
