import { type FiscalBoxEnvelope, fiscalBoxEnvelopeSchema } from '@fiscalkit/schemas';
import type { Registered, Rejected, Retry, Unknown } from '../../contract/verdict.js';
import type { Answered, Outcome } from '../../transport/outcome.js';
import { readJson } from '../../transport/read-json.js';
import { reasonOf } from '../../verdicts/reason.js';
import { verdictOfSilence } from '../../verdicts/verdict-of-silence.js';
import { verdictOfStatus } from '../../verdicts/verdict-of-status.js';
import type { FrozenConfirmation } from './frozen-confirmation.js';
import { providerCodeRules } from './provider-code-rules.js';
import { readConfirmationData } from './read-confirmation-data.js';
import { verdictOfCode } from './verdict-of-code.js';
import { walletCodeRules } from './wallet-code-rules.js';

/**
 * The verdict of a confirmation, by what came back. FiscalBox answers failures with HTTP 200 and labels some as 400, so the
 * envelope decides, and the status only where there is none.
 */
export function verdictOfConfirmation(
  outcome: Outcome,
  confirmation: FrozenConfirmation,
  now: Date,
): Registered | Rejected | Retry | Unknown {
  if (outcome.kind !== 'answered') {
    return verdictOfSilence(outcome);
  }
  const isSuccess = outcome.status >= 200 && outcome.status < 300;
  const envelope = isSuccess || outcome.status === 400 ? readEnvelope(outcome) : null;
  if (envelope === null) {
    return isSuccess ? unreadable(outcome) : verdictOfStatus(outcome, now);
  }
  return verdictOfEnvelope(envelope, outcome, confirmation);
}

function verdictOfEnvelope(
  { is_success, error, data }: FiscalBoxEnvelope,
  outcome: Answered,
  confirmation: FrozenConfirmation,
): Registered | Rejected | Retry | Unknown {
  const context = { confirmation, httpStatus: outcome.status };
  const reading = readConfirmationData(confirmation.wallet, data);
  if (error !== null && !is_success) {
    return verdictOfCode(error.code, providerCodeRules, context);
  }
  if (reading?.failure || !is_success) {
    return verdictOfCode(reading?.failure?.code ?? null, walletCodeRules, context);
  }
  if (reading === null || error !== null) {
    return unreadable(outcome);
  }
  const { mark, link } = confirmation;
  const registration = { providerDocumentId: reading.paymentId, mark, link, details: { ...reading.data } };
  return { kind: 'registered', registration };
}

function readEnvelope({ body }: Answered): FiscalBoxEnvelope | null {
  return fiscalBoxEnvelopeSchema.safeParse(readJson(body)).data ?? null;
}

function unreadable({ status }: Answered): Unknown {
  return { kind: 'unknown', reason: reasonOf('provider.unreadable', { httpStatus: status }) };
}
