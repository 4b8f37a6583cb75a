/** The codec of kernel profiles on this platform. */

import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";

import type { ProfileCodec } from "@probewright/compiler";

/** Sections may not unpack to more than they say, and never to more than this. */
const MAX_BYTES = 1 << 28;

/** @param effort 1 to 11: 11 takes half a minute for a whole kernel and is for profiles that ship */
export function brotliCodec(effort = 6): ProfileCodec {
  return {
    name: "brotli",
    compress: (bytes) =>
      brotliCompressSync(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: effort,
          [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
    decompress: (bytes, length) =>
      brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, Math.min(length, MAX_BYTES)) }),
  };
}
