import type {
  Doubtful,
  Pending,
  Registered,
  Rejected,
  Retry,
  Unknown,
  Verdict,
} from '../../contract/verdict.js';
import type { Answered, Outcome } from '../../transport/outcome.js';
import { type ReasonFacts, reasonOf } from '../../verdicts/reason.js';
import type { ReasonCode } from '../../verdicts/reason-codes.js';
import { verdictOfSilence } from '../../verdicts/verdict-of-silence.js';
import { verdictOfStatus } from '../../verdicts/verdict-of-status.js';
import { withoutSecrets } from '../../verdicts/without-secrets.js';
import { atolChoices } from './choices.js';
import { codeOf, type ErrorRule, ruleOfError } from './error-rules.js';
import { registrationOf, showsReceipt } from './mark-of-report.js';
import { type AtolAnswer, type AtolError, readAnswer } from './read-answer.js';

/** Circumstances of a call. */
export interface CallCircumstances {
  readonly now: Date;
  /** Whether the token was issued in this very call: ATOL refuses it for another reason than its age. */
  readonly isTokenNew: boolean;
  /** Pause before the next question about a document that is not done, in milliseconds. */
  readonly pollAfterMs: number;
  /** Login, password and token of the call: ATOL's words of a refusal may quote them. */
  readonly secrets: readonly string[];
}

/**
 * Returns the verdict of a registration. The error's type and code decide, whatever the status; an answer that
 * names a document of ATOL is never followed by another sending, unless it says that there is none.
 */
export function verdictOfRegistration(outcome: Outcome, circumstances: CallCircumstances): Verdict {
  if (outcome.kind !== 'answered') return verdictOfSilence(outcome);
  const answer = readableAnswer(outcome);
  const verdict =
    answer === null
      ? verdictOfStatusOr(outcome, circumstances, 'provider.unreadable')
      : ofAnswer(outcome, answer, circumstances);
  const uuid = answer?.uuid ?? null;
  const isOpen = verdict.kind === 'unknown' || verdict.kind === 'retry';
  return uuid !== null && isOpen ? pendingAs(uuid, circumstances) : verdict;
}

function ofAnswer(outcome: Answered, answer: AtolAnswer, circumstances: CallCircumstances): Verdict {
  const { error, uuid } = answer;
  if (error !== null) {
    const rule = ruleOfError(error);
    switch (rule?.meaning) {
      case 'token':
        return refusedToken(outcome, error, circumstances);
      case 'access':
        return { kind: 'retry', reason: reasonOf('provider.unauthorized', factsOf(outcome, error)) };
      case 'content':
        // What waits, or is done, was not refused.
        return answer.status === 'wait' || answer.status === 'done'
          ? unknown('provider.uncertain', outcome, { error, rule })
          : rejected(outcome, { uuid, error }, circumstances);
      case undefined:
        return verdictOfStatusOr(outcome, circumstances, 'provider.uncertain');
      default:
        return unknown('provider.uncertain', outcome, { error, rule });
    }
  }
  return uuid !== null && isSuccess(outcome)
    ? pendingAs(uuid, circumstances)
    : verdictOfStatusOr(outcome, circumstances, 'provider.unreadable');
}

/** Question about a document. */
export interface ReportQuestion extends CallCircumstances {
  readonly uuid: string;
  /** Our external id; not compared if it is not known. */
  readonly reference?: string;
  /** Total of the frozen receipt in roubles; not compared if it is not known. */
  readonly total?: number;
}

/**
 * Returns the verdict of a report. Only a report that says so in its status ends a document; everything else
 * is no answer to the question.
 */
export function verdictOfReport(
  outcome: Outcome,
  question: ReportQuestion,
): Registered | Pending | Rejected | Retry | Unknown | Doubtful {
  if (outcome.kind !== 'answered') return { kind: 'unknown', reason: reasonOf(outcome.code) };
  const answer = readableAnswer(outcome);
  if (answer === null) return noAnswer(outcome, question);
  const rule = answer.error && ruleOfError(answer.error);
  if (rule?.meaning === 'not-yet') return waitingVerdict(answer, question);
  if (isOther(answer, question)) return unknown('provider.mismatch', outcome);
  if (!isSuccess(outcome)) {
    const verdict = failedQuestion(outcome, answer, question);
    return saysDone(answer) ? { kind: 'unknown', reason: { ...verdict.reason, calledDone: true } } : verdict;
  }
  switch (answer.status) {
    case 'wait':
      return waitingVerdict(answer, question);
    case 'done':
      return answer.error === null
        ? doneVerdict(answer, question)
        : {
            kind: 'unknown',
            reason: { ...reasonOf('provider.unreadable', factsOf(outcome)), calledDone: true },
          };
    case 'fail':
      return failedDocument(outcome, answer, question);
    default:
      return failedQuestion(outcome, answer, question);
  }
}

/** Whether a report is of another document. */
function isOther({ uuid, externalId, hasOddId }: AtolAnswer, question: ReportQuestion): boolean {
  const isOtherUuid = uuid !== null && uuid.toLowerCase() !== question.uuid.toLowerCase();
  const { reference = externalId } = question;
  return hasOddId || isOtherUuid || (externalId !== null && externalId !== reference);
}

/** Whether a report says that there is a receipt, whatever else it says. */
function saysDone({ status, payload }: AtolAnswer): boolean {
  return status === 'done' || showsReceipt(payload);
}

/** A document that waits with a receipt, or is called done elsewhere in the answer, is not only waiting. */
function waitingVerdict(answer: AtolAnswer, question: ReportQuestion): Pending {
  const isDone = saysDone(answer) && !isOther(answer, question);
  return isDone ? doneLater(question) : pendingAs(question.uuid, question);
}

function doneLater(question: ReportQuestion): Pending {
  return {
    ...pendingAs(question.uuid, question),
    reason: reasonOf('provider.unreadable', { outage: false }),
  };
}

// Differences of decimal fractions are not exact.
const largestRounding = atolChoices.roundingOfTotal + 1e-6;

/** A document called done without a readable mark stays pending: ATOL has it, and a question costs nothing. */
function doneVerdict(answer: AtolAnswer, question: ReportQuestion): Registered | Pending | Doubtful {
  const { uuid, total } = question;
  const payload = answer.payload ?? {};
  const registration = registrationOf({ uuid, payload, deviceCode: answer.deviceCode });
  if (registration === null) return doneLater(question);
  const shown = registration.details.total;
  const isOtherTotal =
    total !== undefined && typeof shown === 'number' && Math.abs(shown - total) > largestRounding;
  return isOtherTotal ? doubtful(uuid, ['total']) : { kind: 'registered', registration };
}

/**
 * The document itself has failed. What no document explains is no proof that there is no receipt; a failure that
 * shows one contradicts itself.
 */
function failedDocument(
  outcome: Answered,
  answer: AtolAnswer,
  { uuid, secrets }: ReportQuestion,
): Rejected | Doubtful {
  const { error } = answer;
  if (showsReceipt(answer.payload)) return doubtful(uuid, ['status'], factsOf(outcome, error));
  const rule = error && ruleOfError(error);
  switch (rule?.meaning) {
    case 'content':
    case 'technical':
    case 'reissue': {
      const isReissue = rule.meaning === 'reissue';
      // A report that does not say whose it is proves nothing of this document.
      const isNobodys = answer.uuid === null && answer.externalId === null;
      if (isReissue && isNobodys) return doubtful(uuid, ['uuid'], factsOf(outcome, error, rule));
      const providerMessage = withoutSecrets(error?.text, secrets);
      return {
        kind: 'rejected',
        reason: reasonOf('provider.rejected', { ...factsOf(outcome, error, rule), providerMessage }),
        providerDocumentId: uuid,
        ...(isReissue && { reissue: true }),
      };
    }
    default:
      return doubtful(uuid, [], factsOf(outcome, error, rule));
  }
}

/** The question has failed, and says nothing about the document. */
function failedQuestion(outcome: Answered, { error }: AtolAnswer, question: ReportQuestion): Retry | Unknown {
  if (error === null) return noAnswer(outcome, question);
  const rule = ruleOfError(error);
  switch (rule?.meaning) {
    case 'token':
      return refusedToken(outcome, error, question);
    case 'access':
      return { kind: 'retry', reason: reasonOf('provider.unauthorized', factsOf(outcome, error)) };
    case 'no-document':
      return unknown('provider.not-found', outcome, { error });
    default:
      return unknown('provider.uncertain', outcome, { error, rule });
  }
}

/** Answer of no document: the status of the exchange is all there is. */
function noAnswer(outcome: Answered, { now }: CallCircumstances): Retry | Unknown {
  if (isSuccess(outcome)) return unknown('provider.unreadable', outcome);
  const verdict = verdictOfStatus(outcome, now);
  // What is wrong with the way to ATOL is no word of ATOL's about the document.
  const isOfTheWay = verdict.kind === 'rejected' || verdict.reason.code === 'provider.not-found';
  return isOfTheWay ? unknown('provider.unexpected-status', outcome) : verdict;
}

function unknown(code: ReasonCode, outcome: Answered, { error, rule }: Partial<ErrorFacts> = {}): Unknown {
  return { kind: 'unknown', reason: reasonOf(code, factsOf(outcome, error, rule)) };
}

/** Error of an answer, and what it says. */
interface ErrorFacts {
  readonly error: AtolError;
  readonly rule: ErrorRule | null;
}

function verdictOfStatusOr(
  outcome: Answered,
  { now }: CallCircumstances,
  code: 'provider.unreadable' | 'provider.uncertain',
): Rejected | Retry | Unknown {
  return isSuccess(outcome) ? unknown(code, outcome) : verdictOfStatus(outcome, now);
}

function rejected(
  outcome: Answered,
  { uuid, error }: { readonly uuid: string | null; readonly error: AtolError },
  { secrets }: CallCircumstances,
): Rejected {
  const providerMessage = withoutSecrets(error.text, secrets);
  const reason = reasonOf('provider.rejected', { ...factsOf(outcome, error), providerMessage });
  return { kind: 'rejected', reason, ...(uuid !== null && { providerDocumentId: uuid }) };
}

/** A token that has aged is renewed at once; one that is refused when it is new is a refused log-in. */
function refusedToken(outcome: Answered, error: AtolError, { isTokenNew }: CallCircumstances): Retry {
  return isTokenNew
    ? { kind: 'retry', reason: reasonOf('provider.unauthorized', factsOf(outcome, error)) }
    : { kind: 'retry', reason: reasonOf('provider.failed', factsOf(outcome, error)), retryAfterMs: 0 };
}

function pendingAs(providerDocumentId: string, { pollAfterMs }: CallCircumstances): Pending {
  return { kind: 'pending', providerDocumentId, pollAfterMs };
}

function doubtful(providerDocumentId: string, differs: readonly string[], facts: ReasonFacts = {}): Doubtful {
  const reason = reasonOf('provider.doubtful', { ...facts, candidates: [{ providerDocumentId, differs }] });
  return { kind: 'doubtful', reason, providerDocumentId };
}

function factsOf({ status }: Answered, error?: AtolError | null, rule?: ErrorRule | null): ReasonFacts {
  return {
    httpStatus: status,
    ...(error && { providerCode: codeOf(error) }),
    ...(rule && { outage: rule.outage ?? false }),
  };
}

/** Statuses of answers that ATOL writes itself. A refusal of another kind is one of something on the way. */
const documentedStatuses: ReadonlySet<number> = new Set([200, 400, 401, 403, 415, 500]);

function readableAnswer(outcome: Answered): AtolAnswer | null {
  return documentedStatuses.has(outcome.status) ? readAnswer(outcome.body) : null;
}

function isSuccess({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}
