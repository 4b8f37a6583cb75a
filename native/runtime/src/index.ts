/** The public face of the runtime. */

export type { RunOptions } from "./session/run-options.ts";
export type { RunSession } from "./session/run-session.ts";
export { startRun } from "./session/run.ts";
export { spawnLoader, type PendingLoader } from "./loader/channel.ts";
export type { MappingRecord } from "./loader/mappings.ts";
export { askLoader, tryLoader, type Trial } from "./loader/greeting.ts";
export { bpfProgramsThrough } from "./loader/bpf-programs.ts";
export { kernelFilesThrough, type KernelFileReader } from "./loader/kernel-files.ts";
export * from "./session/events.ts";
export type * from "./values/value.ts";
export { isFiltered, OPEN_FILTER } from "./session/machine.ts";
export { switchedOff } from "./session/switches.ts";
export { errnoText } from "./session/errno.ts";
export { textView } from "./views/text.ts";
export { eventsView } from "./views/events.ts";
export { jsonView } from "./views/json.ts";
export type { Output, View, ViewOptions } from "./views/view.ts";
export { createLiveFacts, type HostFacts, type LiveFactsOptions } from "./facts/live.ts";
export { brotliCodec } from "./facts/brotli.ts";
export { hostProfilePaths, keepHostProfile, openHostProfile } from "./facts/host-profile.ts";
export { withHostFiles } from "./facts/with-host-files.ts";
export {
  captureHostProfile,
  defaultProfilePath,
  importProfile,
  openDefaultProfile,
  openProfileFile,
  type CaptureOptions,
  type ProfileFileError,
} from "./facts/profiles.ts";
export { findSection, memorySource, openElf, sectionBytes, type ElfFile } from "./facts/elf.ts";
export { fileBuildId, readBinary } from "./facts/binary.ts";
export {
  isProgramPackage,
  packProgram,
  unpackProgram,
  type ProgramPackage,
} from "./package/program-package.ts";
