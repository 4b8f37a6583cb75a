/** What drives runs without the command line: kernels, checking and building programs, the loader, user symbols; how the process treats its heap. */

export { buildProgram, checkProgram } from "./build.ts";
export { openKernel } from "./kernels.ts";
export { loaderCommand } from "./loader.ts";
export { limitHeapGrowth } from "./heap-growth.ts";
export { collectLater } from "./optimising.ts";
export { createUserSymbols } from "./user-symbols.ts";
