import { orangedataChoices } from './choices.js';

/** What a status says about the document, or about the question. */
export type Meaning =
  /** Taken into the queue, under the id of the request. */
  | 'taken'
  /** The id is taken: the organisation has a document under it. */
  | 'exists'
  /** The texts of the answer decide. */
  | 'errors'
  /** Certificate or key are refused: nothing was taken. */
  | 'access'
  /** The document is refused for what it is, and never taken. */
  | 'content'
  /** Registered; the document is shown. */
  | 'done'
  /** In the queue. */
  | 'queued'
  /** A mark code failed its check: there is no receipt. */
  | 'marks'
  /** No register took it in time: there is no receipt, and the id is used up. */
  | 'expired';

/** Meaning of a documented status, in answers without which it means nothing else. */
export interface StatusRule {
  readonly meaning: Meaning;
  /** Whether the answer has no body: one with a body is somebody else's. */
  readonly isEmpty?: true;
  readonly because: string;
}

/** Statuses of answers to a registration (protocol 2.31.3). What is not here, HTTP decides. */
export const registrationRules: ReadonlyMap<number, StatusRule> = new Map<number, StatusRule>([
  [201, { meaning: 'taken', because: 'the document is in the queue' }],
  [400, { meaning: 'errors', because: 'the document or its signature is refused' }],
  [401, { meaning: 'access', because: 'the client certificate is refused' }],
  [409, { meaning: 'exists', isEmpty: true, because: 'the organisation has a document under this id' }],
  [413, { meaning: 'content', because: 'the document is too large' }],
  [414, { meaning: 'content', because: 'the address is too long' }],
  [415, { meaning: 'content', because: 'the type of the content is wrong' }],
]);

/** Statuses of answers to a question about a document (protocol 2.31.3). What is not here, HTTP decides. */
export const questionRules: ReadonlyMap<number, StatusRule> = new Map<number, StatusRule>([
  [200, { meaning: 'done', because: 'the document is registered' }],
  [202, { meaning: 'queued', because: 'the document waits for a register' }],
  [400, { meaning: 'errors', because: 'organisation or document are not found' }],
  [401, { meaning: 'access', because: 'the client certificate is refused' }],
  [422, { meaning: 'marks', because: 'a mark code failed its check' }],
  [524, { meaning: 'expired', isEmpty: true, because: 'no register took the document in time' }],
]);

/** Whether the one error of an answer is about key or signature: nothing is wrong with the document then. */
export function refusesSignature(errors: readonly string[]): boolean {
  return errors.length === 1 && orangedataChoices.signatureRefused.test(errors[0] ?? '');
}

/** Whether the one error of an answer says that there is no such document, and not that there is no organisation. */
export function saysUnknown(errors: readonly string[]): boolean {
  return errors.length === 1 && orangedataChoices.documentUnknown.test(errors[0] ?? '');
}
