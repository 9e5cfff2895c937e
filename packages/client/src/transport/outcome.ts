/** Headers of an answer by their names in lower case; a repeated one has several values. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Complete answer. */
export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Uint8Array;
}

/** Reason for which no answer came. */
export type SilenceCode =
  | 'provider.refused'
  | 'provider.address'
  | 'provider.timeout'
  | 'provider.aborted'
  | 'provider.reset'
  | 'provider.too-large'
  | 'provider.unreadable';

/** No answer, and not one byte of the request was written: certainly not processed. */
interface Refused {
  readonly kind: 'refused';
  readonly code: SilenceCode;
}

/** No complete answer although the request was under way: it may have been processed. */
interface Interrupted {
  readonly kind: 'interrupted';
  readonly code: SilenceCode;
}

export type Silence = Refused | Interrupted;

/** Outcome of sending a request once. */
export type Outcome = Answered | Silence;
