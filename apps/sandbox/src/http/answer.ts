/** An HTTP answer before it is written: the body is printed as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error in the receipts API's envelope. */
export function errorAnswer(status: number, code: string, message: string): Answer {
  return { status, body: { error: { message, code } } };
}
