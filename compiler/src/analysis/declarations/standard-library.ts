/** What `import "stdlib/…"` means: small libraries that come with the compiler. Macros of everyday need do without import. */

/** Where their files are, for places in them. */
export const STANDARD_LIBRARY = "stdlib";

const files: Readonly<Record<string, string>> = {
  test: `// Functions for trying out calls across files.
fn __always_true() : int32 {
  return (int32)1;
}
macro __test_get_current_task() {
  curtask
}
`,
};

/** @returns the files of a library, none for the whole of it, which is there anyway; undefined for one that does not exist */
export function findStandardLibrary(
  path: string,
): readonly { readonly path: string; readonly text: string }[] | undefined {
  if (path === STANDARD_LIBRARY) return [];
  const [root, ...rest] = path.split("/");
  const name = rest.join("/");
  const text = root === STANDARD_LIBRARY ? files[name] : undefined;
  return text === undefined ? undefined : [{ path: `${path}.bt`, text }];
}
