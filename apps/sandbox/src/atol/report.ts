import { formatWireTime, registerOffsetHours } from '@fiscalkit/schemas';
import type { Answer } from '../http/answer.js';
import { atolTime, errorAnswerOf, systemError } from './answers.js';
import type { AtolDependencies } from './dependencies.js';
import type { AtolGroup } from './group.js';
import { rememberedSince } from './memory.js';
import { type AtolOutcome, type AtolRecord, atolState } from './record.js';

const secondMs = 1000;

/** Reports of the emulated ATOL Online. */
export class AtolReports {
  readonly #dependencies: AtolDependencies;
  /** Times of the last reports, by group. */
  readonly #asked = new Map<string, number[]>();

  constructor(dependencies: AtolDependencies) {
    this.#dependencies = dependencies;
  }

  /** Returns the state of a document of the group. */
  report(uuid: string, group: AtolGroup): Answer {
    const { documents, clock, options } = this.#dependencies;
    const now = clock();
    if (!this.#mayAsk(group, now)) return { status: 429, body: {} };
    const record = documents.byUuid(uuid);
    const isKnown =
      record?.groupCode === group.code && record.createdAt > rememberedSince(group, now, options);
    if (!isKnown) return errorAnswerOf(400, systemError(30), { now });
    const state = atolState(record, now);
    if (state === 'not-found') return errorAnswerOf(200, systemError(34), { now, status: 'wait' });
    return { status: 200, body: bodyOf(record, state, now) };
  }

  /** Returns the report of a document in this state, as callbacks bring it. */
  bodyOf(record: AtolRecord, state: 'wait' | 'done' | 'fail'): Record<string, unknown> {
    return bodyOf(record, state, this.#dependencies.clock());
  }

  #mayAsk({ code }: AtolGroup, now: Date): boolean {
    const { reportsPerSecond } = this.#dependencies.options;
    if (reportsPerSecond === undefined) return true;
    const recent = (this.#asked.get(code) ?? []).filter((time) => time > now.getTime() - secondMs);
    const isFree = recent.length < reportsPerSecond;
    this.#asked.set(code, isFree ? [...recent, now.getTime()] : recent);
    return isFree;
  }
}

function bodyOf(record: AtolRecord, status: 'wait' | 'done' | 'fail', now: Date): Record<string, unknown> {
  const { outcome } = record;
  return {
    uuid: record.uuid,
    error: status === 'fail' && outcome.kind === 'fails' ? outcome.error : null,
    status,
    payload: status === 'done' && outcome.kind === 'registers' ? payloadOf(record, outcome, now) : null,
    timestamp: atolTime(now),
    group_code: record.groupCode,
    daemon_code: 'sandbox-agent',
    device_code: 'SANDBOX-1',
    external_id: record.externalId,
    callback_url: '',
    warnings: null,
  };
}

function payloadOf(
  { total, marks }: AtolRecord,
  {
    registration: { mark, link, receiptNumber },
    markShownAt = 0,
  }: Extract<AtolOutcome, { kind: 'registers' }>,
  now: Date,
): object {
  const payload = {
    total,
    fns_site: 'www.nalog.ru',
    fn_number: mark.fiscal_storage_number,
    shift_number: 1,
    receipt_datetime: formatWireTime(new Date(mark.registered_at), registerOffsetHours('ru_1_2')),
    fiscal_receipt_number: receiptNumber,
    fiscal_document_number: Number(mark.fiscal_document_number),
    ecr_registration_number: '0000111118041361',
    fiscal_document_attribute: Number(mark.fiscal_attribute),
    ofd_inn: '7709364346',
    ofd_receipt_url: link,
    ...(marks.length > 0 && { marks_result: marks.map((result, position) => ({ position, result })) }),
  };
  if (now.getTime() >= markShownAt) return payload;
  const { fiscal_document_number: _number, fiscal_document_attribute: _attribute, ...unmarked } = payload;
  return unmarked;
}
