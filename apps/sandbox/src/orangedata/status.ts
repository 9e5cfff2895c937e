import type { Answer } from '../http/answer.js';
import { type OrangedataOptions, orangedataDefaults } from './account.js';
import type { OrangedataDependencies } from './dependencies.js';
import { type Organisations, refusalOf } from './organisations.js';
import { type OrangedataKind, type OrangedataRecord, orangedataState } from './record.js';

/** Returns the time of the oldest document that is remembered, in milliseconds since 1970. */
export function rememberedSince(
  now: Date,
  { memoryMs = orangedataDefaults.memoryMs }: OrangedataOptions,
): number {
  return now.getTime() - memoryMs;
}

const secondMs = 1000;

/** Question about a document. */
interface StatusCall {
  readonly path: OrangedataKind;
  readonly inn: string;
  readonly id: string;
}

/** Answers of the emulated OrangeData to questions about documents. */
export class OrangedataStatuses {
  readonly #dependencies: OrangedataDependencies;
  readonly #organisations: Pick<Organisations, 'isKnown'>;
  /** Times of the last questions, by group. */
  readonly #asked = new Map<string, number[]>();

  constructor(dependencies: OrangedataDependencies, organisations: Pick<Organisations, 'isKnown'>) {
    this.#dependencies = dependencies;
    this.#organisations = organisations;
  }

  /** Returns the state of a document; one of another kind, or a forgotten one, is not found. */
  status({ path, inn, id }: StatusCall): Answer {
    const { documents, options, clock } = this.#dependencies;
    const now = clock();
    if (!this.#organisations.isKnown(inn)) return refusalOf('Организация не найдена');
    const record = documents.get(inn, id);
    const isKnown = record?.path === path && record.createdAt > rememberedSince(now, options);
    if (!isKnown) return refusalOf('Документ не найден');
    if (!this.#mayAsk(`${inn} ${record.group}`, now)) return { status: 429, body: undefined };
    switch (orangedataState(record, now)) {
      case 'queued':
        return { status: 202, body: undefined };
      case 'expired':
        return { status: 524, body: undefined };
      case 'failed-marks':
        return { status: 422, body: failedMarksOf(record) };
      case 'done':
        return { status: 200, body: bodyOf(record, now) };
    }
  }

  #mayAsk(group: string, now: Date): boolean {
    const { statusesPerSecond } = this.#dependencies.options;
    if (statusesPerSecond === undefined) return true;
    const recent = (this.#asked.get(group) ?? []).filter((time) => time > now.getTime() - secondMs);
    const isFree = recent.length < statusesPerSecond;
    this.#asked.set(group, isFree ? [...recent, now.getTime()] : recent);
    return isFree;
  }
}

/** Returns a registered document as OrangeData shows it; without its mark while that is late. */
export function bodyOf(record: OrangedataRecord, now: Date): Record<string, unknown> {
  const { id, inn, meta, outcome } = record;
  const { ground, ...content } = record.content;
  const registration = outcome.kind === 'registers' ? outcome : null;
  const isMarked = registration !== null && now.getTime() >= (registration.markShownAt ?? 0);
  return {
    id,
    deviceSN: '0000000000001358',
    deviceRN: '0000000400054952',
    fsNumber: registration?.mark.fiscal_storage_number,
    ofdName: 'ООО "Ярус"',
    ofdWebsite: 'www.ofd-ya.ru',
    ofdinn: '7728699517',
    fnsWebsite: 'www.nalog.ru',
    companyINN: inn,
    companyName: 'ООО "Песочница"',
    ...(isMarked && {
      documentNumber: Number(registration.mark.fiscal_document_number),
      fp: registration.mark.fiscal_attribute,
    }),
    shiftNumber: 1,
    documentIndex: Number(registration?.mark.fiscal_document_number),
    // On the register's clock, without a zone.
    processedAt: registration?.mark.registered_at.replace(/[+-]\d\d:\d\d$/, ''),
    content: { ...content, ...ground },
    change: 0,
    callbackUrl: null,
    meta,
  };
}

function failedMarksOf({ outcome }: OrangedataRecord): object[] {
  const checkResult = outcome.kind === 'fails-marks' ? outcome.result : 0;
  return [
    { position: 0, itemCode: '', checkResult: { fsCheckStatus: 1, fsCheckStatusCause: 0, checkResult } },
  ];
}
