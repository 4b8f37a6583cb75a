/** A ZIP archive with one stored file that starts on a page, as Android packs programs. */

const PAGE = 4096;
const LOCAL_BYTES = 30;
const ENTRY_BYTES = 46;
const END_BYTES = 22;

/** Tests read the archive's places only: its check sums are left 0. */
export function zipOf(name: string, content: Buffer): Buffer {
  const nameBytes = Buffer.from(name);
  const padding = PAGE - ((LOCAL_BYTES + nameBytes.length) % PAGE);
  const local = Buffer.alloc(LOCAL_BYTES + nameBytes.length + padding);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(10, 4);
  local.writeUInt32LE(content.length, 18);
  local.writeUInt32LE(content.length, 22);
  local.writeUInt16LE(nameBytes.length, 26);
  local.writeUInt16LE(padding, 28);
  nameBytes.copy(local, LOCAL_BYTES);
  const entry = Buffer.alloc(ENTRY_BYTES + nameBytes.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(10, 4);
  entry.writeUInt16LE(10, 6);
  entry.writeUInt32LE(content.length, 20);
  entry.writeUInt32LE(content.length, 24);
  entry.writeUInt16LE(nameBytes.length, 28);
  nameBytes.copy(entry, ENTRY_BYTES);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length + content.length, 16);
  return Buffer.concat([local, content, entry, end]);
}
