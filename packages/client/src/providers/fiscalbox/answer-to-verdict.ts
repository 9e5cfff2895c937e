import { type FiscalBoxEnvelope, fiscalBoxEnvelopeSchema } from '@fiscalkit/schemas';
import type { Registered, Rejected, Retry, Unknown } from '../../contract/verdict.js';
import type { Outcome } from '../../transport/outcome.js';
import { reasonOf } from '../../verdicts/reason.js';
import { verdictOfSilence } from '../../verdicts/verdict-of-silence.js';
import { verdictOfStatus } from '../../verdicts/verdict-of-status.js';
import { membersOf } from './answer-members.js';
import type { FrozenConfirmation } from './frozen-confirmation.js';
import { providerCodeRules } from './provider-code-rules.js';
import { readAnswer } from './read-answer.js';
import { type ConfirmationReading, readConfirmationData } from './read-confirmation-data.js';
import { contradictsSuccess, failureAmong } from './reported-failure.js';
import { verdictOfCode } from './verdict-of-code.js';
import { walletCodeRules } from './wallet-code-rules.js';
import { namingElsewhere } from './wallet-words.js';

/** Answer with an envelope. */
interface Enveloped {
  /** Whole answer, with everything that the envelope does not know. */
  readonly answer: unknown;
  readonly envelope: FiscalBoxEnvelope;
  readonly reading: ConfirmationReading;
  readonly confirmation: FrozenConfirmation;
  readonly httpStatus: number;
}

/**
 * Returns the verdict of a confirmation. FiscalBox answers failures with HTTP 200 and labels some as 400, so
 * the envelope decides, and the status only where there is none. Registered is an answer that names its
 * success and shows no other payment or link; an unreadable one is `unknown`.
 */
export function verdictOfConfirmation(
  outcome: Outcome,
  confirmation: FrozenConfirmation,
  now: Date,
): Registered | Rejected | Retry | Unknown {
  if (outcome.kind !== 'answered') {
    return verdictOfSilence(outcome);
  }
  const { status: httpStatus, body } = outcome;
  const isOk = httpStatus >= 200 && httpStatus < 300;
  const answer = isOk || httpStatus === 400 ? readAnswer(body) : undefined;
  const envelope = fiscalBoxEnvelopeSchema.safeParse(answer).data;
  if (envelope === undefined || (envelope.is_success && !isOk)) {
    return isOk ? open('provider.unreadable', httpStatus) : verdictOfStatus(outcome, now);
  }
  const reading = readConfirmationData(confirmation, envelope.data);
  if (reading.kind === 'other') {
    return open('provider.mismatch', httpStatus);
  }
  // "Accepted" means that it is not done yet; a confirmation can be repeated.
  if (httpStatus === 202) return open('provider.uncertain', httpStatus);
  const enveloped = { answer, envelope, reading, confirmation, httpStatus };
  return envelope.is_success ? verdictOfSuccess(enveloped) : verdictOfFailure(enveloped);
}

function verdictOfSuccess(enveloped: Enveloped): Registered | Rejected | Retry | Unknown {
  const { reading, confirmation, httpStatus } = enveloped;
  if (contradictsItself(enveloped)) {
    return open('provider.unreadable', httpStatus);
  }
  switch (reading.kind) {
    case 'success': {
      const { mark, link } = confirmation;
      const registration = {
        providerDocumentId: reading.paymentId,
        mark,
        link,
        details: { ...reading.data },
      };
      return { kind: 'registered', registration };
    }
    case 'failure':
      return verdictOfCode(reading.code, walletCodeRules, { confirmation, httpStatus });
    case 'unnamed':
      return open('provider.uncertain', httpStatus);
    default:
      return open('provider.unreadable', httpStatus);
  }
}

function verdictOfFailure({
  envelope: { error },
  reading,
  confirmation,
  httpStatus,
}: Enveloped): Registered | Rejected | Retry | Unknown {
  if (reading.kind === 'success') {
    return open('provider.unreadable', httpStatus);
  }
  if (error !== null) {
    return verdictOfCode(error.code, providerCodeRules, { confirmation, httpStatus, message: error.message });
  }
  const code = reading.kind === 'failure' ? reading.code : null;
  return verdictOfCode(code, walletCodeRules, { confirmation, httpStatus });
}

/** Whether anything around `data` contradicts `is_success`. */
function contradictsItself({ answer, envelope, confirmation: { wallet } }: Enveloped): boolean {
  if (envelope.error !== null) return true;
  const around = membersOf(answer, envelope.data);
  return (
    failureAmong(around) !== null ||
    contradictsSuccess(wallet, around) ||
    namingElsewhere(wallet, around) !== 'none'
  );
}

function open(
  code: 'provider.unreadable' | 'provider.uncertain' | 'provider.mismatch',
  httpStatus: number,
): Unknown {
  return { kind: 'unknown', reason: reasonOf(code, { httpStatus }) };
}
