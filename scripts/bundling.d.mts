/** Types of bundling.mjs, for tests that bundle a program of theirs. */

import type { BuildOptions } from "esbuild";

export declare const root: string;
export declare function nodeBundle(entry: string, outfile: string): BuildOptions;
