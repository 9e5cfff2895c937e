import { type ProviderCapabilities, unknownPlan } from '../../contract/capabilities.js';
import type { UnknownOutcome } from '../../contract/provider.js';

/** Returns the guarantees if FiscalBox does not answer: it documents no search, and no repeats. */
export function fiscalboxUnknownOutcome(capabilities: ProviderCapabilities): UnknownOutcome {
  const plan = unknownPlan(capabilities);
  return { plan, ...(plan === 'resend' ? repeated : leftToAPerson) };
}

const comparison =
  "The payment by its id in the wallet's cabinet. If it carries this receipt link, resolve as registered;";

const repeated = {
  foundOutBy: 'The same bytes are sent again, and the answer to the repeat decides.',
  guarantee:
    'One link on one payment: a repeat attaches the same link to the same payment. A confirmation makes no fiscal document, so ' +
    'none can be doubled.',
  remainingWindow:
    'FiscalBox does not document what it answers to a repeat, nor every word of success. If it refuses a repeat with a code of ' +
    'its own, or tells a success in a word that no page prints, the entry ends as rejected or goes on being sent although the ' +
    'payment is confirmed.',
  personChecks: `${comparison} if it does not, retry.`,
} as const;

const leftToAPerson = {
  foundOutBy: 'Nothing is sent: FiscalBox has no search, and this installation is set to absorb no repeats.',
  guarantee: 'No confirmation is sent a second time unless a person says so.',
  remainingWindow: 'The payment may stay unconfirmed until a person looks.',
  personChecks: `${comparison} if it does not, resolve as rejected and resubmit.`,
} as const;
