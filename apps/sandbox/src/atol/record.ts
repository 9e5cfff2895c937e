import type { RussianFiscalMark } from '@fiscalkit/schemas';

/** Error of ATOL Online: the code means something only together with its type. */
export interface AtolError {
  readonly type: string;
  readonly code: number;
  readonly text: string;
}

/** Final outcome of a document, decided when it is taken. Times are milliseconds since 1970. */
export type AtolOutcome =
  | {
      readonly kind: 'registers';
      readonly at: number;
      readonly registration: AtolRegistration;
      /** Time from which the report shows the mark; with the receipt when absent. */
      readonly markShownAt?: number;
    }
  | {
      readonly kind: 'fails';
      readonly at: number;
      readonly error: AtolError;
      /** Receipt that the register closed before it lost its connection; `null` if there is none. */
      readonly registration: AtolRegistration | null;
    }
  | { readonly kind: 'stays-waiting' };

/** Receipt in a fiscal storage. */
export interface AtolRegistration {
  readonly mark: RussianFiscalMark;
  readonly link: string;
  readonly receiptNumber: number;
}

/** Item of a document as it was received; amounts are in roubles. */
export interface AtolItem {
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
  readonly payment_method?: string | undefined;
}

/** Ground of a correction as it was received. */
export interface AtolCorrectionInfo {
  readonly type: 'self' | 'instruction';
  /** DD.MM.YYYY */
  readonly base_date: string;
  readonly base_number?: string | undefined;
}

/** Document that was taken into the queue of a group. */
export interface AtolRecord {
  readonly kind: 'atol';
  readonly uuid: string;
  readonly groupCode: string;
  readonly externalId: string;
  readonly operation: string;
  readonly total: number;
  readonly items: readonly AtolItem[];
  /** Of a correction alone. */
  readonly correctionInfo?: AtolCorrectionInfo;
  /** Names of the items, as the register prints them. */
  readonly names: readonly string[];
  /** Results of checked mark codes by item. */
  readonly marks: readonly number[];
  readonly createdAt: number;
  readonly outcome: AtolOutcome;
}

/** States of a document: unknown to the report at first, then waiting, then final. */
export type AtolState = 'not-found' | 'wait' | 'done' | 'fail';

/** Part of its way in which the report does not know a document yet. */
const unseen = 1 / 3;

/** Returns the state of a document at a given time. */
export function atolState({ createdAt, outcome }: AtolRecord, now: Date): AtolState {
  const time = now.getTime();
  if (outcome.kind === 'stays-waiting') return time > createdAt ? 'wait' : 'not-found';
  if (time >= outcome.at) return outcome.kind === 'registers' ? 'done' : 'fail';
  return time < createdAt + (outcome.at - createdAt) * unseen ? 'not-found' : 'wait';
}
