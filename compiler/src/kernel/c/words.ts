/** Words of C declarations that do not change what a declaration means here. */

const ignoredWords = new Set([
  "extern",
  "static",
  "inline",
  "__inline",
  "__inline__",
  "register",
  "auto",
  "_Noreturn",
  "_Thread_local",
  "__thread",
  "__extension__",
  "const",
  "__const",
  "__const__",
  "volatile",
  "__volatile__",
  "restrict",
  "__restrict",
  "__restrict__",
  "_Atomic",
  "__seg_gs",
  "__seg_fs",
  "__force",
]);

/** Storage classes, qualifiers and the compiler's own words. */
export function isIgnoredWord(word: string): boolean {
  return ignoredWords.has(word);
}
