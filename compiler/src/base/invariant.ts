/** Our own mistakes. A user's mistake is a diagnostic and the world's refusal a `Result`; neither comes here. */

/** Thrown by `invariant`: costs one request in the server, never the process. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** @throws InvariantError when `condition` does not hold; `why` says what was taken for granted */
export function invariant(condition: boolean, why: string): asserts condition {
  if (!condition) throw new InvariantError(why);
}

/** For the end of a switch over data that came from outside the type checker. */
export function assertNever(value: never): never {
  throw new InvariantError(`unexpected ${JSON.stringify(value)}`);
}
