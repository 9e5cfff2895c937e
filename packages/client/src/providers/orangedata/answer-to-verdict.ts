import type { Doubtful, Pending, Registered, Rejected, Retry, Unknown } from '../../contract/verdict.js';
import type { Answered, Outcome } from '../../transport/outcome.js';
import { type ReasonFacts, reasonOf } from '../../verdicts/reason.js';
import type { ReasonCode } from '../../verdicts/reason-codes.js';
import { verdictOfSilence } from '../../verdicts/verdict-of-silence.js';
import { verdictOfStatus } from '../../verdicts/verdict-of-status.js';
import { withoutSecrets } from '../../verdicts/without-secrets.js';
import { differencesOf } from './compare-content.js';
import {
  questionRules,
  refusesSignature,
  registrationRules,
  type StatusRule,
  saysUnknown,
} from './error-rules.js';
import { registrationOf } from './mark-of-document.js';
import { errorsOf, isEmpty, readDocument, readFailedMarks } from './read-answer.js';

/** Circumstances of a call. */
export interface CallCircumstances {
  readonly now: Date;
  /** Our id of the document, which is OrangeData's too. */
  readonly reference: string;
  /** Pause before the next question about a document that is not done, in milliseconds. */
  readonly pollAfterMs: number;
  /** What the document contains that OrangeData's words may quote, and nobody may read. */
  readonly secrets: readonly string[];
}

/** Returns the verdict of a registration: the status decides, and of a refusal its texts. */
export function verdictOfRegistration(
  outcome: Outcome,
  circumstances: CallCircumstances,
): Pending | Rejected | Retry | Unknown {
  if (outcome.kind !== 'answered') return verdictOfSilence(outcome);
  switch (ruleIn(registrationRules, outcome)?.meaning) {
    case 'taken':
      // An answer that names errors beside its success contradicts itself.
      return errorsOf(outcome.body) === null
        ? pendingOf(circumstances)
        : unknown('provider.unreadable', outcome);
    case 'exists':
      return { ...pendingOf(circumstances), pollAfterMs: 0 };
    case 'errors':
      return refusedDocument(outcome, circumstances);
    case 'content':
      return { kind: 'rejected', reason: reasonOf('provider.rejected', factsOf(outcome)) };
    default:
      return isSuccess(outcome)
        ? unknown('provider.unreadable', outcome)
        : verdictOfStatus(outcome, circumstances.now);
  }
}

function refusedDocument(outcome: Answered, { now, secrets }: CallCircumstances): Rejected | Retry | Unknown {
  const errors = errorsOf(outcome.body);
  if (errors === null) return verdictOfStatus(outcome, now);
  const facts = { ...factsOf(outcome), providerMessage: withoutSecrets(errors.join('; '), secrets) };
  return refusesSignature(errors)
    ? { kind: 'retry', reason: reasonOf('provider.unauthorized', facts) }
    : { kind: 'rejected', reason: reasonOf('provider.rejected', facts) };
}

/** Question about a document. */
export interface StatusQuestion extends CallCircumstances {
  /** INN of the organisation. */
  readonly inn: string;
  /** Content of the frozen document; not compared if it is not known. */
  readonly content?: Readonly<Record<string, unknown>>;
  /** Whether the account has pages of receipts. */
  readonly hasPages: boolean;
}

/**
 * Returns the verdict of a question about a document. Only what OrangeData says by a documented status ends a
 * document; everything else is no answer to the question.
 */
export function verdictOfStatusQuestion(
  outcome: Outcome,
  question: StatusQuestion,
): Registered | Pending | Rejected | Retry | Unknown | Doubtful {
  if (outcome.kind !== 'answered') return { kind: 'unknown', reason: reasonOf(outcome.code) };
  switch (ruleIn(questionRules, outcome)?.meaning) {
    case 'done':
      return doneVerdict(outcome, question);
    case 'queued':
      return pendingOf(question);
    case 'marks':
      return failedMarks(outcome, question);
    case 'expired':
      return {
        kind: 'rejected',
        reason: reasonOf('provider.rejected', { ...factsOf(outcome), providerCode: '524', outage: true }),
        providerDocumentId: question.reference,
        reissue: true,
      };
    case 'errors': {
      const errors = errorsOf(outcome.body);
      const code = errors !== null && saysUnknown(errors) ? 'provider.not-found' : 'provider.uncertain';
      return errors === null ? noAnswer(outcome, question) : unknown(code, outcome);
    }
    default:
      return noAnswer(outcome, question);
  }
}

/** A document called done without a readable mark stays pending: OrangeData has it, and a question costs nothing. */
function doneVerdict(outcome: Answered, question: StatusQuestion): Registered | Pending | Unknown | Doubtful {
  const { reference, inn, content, hasPages } = question;
  const document = readDocument(outcome.body);
  if (document === null || 'errors' in document) return unknown('provider.unreadable', outcome);
  const { id, companyINN } = document;
  if (id === undefined) return unknown('provider.unreadable', outcome);
  const isOther = id !== reference || (companyINN != null && String(companyINN) !== inn);
  if (isOther) return unknown('provider.mismatch', outcome);
  const differs = content === undefined ? [] : differencesOf(content, document.content);
  if (differs.length > 0) return doubtful(reference, differs);
  const registration = registrationOf({ reference, inn, document, hasPages });
  return registration === null
    ? { ...pendingOf(question), reason: reasonOf('provider.unreadable', { outage: false }) }
    : { kind: 'registered', registration };
}

/** The sample has a bare list of failed checks, the table errors; a page is neither, and no word of OrangeData's. */
function failedMarks(outcome: Answered, question: StatusQuestion): Rejected | Retry | Unknown {
  const errors = errorsOf(outcome.body);
  const marks = readFailedMarks(outcome.body);
  if (errors === null && marks === null) return noAnswer(outcome, question);
  const [{ result = null } = {}] = marks ?? [];
  return {
    kind: 'rejected',
    reason: reasonOf('provider.rejected', {
      ...factsOf(outcome),
      providerCode: result === null ? '422' : `mark.${result}`,
      providerMessage: withoutSecrets(errors?.join('; '), question.secrets),
    }),
    providerDocumentId: question.reference,
  };
}

/** Answer of no document: the status of the exchange is all there is. */
function noAnswer(outcome: Answered, { now }: CallCircumstances): Retry | Unknown {
  if (isSuccess(outcome)) return unknown('provider.unreadable', outcome);
  const verdict = verdictOfStatus(outcome, now);
  // What is wrong with the way to OrangeData is no word of its about the document.
  const isOfTheWay = verdict.kind === 'rejected' || verdict.reason.code === 'provider.not-found';
  return isOfTheWay ? unknown('provider.unexpected-status', outcome) : verdict;
}

/** Returns the rule of an answer; `null` where the status is not documented, or the answer is somebody else's. */
function ruleIn(rules: ReadonlyMap<number, StatusRule>, { status, body }: Answered): StatusRule | null {
  const rule = rules.get(status);
  return rule === undefined || (rule.isEmpty && !isEmpty(body)) ? null : rule;
}

function pendingOf({ reference, pollAfterMs }: CallCircumstances): Pending {
  return { kind: 'pending', providerDocumentId: reference, pollAfterMs };
}

function unknown(code: ReasonCode, outcome: Answered): Unknown {
  return { kind: 'unknown', reason: reasonOf(code, factsOf(outcome)) };
}

function doubtful(providerDocumentId: string, differs: readonly string[]): Doubtful {
  const reason = reasonOf('provider.doubtful', { candidates: [{ providerDocumentId, differs }] });
  return { kind: 'doubtful', reason, providerDocumentId };
}

function factsOf({ status }: Answered): ReasonFacts {
  return { httpStatus: status };
}

function isSuccess({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}
