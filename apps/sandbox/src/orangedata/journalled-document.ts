import { correctionTypes, operationTypes, paymentMethods, type RussianFiscalMark } from '@fiscalkit/schemas';
import {
  type OrangedataGround,
  type OrangedataKind,
  type OrangedataRecord,
  type OrangedataState,
  orangedataState,
} from './record.js';

/** A position as it was received, in the words of ours. */
export interface JournalledOrangedataItem {
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
  readonly payment_method: string;
}

/** A document of OrangeData, and what the fiscal storage has of it. Times are ISO 8601 in UTC. */
export interface JournalledOrangedataDocument {
  readonly id: string;
  readonly inn: string;
  readonly group: string;
  /** Path of its kind. */
  readonly kind: OrangedataKind;
  readonly meta: string | null;
  /** `sell`, `sell_refund`, `sell_correction`, … */
  readonly operation: string;
  /** Ground of a correction, in the words of ours; `null` for a receipt. */
  readonly correction_info: {
    readonly type: 'self' | 'instruction';
    readonly base_date: string;
    readonly base_number?: string;
  } | null;
  /** In roubles. */
  readonly total: number;
  readonly items: readonly JournalledOrangedataItem[];
  /** As the register keeps them. */
  readonly names: readonly string[];
  readonly status: OrangedataState;
  readonly created_at: string;
  /** Receipt in the fiscal storage; `null` if there is none. */
  readonly mark: RussianFiscalMark | null;
}

/** Returns a document as the journal shows it at a given time. */
export function journalledOrangedataDocument(
  record: OrangedataRecord,
  now: Date,
): JournalledOrangedataDocument {
  const { id, inn, group, path, meta, content, texts, createdAt, outcome } = record;
  const { positions = [], type, totalSum, ground } = content;
  const status = orangedataState(record, now);
  return {
    id,
    inn,
    group,
    kind: path,
    meta,
    operation: `${nameIn(operationTypes, type)}${ground ? '_correction' : ''}`,
    correction_info: ground ? infoOf(ground) : null,
    total: totalSum,
    items: positions.map(({ price, quantity, paymentMethodType }, index) => ({
      name: texts[index] ?? '',
      price,
      quantity,
      payment_method: nameIn(paymentMethods, paymentMethodType),
    })),
    names: positions.map(({ text }) => text),
    status,
    created_at: new Date(createdAt).toISOString(),
    mark: status === 'done' && outcome.kind === 'registers' ? outcome.mark : null,
  };
}

function infoOf({
  correctionType,
  causeDocumentDate,
  causeDocumentNumber: base_number,
}: OrangedataGround): NonNullable<JournalledOrangedataDocument['correction_info']> {
  return {
    type: correctionType === correctionTypes.self ? 'self' : 'instruction',
    base_date: causeDocumentDate.slice(0, 'YYYY-MM-DD'.length),
    ...(base_number !== undefined && { base_number }),
  };
}

function nameIn(table: Readonly<Record<string, number>>, number: number): string {
  const [name = String(number)] = Object.entries(table).find(([, value]) => value === number) ?? [];
  return name;
}
