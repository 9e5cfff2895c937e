import type { FindOptions } from '../../contract/provider.js';
import { type Finding, findingOf } from '../../contract/verdict.js';
import type { Outcome } from '../../transport/outcome.js';
import { reasonOf } from '../../verdicts/reason.js';
import { type StatusQuestion, verdictOfStatusQuestion } from './answer-to-verdict.js';
import { orangedataChoices } from './choices.js';
import { isAccepted } from './orangedata-api.js';

/** What a search asks, and what it needs to know of its answer. */
interface Search {
  readonly question: StatusQuestion;
  readonly options: FindOptions;
  /** Time for which ids are remembered, in milliseconds. */
  readonly memoryMs: number;
  /** Whether INN, group and key are known to be right. */
  isProven(): boolean;
  ask(): Promise<Outcome>;
  checkAccess(): Promise<Outcome>;
}

/**
 * Searches the document of a request under its id. An unknown id proves absence only while OrangeData remembers
 * every id since the first attempt, and only of an organisation that it knows: a wrong one has no documents
 * either, and gets the same status.
 */
export async function findDocument(search: Search): Promise<Finding> {
  const { question, options, memoryMs } = search;
  const verdict = verdictOfStatusQuestion(await search.ask(), question);
  if (!('reason' in verdict) || verdict.reason?.code !== 'provider.not-found') return findingOf(verdict);
  if (question.now.getTime() - options.since.getTime() >= memoryMs * orangedataChoices.provingShare) {
    return { kind: 'doubtful', reason: reasonOf('provider.doubtful', { httpStatus: 400 }) };
  }
  if (options.providerDocumentId !== undefined) return findingOf(verdict);
  if (search.isProven() || isAccepted(await search.checkAccess())) return { kind: 'absent' };
  return { kind: 'unknown', reason: reasonOf('provider.uncertain', { httpStatus: 400 }) };
}
