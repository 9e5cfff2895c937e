import type { Retry, Unknown } from '../contract/verdict.js';
import type { Silence } from '../transport/outcome.js';
import { reasonOf } from './reason.js';

/** Returns the verdict of an attempt without an answer: safe to send again only if nothing was sent. */
export function verdictOfSilence(silence: Silence): Retry | Unknown {
  const reason = reasonOf(silence.code);
  return silence.kind === 'refused' ? { kind: 'retry', reason } : { kind: 'unknown', reason };
}
