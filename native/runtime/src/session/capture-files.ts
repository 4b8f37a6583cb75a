/** Capture files of `skboutput()`, in the pcap format. Each is made when the run starts and closed when it ends. */

import { closeSync, openSync, writeSync } from "node:fs";

import { err, ok, packetHeader, PACKET_HEADER, type EventSite, type Result } from "@probewright/compiler";
import type { SessionEvent } from "./events.ts";
import { failureText } from "./machine.ts";
import { startFailure, type StartFailure } from "./start-failure.ts";

/** Times in nanoseconds. Source: the format's description, draft-ietf-opsawg-pcap. */
const MAGIC = 0xa1b23c4d;
const SNAP_LENGTH = 0x40000;
/** LINKTYPE_RAW: packets begin with their IPv4 or IPv6 header. */
const LINK_TYPE_RAW = 101;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const NS_PER_S = 1_000_000_000n;

type CaptureSite = EventSite & { readonly action: { readonly kind: "skb-output" } };

export interface CaptureFiles {
  /** Takes a packet; `at` is where its event begins. Nothing is kept of `records`. */
  readonly take: (site: EventSite, records: Buffer, at: number) => void;
  /** Writes what was taken, in the order of time. */
  readonly flush: () => void;
  readonly close: () => void;
}

export interface CaptureOptions {
  /** By how much the wall clock is ahead of the boot clock, in nanoseconds. */
  readonly wallAhead: () => bigint;
  readonly emit: (event: SessionEvent) => void;
  /** @returns how many bytes were written */
  readonly write?: (descriptor: number, bytes: Buffer, from: number) => number;
}

/** @returns the first place that cannot be written */
export function openCaptures(
  sites: readonly EventSite[],
  options: CaptureOptions,
): Result<CaptureFiles, StartFailure> {
  const files = new Map<string, CaptureFile>();
  for (const site of sites.filter(isCapture)) {
    const { file: path } = site.action;
    if (files.has(path)) continue;
    try {
      files.set(path, new CaptureFile(path, site, options));
    } catch (error) {
      for (const file of files.values()) file.close();
      const message = `${shown(path)} cannot be written: ${failureText(error)}`;
      return err(startFailure("run", message, ["name a file that you may write"], site.position));
    }
  }
  const each = (what: (file: CaptureFile) => void) => () => {
    for (const file of files.values()) what(file);
  };
  return ok({
    take: (site, records, at) => {
      if (isCapture(site)) files.get(site.action.file)?.take(site.action.offset, records, at);
    },
    flush: each((file) => {
      file.flush();
    }),
    close: each((file) => {
      file.close();
    }),
  });
}

function isCapture(site: EventSite): site is CaptureSite {
  return site.action.kind === "skb-output";
}

function shown(path: string): string {
  return path === "" ? "a capture file without a name" : path;
}

class CaptureFile {
  private readonly path: string;
  private readonly site: EventSite;
  private readonly options: CaptureOptions;
  private readonly descriptor: number;
  private waiting: { readonly time: bigint; readonly record: Buffer }[] = [];
  /** Asked for once for all that are waiting. */
  private ahead: bigint | undefined;
  private broken = false;
  private missing = 0;

  /** @throws when the file cannot be made */
  constructor(path: string, site: EventSite, options: CaptureOptions) {
    this.path = path;
    this.site = site;
    this.options = options;
    this.descriptor = openSync(path, "w");
    const header = Buffer.alloc(FILE_HEADER);
    header.writeUInt32LE(MAGIC, 0);
    header.writeUInt16LE(2, 4);
    header.writeUInt16LE(4, 6);
    header.writeUInt32LE(SNAP_LENGTH, 16);
    header.writeUInt32LE(LINK_TYPE_RAW, 20);
    try {
      this.write(header);
    } catch (error) {
      closeSync(this.descriptor);
      throw error;
    }
  }

  take(offset: number, records: Buffer, at: number): void {
    if (at + PACKET_HEADER > records.length) return;
    this.ahead ??= this.options.wallAhead();
    const time = records.readBigUInt64LE(at + packetHeader.time) + this.ahead;
    const start = at + PACKET_HEADER;
    const captured = Number(records.readBigUInt64LE(at + packetHeader.captured));
    const bytes = records.subarray(start + offset, Math.min(start + captured, records.length));
    const whole = Number(records.readBigUInt64LE(at + packetHeader.length)) - offset;
    const record = Buffer.alloc(RECORD_HEADER + bytes.length);
    record.writeUInt32LE(Number(BigInt.asUintN(32, time / NS_PER_S)), 0);
    record.writeUInt32LE(Number(time % NS_PER_S), 4);
    record.writeUInt32LE(bytes.length, 8);
    record.writeUInt32LE(Math.min(Math.max(whole, bytes.length), 0xffffffff), 12);
    bytes.copy(record, RECORD_HEADER);
    this.waiting.push({ time, record });
  }

  flush(): void {
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    this.ahead = undefined;
    if (this.broken) {
      this.missing += waiting.length;
      return;
    }
    // They come CPU by CPU.
    waiting.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    try {
      this.write(Buffer.concat(waiting.map(({ record }) => record)));
    } catch (error) {
      this.broken = true;
      this.missing = waiting.length;
      this.tell(`${this.path} cannot be written any more: ${failureText(error)}; it ends here`);
    }
  }

  close(): void {
    this.flush();
    closeSync(this.descriptor);
    if (this.missing > 0) this.tell(`up to ${this.missing.toString()} packets are missing in ${this.path}`);
  }

  /** Whole: a write may take only a part. */
  private write(bytes: Buffer): void {
    const { write = writeSync } = this.options;
    let done = 0;
    while (done < bytes.length) done += write(this.descriptor, bytes, done);
  }

  private tell(text: string): void {
    const { position, expandedFrom } = this.site;
    this.options.emit({ kind: "message", severity: "error", text, position, expandedFrom });
  }
}
