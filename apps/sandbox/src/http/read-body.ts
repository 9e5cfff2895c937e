import type { IncomingMessage } from 'node:http';

/** The largest body that is read, in bytes. */
const bodyLimit = 2 * 1024 * 1024;

/** Reads the whole body; `null` when it is larger than the limit. Rejects when the caller leaves before its end. */
export function readBody(request: IncomingMessage): Promise<Buffer | null> {
  // Listeners, because an iterator over the stream costs as much as all the rest of reading a request.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyLimit) resolve(null);
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
