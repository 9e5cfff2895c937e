import { createHash } from 'node:crypto';

/** A file as it is answered: read and described once. */
export interface ServedFile {
  readonly body: Buffer;
  readonly entityTag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Prepares a file for answers. Whoever kept it asks each time whether it has changed, so that an upgrade shows at once. */
export function servedFile(
  body: Buffer,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): ServedFile {
  const entityTag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  return {
    body,
    entityTag,
    headers: {
      'Content-Type': contentType,
      'Cache-Control': 'no-cache',
      ETag: entityTag,
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  };
}
