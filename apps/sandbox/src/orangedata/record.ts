import type { RussianFiscalMark } from '@fiscalkit/schemas';

/** Paths under which documents of a kind are registered and asked for. */
export type OrangedataKind = 'documents' | 'corrections' | 'correction12';

/** Position of a document as it was received; amounts are in roubles. */
export interface OrangedataPosition {
  readonly text: string;
  readonly quantity: number;
  readonly price: number;
  readonly tax: number;
  readonly paymentMethodType: number;
}

/** Ground of a correction, as it was received. */
export interface OrangedataGround {
  readonly correctionType: number;
  readonly causeDocumentDate: string;
  readonly causeDocumentNumber?: string | undefined;
}

/** Content of a document without the buyer. */
export interface OrangedataContent {
  readonly type: number;
  readonly totalSum: number;
  /** As the register keeps them; none of a correction in FFD 1.05. */
  readonly positions?: readonly OrangedataPosition[];
  /** Ground of a correction; absent in receipts. */
  readonly ground?: OrangedataGround;
}

/** Final outcome of a document, decided when it is taken. Times are milliseconds since 1970. */
export type OrangedataOutcome =
  | {
      readonly kind: 'registers';
      readonly at: number;
      readonly mark: RussianFiscalMark;
      /** Time from which the mark is shown; with the document when absent. */
      readonly markShownAt?: number;
    }
  /** No register took it in time. */
  | { readonly kind: 'expires'; readonly at: number }
  /** The check of a mark code failed, with this result (tag 2106). */
  | { readonly kind: 'fails-marks'; readonly at: number; readonly result: number }
  | { readonly kind: 'stays-queued' };

/** Document that was taken into the queue of a group. */
export interface OrangedataRecord {
  readonly kind: 'orangedata';
  readonly path: OrangedataKind;
  readonly id: string;
  readonly inn: string;
  readonly group: string;
  readonly meta: string | null;
  readonly content: OrangedataContent;
  /** Texts of the positions as they were received. */
  readonly texts: readonly string[];
  readonly createdAt: number;
  readonly outcome: OrangedataOutcome;
}

/** States of a document. */
export type OrangedataState = 'queued' | 'done' | 'expired' | 'failed-marks';

const finalStates = { registers: 'done', expires: 'expired', 'fails-marks': 'failed-marks' } as const;

/** Returns the state of a document at a given time. */
export function orangedataState({ outcome }: OrangedataRecord, now: Date): OrangedataState {
  if (outcome.kind === 'stays-queued' || now.getTime() < outcome.at) return 'queued';
  return finalStates[outcome.kind];
}
