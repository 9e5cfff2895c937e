const endOfHead = '\r\n\r\n';
const contentLength = /\r\ncontent-length: *(\d+)/i;

/** Reads the answers of one connection as far as a load generator needs them: the status, and where the answer ends. */
export class AnswerReader {
  #received = '';

  /** Takes what arrived, as Latin-1 text; answers the status when the answer is whole, and `null` until then. */
  take(text: string): number | null {
    this.#received += text;
    const length = lengthOf(this.#received);
    if (length === null || this.#received.length < length) return null;
    if (this.#received.length > length) throw new Error('more was answered than was asked for');
    const status = Number(this.#received.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
    this.#received = '';
    return status;
  }
}

/** Bytes of the whole answer; `null` as long as its head is not there. */
function lengthOf(received: string): number | null {
  const end = received.indexOf(endOfHead);
  if (end === -1) return null;
  const length = contentLength.exec(received)?.[1];
  if (length === undefined) throw new Error('an answer without a content-length');
  return end + endOfHead.length + Number(length);
}
