import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { AnswersOnTheWay, LongAnswer } from '../http/answers-on-the-way.js';
import { describeProblem } from '../http/problem.js';
import { type Logger, unforeseen } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Exchange } from './created-answer.js';

/** Dependencies of pages. */
export interface PageDependencies {
  readonly answers: AnswersOnTheWay;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Sends the pages of lists, within the limit of bytes on their way to clients. */
export class Pages {
  readonly #parts: PageDependencies;

  constructor(parts: PageDependencies) {
    this.#parts = parts;
  }

  /**
   * Sends the page that answers a request; closes the connection if a part is unreadable, so that it shows.
   */
  async print(
    portions: AsyncGenerator<Uint8Array>,
    { request: { raw, record }, reply }: Exchange,
  ): Promise<Buffer | Readable> {
    const { answers } = this.#parts;
    const answer: LongAnswer = { cutOff: () => raw.socket.destroy() };
    const page = await printPage(portions, {
      onPiece: (bytes) => answers.hold(answer, bytes),
      onEnd: () => answers.end(answer),
      onError: (error) => this.#note(error, record),
    });
    reply.header('Content-Type', 'application/json; charset=utf-8');
    return page;
  }

  /** Records an error after the status was sent: only log and metrics can still show it. */
  #note(error: unknown, record: FastifyRequest['record']): void {
    const { code, status } = describeProblem(error);
    record.problemCode = code;
    record.problemStatus = status;
    this.#parts.metrics.problem(code);
    if (status !== 500) return;
    this.#parts.logger.log('error', 'request.failed', { request_id: record.requestId, ...unforeseen(error) });
  }
}

/** Size in bytes from which a page is sent in pieces; a shorter one is sent whole, with its length. */
const wholeLength = 262_144;

const begin = Buffer.from('{"data":[');
const comma = Buffer.from(',');
const end = Buffer.from(']}');

/** Observer of a page that is sent in pieces. */
export interface PageDelivery {
  /** Called before each piece with the bytes that wait for the client: the piece, and the one before it. */
  readonly onPiece: (bytes: number) => void;
  /** Called when nothing waits any more, however the page ended. */
  readonly onEnd: () => void;
  /** Called with the error that ended a page too early. */
  readonly onError: (error: unknown) => void;
}

/**
 * Sends a page of serialized receipts, portion by portion, as `JSON.stringify` writes its envelope: its
 * bytes, or for a long one a stream that reads each portion when the client has received those before.
 * Rejects if nothing was sent yet; later, the stream fails, and the page has no end.
 */
async function printPage(
  portions: AsyncGenerator<Uint8Array>,
  delivery: PageDelivery,
): Promise<Buffer | Readable> {
  const pieces: Uint8Array[] = [begin];
  let length = begin.length;
  while (length < wholeLength) {
    const portion = await portions.next();
    if (portion.done) return Buffer.concat([...pieces, end]);
    if (pieces.length > 1) pieces.push(comma);
    pieces.push(portion.value);
    length += portion.value.length;
  }
  const page = Readable.from(inPieces(Buffer.concat(pieces)));
  // Also of a page of which nothing was read.
  page.once('close', () => {
    delivery.onEnd();
    void portions.return(undefined);
  });
  return page;

  async function* inPieces(first: Buffer) {
    let waiting = 0;
    const piece = (bytes: Buffer) => {
      delivery.onPiece(waiting + bytes.length);
      waiting = bytes.length;
      return bytes;
    };
    try {
      yield piece(first);
      for await (const portion of portions) yield piece(Buffer.concat([comma, portion]));
      yield piece(end);
    } catch (error) {
      delivery.onError(error);
      throw error;
    }
  }
}
