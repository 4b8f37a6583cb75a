/** What scripts/browser-worker.ts puts into the bundle: files as bytes. */

declare module "probewright:tree-sitter" {
  export const bytes: Uint8Array;
}

declare module "probewright:grammar" {
  export const bytes: Uint8Array;
}

declare module "probewright:default-profile" {
  /** Compressed with gzip, which browsers unpack. */
  export const bytes: Uint8Array;
}
