/** What drives runs without the command line: kernels, checking and building programs, the loader, user symbols. */

export { buildProgram, checkProgram } from "./build.ts";
export { openKernel } from "./kernels.ts";
export { loaderCommand } from "./loader.ts";
export { createUserSymbols } from "./user-symbols.ts";
