/** Our own mistakes. A user's mistake is a diagnostic and the world's refusal a `Result`; neither comes here. */

/** Thrown by `invariant`: costs one request in the server, never the process. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** @throws InvariantError when `condition` does not hold; `why` says what was taken for granted */
export function invariant(condition: boolean, why: string): asserts condition {
  if (!condition) throw new InvariantError(why);
}
