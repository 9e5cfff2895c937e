import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { AnswersOnTheWay, LongAnswer } from '../http/answers-on-the-way.js';
import { describeProblem } from '../http/problem.js';
import { type Logger, unforeseen } from '../logs/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { printPage } from './page.js';

/** What pages are sent with. */
export interface PageParts {
  readonly answers: AnswersOnTheWay;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Sends the pages of lists, within the bound of what may be on its way to clients. */
export class Pages {
  readonly #parts: PageParts;

  constructor(parts: PageParts) {
    this.#parts = parts;
  }

  /** Prints the page that answers the request. When a part can't be read, the connection breaks: no part of a page looks like a whole one. */
  print(portions: AsyncGenerator<Uint8Array>, { raw, record }: FastifyRequest): Promise<Buffer | Readable> {
    const { answers } = this.#parts;
    const answer: LongAnswer = { cutOff: () => raw.socket.destroy() };
    return printPage(portions, {
      onPiece: (bytes) => answers.hold(answer, bytes),
      onEnd: () => answers.end(answer),
      onError: (error) => this.#note(error, record),
    });
  }

  /** The status has gone out: log and figures are all that can still tell. */
  #note(error: unknown, record: FastifyRequest['record']): void {
    const { code, status } = describeProblem(error);
    record.problemCode = code;
    record.problemStatus = status;
    this.#parts.metrics.problem(code);
    if (status !== 500) return;
    this.#parts.logger.log('error', 'request.failed', { request_id: record.requestId, ...unforeseen(error) });
  }
}
