/** What stands before the bytes of a packet that `skboutput()` sends: u64 site, then these. */

/** Offsets of u64 fields: nanoseconds since boot, bytes that follow, bytes that were asked for. */
export const packetHeader = { time: 8, captured: 16, length: 24 } as const;

/** Bytes of the header. */
export const PACKET_HEADER = 32;
