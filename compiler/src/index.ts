/** The public face of the compiler: the only file other packages import. */

export { err, ok, type Result } from "./base/result.ts";
export { invariant, InvariantError } from "./base/invariant.ts";
export { inPieces, type Pieces } from "./base/pieces.ts";
export { nearest } from "./base/nearest.ts";
export { absoluteSpan, covers, span, type AbsoluteSpan, type Span } from "./base/span.ts";
export {
  diagnosticPage,
  diagnosticRows,
  explainDiagnostic,
  findDiagnostic,
  type CatalogRow,
} from "./diagnostics/catalog.ts";
export type { Diagnostic, Fix, Place, Related, Severity } from "./diagnostics/diagnostic.ts";
export type * from "./syntax/ast.ts";
export type * from "./syntax/c-syntax.ts";
export type { Comment, Name, SyntaxProblem } from "./syntax/node.ts";
export type * from "./types/type.ts";
export { alignOf, layoutOf, partsOf, roundUp, sizeOf } from "./types/layout.ts";
export {
  kernelFeatures,
  type BinaryFacts,
  type BinarySymbol,
  type CFunction,
  type CModule,
  type OpenName,
  type CModuleRequest,
  type FactRequest,
  type FactsSession,
  type FunctionPrototype,
  type KernelFacts,
  type KernelFeature,
  type Missing as MissingFact,
  type SourceText,
  type TracepointField,
  type TracepointFormat,
  type UsdtProbe,
} from "./kernel/facts.ts";
export {
  kernelStyle,
  noTypes,
  readCDeclarations,
  scriptStyle,
  type CDeclarations,
  type CProblem,
  type CReaderOptions,
} from "./kernel/c-declarations.ts";
export type { ImportedFunction } from "./analysis/state/imported-function.ts";
export { readCTypeInformation, type CTypeInformation } from "./kernel/c-module.ts";
export { fakeKernel, type FakeBinary, type FakeKernel } from "./kernel/fake.ts";
export { openBtf, type Btf, type BtfError } from "./kernel/btf/reader.ts";
export { membersInFirstTypes } from "./kernel/btf/first-types.ts";
export { createKernelTypes, type KernelTypes, type TypeSource } from "./kernel/btf/kernel-types.ts";
export { featureFromRelease, featureFromTypes } from "./kernel/features.ts";
export { hasFunction, listedFunctions, startingWith, type FunctionNames } from "./kernel/function-names.ts";
export type { NamedInModule } from "./kernel/named.ts";
export { noKernelFacts } from "./kernel/none.ts";
export { captureProfile, type CapturedTypes, type CaptureInput } from "./kernel/profile/capture.ts";
export {
  plainCodec,
  repackProfile,
  type ProfileCodec,
  type ProfileError,
} from "./kernel/profile/container.ts";
export { importMockKernel } from "./kernel/profile/mock.ts";
export { openProfile, type KeptTypes, type OpenProfileOptions } from "./kernel/profile/open.ts";
export { createStructTable, noDefinitions, type TypeDefinitions } from "./kernel/struct-table.ts";
export { parseTracepointFormat, tracepointArguments } from "./kernel/tracepoint-format.ts";
export type * from "./core/core.ts";
export { spokenName, type ProbeTarget } from "./core/target.ts";
export type * from "./manifest/manifest.ts";
export { PACKET_HEADER, packetHeader } from "./manifest/packet-header.ts";
export * from "./manifest/unwind-tables.ts";
export { decodeManifest, encodeManifest } from "./manifest/encode.ts";
export { misfits } from "./manifest/fit.ts";
export {
  MAX_BPF_STACK,
  type FunctionStack,
  type StackObjectReport,
  type StackReport,
} from "./plan/stack-report.ts";
export { findProbeType, probeTypes } from "./probes/catalog.ts";
export { isPattern, matcher } from "./probes/attach-spec.ts";
export type { ProbeType } from "./probes/probe-type.ts";
export { bitsOfLength, parseFormat, type FormatConversion, type FormatPiece } from "./builtins/format.ts";
export { timeConversions } from "./builtins/time-format.ts";
export { listProbes, listTypes, type ListOptions } from "./probes/listing/list.ts";
export type { ListEntry } from "./probes/listing/entry.ts";
export { check, type Check } from "./compile.ts";
export { defaultOptions, type AnalysisInput, type AnalysisOptions } from "./analysis/analyze.ts";
export type { NodeFact, NodeFacts, Reference, SymbolFact } from "./analysis/state/node-facts.ts";
export { systemMessage } from "./builtins/lowering/error-messages.ts";
export { builtins, findBuiltin } from "./builtins/catalog.ts";
export type { Builtin } from "./builtins/builtin.ts";
export { signaturesOf } from "./builtins/signature.ts";
export { show as showType } from "./types/show.ts";
export { stackFindings, type StackLimits } from "./codegen/stack-findings.ts";
export { compileCore, type CompiledCore } from "./codegen/compile-core.ts";
export { surroundings } from "./codegen/program/surroundings.ts";
export type { CodegenEnvironment } from "./codegen/program/environment.ts";
export { createLineIndex, type ColumnEncoding, type LineColumn, type LineIndex } from "./base/line-index.ts";
export { createLocator, type LocatedFile, type Locator } from "./diagnostics/locate.ts";
export { kernelRemark, mergeFindings, type Finding } from "./diagnostics/kernels.ts";
export { diagnosticJson, expansions, renderDiagnostic } from "./diagnostics/render.ts";
export { sarifLog } from "./diagnostics/sarif.ts";
export {
  applyEdit,
  closeDocument,
  openDocument,
  parseScript,
  type Document,
  type TextEdit,
} from "./syntax/document.ts";
export { readNumber } from "./syntax/numbers.ts";
export { findNodeAt, walk } from "./syntax/walk.ts";
export { readAttachPoint } from "./probes/attach-point.ts";
export { syntaxDiagnostics } from "./diagnostics/catalog/syntax.ts";
export { formatEdits, formatRange, formatScript, type FormatEdits } from "./syntax/format/format.ts";
export { arity, type Form, type Parameter } from "./builtins/builtin.ts";
export { parameterText, signatureOf } from "./builtins/signature.ts";
export { capabilities, type Capability } from "./probes/capability.ts";
export { watchModes } from "./probes/rows/perf.ts";
export { perfEvents } from "./probes/perf-events.ts";
export { configKeys, findConfigKey, type ConfigKey } from "./analysis/state/config-keys.ts";
export { builtinTypeNames } from "./analysis/elaborate/type-syntax.ts";
export { mapKinds } from "./analysis/map-declarations.ts";
export { childrenOf, nodesById } from "./syntax/walk.ts";
export type { SyntaxNode } from "./syntax/children.ts";
export { explainRejection, type PathStep, type Rejection, type RejectionInput } from "./verifier/explain.ts";
