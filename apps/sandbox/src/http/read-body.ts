import type { IncomingMessage } from 'node:http';

/** The largest body that is read, in bytes. */
const bodyLimit = 2 * 1024 * 1024;

/** Reads the whole body; `null` when it is larger than the limit. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > bodyLimit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
