import { type OperationCapabilities, type Rejected, unknownPlan } from '@fiscalkit/client';
import { isDoubtful, isEarlierUnknown } from './doubt.js';
import type { Entry } from './entry.js';

/** What is known of an entry and of its provider when an answer comes. */
export interface AnswerContext {
  readonly entry: Pick<Entry, 'failures' | 'reason' | 'attempts' | 'providerDocumentId' | 'reissues'>;
  /** Capabilities for this entry, at this time, as `capabilitiesFor` returns them. */
  readonly capabilities: Omit<OperationCapabilities, 'asynchronous'>;
}

/**
 * Whether a repeat was refused while an earlier attempt may still be under way: a provider that recognises
 * repeats may yet register that one. Once it has settled, the answer to one more repeat is for both.
 */
export function isRefusedEarly({ entry, capabilities }: AnswerContext): boolean {
  return recognisesKeys(capabilities) && isEarlierUnknown(entry) && entry.reason?.repeat !== 'settled';
}

/**
 * Whether a failure contradicts what the provider has said of the very same document: that it may have
 * registered it, or has. Nothing is sent under another reference then, and the shop hears of no rejection.
 */
export function isContradicted({ reissue }: Rejected, context: AnswerContext): boolean {
  const { entry } = context;
  if (reissue !== true && !isFoundById(context)) return false;
  return isDoubtful(entry) || entry.reason?.calledDone === true;
}

/**
 * Whether the outcome of an earlier attempt was never found, so that a rejection concerns the repeat alone:
 * the first may be registered, and be the very reason for the refusal. A provider that absorbs repeats
 * answers for the document, which it has recognised.
 */
export function isRepeat({ entry, capabilities }: AnswerContext): boolean {
  return takesEveryRequest(capabilities) && isEarlierUnknown(entry);
}

/**
 * Whether the ledger was restored to a time before this entry was sent, as far as it knows: an equal rejected
 * document may belong to one attempt of several, or to an entry that is lost.
 */
export function isForgetful({ entry, capabilities }: AnswerContext): boolean {
  return takesEveryRequest(capabilities) && entry.reason?.code === restoredCode;
}

/** Reason code of an entry that is searched before a restored ledger sends it. */
const restoredCode = 'ledger.restored';

/** Whether every request may create a document of its own, and a search can tell them apart. */
export function takesEveryRequest(capabilities: AnswerContext['capabilities']): boolean {
  return unknownPlan(capabilities) === 'find' && capabilities.deduplicatesBy === 'nothing';
}

/** Whether a repeat is sent to find out the outcome, and the provider recognises it by its key. */
export function recognisesKeys(capabilities: AnswerContext['capabilities']): boolean {
  return unknownPlan(capabilities) === 'resend' && capabilities.deduplicatesBy === 'key';
}

/** Whether a repeat is recognised for a while only, over or not. */
export function hasWindow({ capabilities }: AnswerContext): boolean {
  return capabilities.deduplicationWindowMs !== undefined;
}

/**
 * Whether the answer to a question is about the one document of a request: its id was told, no search picks it
 * among others, and no repeat may be refused in its place.
 */
export function isFoundById({ capabilities }: AnswerContext): boolean {
  return unknownPlan(capabilities) !== 'find' && capabilities.deduplicatesBy !== 'payment';
}

/**
 * Whether an earlier attempt is open; also where a wait for an account has recorded it, whatever the
 * provider's capabilities.
 */
export function isEarlierOpen(context: AnswerContext): boolean {
  const { entry } = context;
  if (hasWindow(context) && isEarlierUnknown(entry)) return true;
  return isRepeat(context) || isForgetful(context) || entry.reason?.earlierUnknown === true;
}
