import { pino } from 'pino';
import { standardOutput } from './standard-output.js';

/** The fields of log lines. There is none for a body, a header or a message of somebody else's making. */
const allowed = {
  request_id: 'text',
  method: 'text',
  /** The pattern of the route, never the path as it came. */
  route: 'text',
  status: 'number',
  duration_ms: 'number',
  merchant: 'text',
  /** Name of an endpoint of the merchant. */
  webhook: 'text',
  receipt_id: 'text',
  code: 'text',
  /** Cause of the ledger's failure, from the ledger's list, and the database's own code. */
  cause: 'text',
  database_code: 'text',
  /** The address of a request that did not prove who asks. */
  client: 'text',
  version: 'text',
  provider: 'text',
  /** The provider's id of the merchant, and the address. */
  account: 'text',
  /** Ids, separated by commas. */
  merchants: 'text',
  /** Place of the ledger; never with a password. */
  ledger: 'text',
  /** Names and addresses, separated by commas. */
  providers: 'text',
  step: 'text',
  verdict: 'text',
  from: 'text',
  to: 'text',
  state: 'text',
  url: 'text',
  /** An operator's intervention in an entry, and which administrator it was. */
  action: 'text',
  by: 'text',
  /** Kind of an event, as `receipt.overdue`, its handler, and how often that was called with it. */
  kind: 'text',
  handler: 'text',
  attempts: 'number',
  /** Number of events or things that the line is about. */
  count: 'number',
  /** The time of which a restored ledger may know nothing. */
  since: 'text',
  until: 'text',
  /** Signal that the process received. */
  signal: 'text',
  /** Explanation in words of ours. */
  note: 'text',
  error_name: 'text',
  /** Frames of an unforeseen error in our code, without its message. */
  error_at: 'texts',
} as const;

interface FieldTypes {
  readonly text: string;
  readonly number: number;
  readonly texts: readonly string[];
}

/** Fields of one line. */
export type LogFields = {
  readonly [Field in keyof typeof allowed]?: FieldTypes[(typeof allowed)[Field]];
};

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Writes one line of JSON an event. */
export interface Logger {
  log(level: LogLevel, event: string, fields?: LogFields): void;
  /** Lines that the output did not take, and that are lost; absent where nothing is known of them. */
  readonly linesDropped?: number;
}

/** Output of lines. */
export interface LogDestination {
  write(line: string): void;
  readonly linesDropped?: number;
}

function isAllowed(field: string): field is keyof LogFields {
  return Object.hasOwn(allowed, field);
}

/** Returns the fields of a line that are on the list and have a value. */
function allowedOf(fields: LogFields): LogFields {
  const line: Record<string, unknown> = {};
  for (const field of Object.keys(fields)) {
    if (isAllowed(field) && fields[field] !== undefined) line[field] = fields[field];
  }
  return line;
}

/** Creates a logger of JSON lines, built from the allow-list alone; to standard output when absent. */
export function createLogger(
  level: LogLevel | 'silent',
  destination: LogDestination = standardOutput(),
): Logger {
  const options = {
    level,
    base: null,
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const sink = pino(options, destination);
  return {
    log(lineLevel, event, fields = {}) {
      if (sink.isLevelEnabled(lineLevel)) sink[lineLevel](allowedOf(fields), event);
    },
    get linesDropped() {
      return destination.linesDropped ?? 0;
    },
  };
}

/** Describes an unforeseen error by its name and where it came from, never by its message. */
export function unforeseen(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error_name: typeof error };
  const { name, message, stack = '' } = error;
  // A message may have lines that look like frames.
  const trace = stack.slice(stack.indexOf(message) + message.length);
  const frames = trace.split('\n').filter((line) => /^\s+at /.test(line));
  return { error_name: name, error_at: frames.slice(0, 5).map((line) => line.trim()) };
}
