import type { AtolError } from './read-answer.js';

/** What an error says about the document, or about the question. */
export type Meaning =
  /** The token is missing or has expired: nothing was taken. */
  | 'token'
  /** Login, group or version is refused: nothing was taken. */
  | 'access'
  /** The document is refused for what it says, and never taken. */
  | 'content'
  /** The document failed for good at the register, and was not registered. */
  | 'technical'
  /** As `technical`; the same content may be sent again under a new id. */
  | 'reissue'
  /** The register may have closed the receipt before it was lost. */
  | 'maybe-closed'
  /** Nothing is said about the document. */
  | 'open'
  /** The id is taken: by the document whose uuid the answer names. */
  | 'duplicate'
  /** The document is not processed yet. */
  | 'not-yet'
  /** There is no document of this uuid, or none any more. */
  | 'no-document';

/** Meaning of an error of one type and code. */
export interface ErrorRule {
  readonly meaning: Meaning;
  /** Whether the account as a whole is in trouble. */
  readonly outage?: true;
  readonly because: string;
}

/** Returns one rule for several codes. */
function each(codes: readonly number[], rule: ErrorRule): readonly (readonly [number, ErrorRule])[] {
  return codes.map((code) => [code, rule] as const);
}

/** Errors of the service (protocol v4, 5.15 and 5.23; v5, 3.5: "Error codes"). */
const ofService: readonly (readonly [number, ErrorRule])[] = [
  [1, { meaning: 'open', outage: true, because: 'processing failed at an unknown point' }],
  [10, { meaning: 'token', because: 'the token is missing; not registered' }],
  [11, { meaning: 'token', because: 'the token has expired; not registered' }],
  [12, { meaning: 'access', because: 'login or password is wrong' }],
  [13, { meaning: 'content', because: 'the request fails validation' }],
  [14, { meaning: 'access', because: 'the user is blocked' }],
  [20, { meaning: 'access', because: 'the token is of another group; not registered' }],
  [21, { meaning: 'access', because: 'the group is made for the other version of the protocol' }],
  [30, { meaning: 'no-document', because: 'the uuid is wrong, or the report is older than it is kept' }],
  [31, { meaning: 'content', because: 'the operation is not supported; not registered' }],
  [32, { meaning: 'content', because: 'the document fails validation; not registered' }],
  [33, { meaning: 'duplicate', because: 'the group has a document under this external id' }],
  [34, { meaning: 'not-yet', because: 'the state of the document is not known yet' }],
  [40, { meaning: 'content', because: 'the request is malformed' }],
  [41, { meaning: 'content', because: 'the type of the content is wrong; not registered' }],
  [50, { meaning: 'open', outage: true, because: 'a fault of the server, at an unknown point' }],
  [2004, { meaning: 'technical', because: 'an internal fault of the service' }],
  [2005, { meaning: 'technical', because: 'the register failed' }],
  [-2146233033, { meaning: 'content', because: 'the receipt could not be formatted' }],
];

/** Errors of the program beside the register. */
const ofAgent: readonly (readonly [number, ErrorRule])[] = [
  ...each([2003, 2009], { meaning: 'content', because: "the INN is not that of the group's registers" }),
  [2004, { meaning: 'technical', because: 'an internal fault of the agent' }],
  [2005, { meaning: 'technical', because: 'the register failed' }],
  [2006, { meaning: 'content', because: 'the document is malformed' }],
  [2007, { meaning: 'content', because: 'a value of the document is not valid' }],
];

const toCorrect = [
  13, 16, 17, 23, 24, 27, 41, 48, 52, 53, 60, 66, 98, 110, 128, 143, 144, 145, 147, 161, 163, 193, 215, 216,
  217, 228, 231, 243, 244, 261, 265, 405, 408, 409, 412,
];
const badRequest = [38, 43, 57, 58, 63, 80, 134, 146];
const lostConnection = [2, 5, 104, 115, 116, 165, 177, 241, 262];

/** Errors of the register's driver that mean something else than its failure. */
const ofDriver: readonly (readonly [number, ErrorRule])[] = [
  ...each(toCorrect, { meaning: 'content', because: 'the receipt is to be corrected and sent again' }),
  ...each(badRequest, { meaning: 'content', because: 'the register can not take the request' }),
  [36, { meaning: 'reissue', because: 'the clock went back; the receipt is to be sent again' }],
  [40, { meaning: 'reissue', because: 'the buffer is full; the receipt is to be sent again' }],
  ...each([68, 141], { meaning: 'technical', outage: true, because: 'the shift is longer than a day' }),
  [421, { meaning: 'reissue', because: 'the marking system did not answer; there is no receipt' }],
  ...each([402, 407, 411, 420], { meaning: 'technical', because: 'the mark code could not be checked' }),
  ...each(lostConnection, {
    meaning: 'maybe-closed',
    outage: true,
    because: 'the connection to register or storage was lost, perhaps behind the closing of the receipt',
  }),
];

const expiredInQueue: ErrorRule = {
  meaning: 'reissue',
  outage: true,
  because: 'no register took the document from the queue in time; final for its uuid',
};

/** Documented errors by type and code: codes alone are not unique. */
export const errorRules: Readonly<Record<string, ReadonlyMap<number, ErrorRule>>> = {
  unknown: new Map([[0, { meaning: 'open', because: 'nothing is said' }]]),
  system: new Map(ofService),
  agent: new Map(ofAgent),
  driver: new Map(ofDriver),
  // One transcription of the documents prints the code as -1.
  timeout: new Map(each([1, -1], expiredInQueue)),
};

const failureOfRegister: ErrorRule = { meaning: 'technical', because: 'the register failed' };
const lastDriverCode = 502;

/** Returns the rule of an error; `null` for an undocumented one. */
export function ruleOfError({ type, code }: AtolError): ErrorRule | null {
  if (type === null || code === null) return null;
  const rule = Object.hasOwn(errorRules, type) ? errorRules[type]?.get(code) : undefined;
  if (rule !== undefined) return rule;
  const isOfDriver = type === 'driver' && code >= 1 && code <= lastDriverCode;
  return isOfDriver ? failureOfRegister : null;
}

/** Returns type and code as one word: `driver.421`. */
export function codeOf({ type, code }: AtolError): string | null {
  if (code === null) return type;
  return type === null ? String(code) : `${type}.${code}`;
}
