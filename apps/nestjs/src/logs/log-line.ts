/** All that a log line may hold. There is no field for a document, a header or a message of somebody else's making. */
export interface LogFields {
  readonly id?: string;
  readonly merchant?: string;
  readonly operation?: string;
  readonly provider?: string;
  readonly account?: string;
  readonly merchants?: string;
  readonly entries?: number;
  /** Where a ledger is; never with a password. */
  readonly at?: string;
  readonly providers?: string;
  readonly from?: string;
  readonly to?: string;
  readonly state?: string;
  readonly code?: string;
  readonly action?: string;
  readonly by?: string;
  readonly handler?: string;
  readonly kind?: string;
  readonly attempts?: number;
  /** Of what time a restored ledger may know nothing. */
  readonly since?: string;
  readonly until?: string;
  readonly error?: string;
}

export type LogLevel = 'debug' | 'log' | 'warn' | 'error';

/** One line for the log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
  /** What is the matter, in words of ours, or of the application's own error. */
  readonly words?: string;
  /** Where the application's own error came from. */
  readonly stack?: string;
}

/** The line as text: the event, then `name=value` of what is known, then words. */
export function formatLogLine({ event, fields, words }: LogLine): string {
  const known = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return [event, ...known, ...(words ? ['-', words] : [])].join(' ');
}
