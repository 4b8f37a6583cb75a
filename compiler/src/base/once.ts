/** What is made when it is first asked for, and kept. */

/** What `make` holds is let go of with it, once it has served. */
export function once<T>(make: () => T): () => T {
  let state: { readonly make: () => T } | { readonly value: T } = { make };
  return () => {
    if ("make" in state) state = { value: state.make() };
    return state.value;
  };
}
