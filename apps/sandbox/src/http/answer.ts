/** An HTTP answer; the body is sent as JSON, `undefined` as an empty one. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns an error in the envelope of the receipts API. */
export function errorAnswer(status: number, code: string, message: string): Answer {
  return { status, body: { error: { message, code } } };
}
