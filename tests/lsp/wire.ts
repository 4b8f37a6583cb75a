/** Messages of JSON-RPC on a byte stream, as the protocol frames them: for recording them, and for saying what no library would. */

export interface MessageSplitter {
  readonly push: (bytes: Buffer) => void;
}

/** @param take is handed every whole message's text */
export function splitMessages(take: (text: string) => void): MessageSplitter {
  let held = Buffer.alloc(0);
  return {
    push: (bytes) => {
      held = Buffer.concat([held, bytes]);
      for (;;) {
        const head = held.indexOf("\r\n\r\n");
        if (head === -1) return;
        const length = /content-length: *(\d+)/i.exec(held.subarray(0, head).toString("ascii"))?.[1];
        const start = head + 4;
        const end = start + Number(length ?? 0);
        if (held.length < end) return;
        take(held.subarray(start, end).toString("utf8"));
        held = held.subarray(end);
      }
    },
  };
}

export function frame(text: string): string {
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
