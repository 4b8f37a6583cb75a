/** Tests that make objects skip, with the reason, where the native part is not built. */

import { available } from "../index.ts";

/** For node:test's options: `test(name, needsLlvm(), body)`. */
export function needsLlvm(): { readonly skip: string | false } {
  const state = available();
  return { skip: state.ok ? false : state.reason };
}
