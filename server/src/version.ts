/** The version of everything in this repository. */

/** Kept equal to the root package.json by a tidy test. */
export const VERSION = "0.1.0";
