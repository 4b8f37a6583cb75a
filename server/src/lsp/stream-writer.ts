/**
 * Messages to a stream, each in one write as soon as it is there: whoever reads is woken once for it, and not for a header
 * before there is anything to read behind it.
 */

import type { Writable } from "node:stream";

import { AbstractMessageWriter, type Message, type MessageWriter } from "vscode-languageserver/node";

export class StreamWriter extends AbstractMessageWriter implements MessageWriter {
  private readonly stream: Writable;
  private failures = 0;

  constructor(stream: Writable) {
    super();
    this.stream = stream;
    stream.on("error", (error) => {
      this.fireError(error);
    });
    stream.on("close", () => {
      this.fireClose();
    });
  }

  write(message: Message): Promise<void> {
    const bytes = framed(JSON.stringify(message));
    return new Promise((resolve, reject) => {
      this.stream.write(bytes, (error) => {
        if (error === undefined || error === null) {
          resolve();
          return;
        }
        this.failures += 1;
        this.fireError(error, message, this.failures);
        reject(error);
      });
    });
  }

  end(): void {
    this.stream.end();
  }
}

// Put together as bytes: as one text, tens of kilobytes would be copied once more.
function framed(body: string): Buffer {
  const length = Buffer.byteLength(body);
  const header = `Content-Length: ${length.toString()}\r\n\r\n`;
  const bytes = Buffer.allocUnsafe(header.length + length);
  bytes.write(header, "latin1");
  bytes.write(body, header.length, "utf8");
  return bytes;
}
