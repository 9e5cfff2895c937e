const headEnd = '\r\n\r\n';

/** Bytes of the first request in what was read so far, its body included; `null` while it is not complete. */
export function requestLength(read: Buffer): number | null {
  const headLength = read.indexOf(headEnd);
  if (headLength < 0) return null;
  const head = read.toString('latin1', 0, headLength);
  const [, bodyLength = '0'] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  const length = headLength + headEnd.length + Number(bodyLength);
  return length <= read.length ? length : null;
}
