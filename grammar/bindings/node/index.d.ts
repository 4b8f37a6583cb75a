/** The language object for the npm package `tree-sitter`. */
declare const binding: {
  readonly name: "bpftrace";
  readonly language: unknown;
  readonly nodeTypeInfo: readonly unknown[];
};

export default binding;
