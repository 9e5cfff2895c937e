import { isFiscalError } from '@fiscalkit/schemas/errors';
import type { StepResult } from '../entry/after-step.js';
import type { Reissue } from '../entry/entry.js';
import { sentDocument } from '../entry/receipt-origin.js';
import { originNow, type ProviderCall } from './call-provider.js';
import type { QueueDependencies } from './queue-settings.js';

/**
 * Returns the request of a document under its next reference, where the result allows one; `null` where it does
 * not, or the provider carries the document no more. The reference follows from the entry and the number: a
 * ledger that has gone back in time asks for the same again. Rejects when the store can't be read.
 */
export async function nextRequest(
  result: StepResult,
  {
    claim: { entry },
    provider,
    store,
    callbackUrlOf,
  }: Pick<ProviderCall, 'claim' | 'provider' | 'store'> & Pick<QueueDependencies, 'callbackUrlOf'>,
): Promise<Reissue | null> {
  if (!allowsReissue(result)) return null;
  const origin = await originNow(entry, store);
  const number = entry.reissues + 1;
  const callbackUrl = callbackUrlOf(provider, entry.merchant);
  const identity = {
    reference: `${entry.id}-${number + 1}`,
    businessTime: entry.request.businessTime,
    ...(callbackUrl !== undefined && { callbackUrl }),
    ...(origin && { origin }),
  };
  try {
    const { reference, body } = provider.freeze(
      { operation: entry.operation, document: sentDocument(entry) },
      identity,
    );
    return { number, reference, body };
  } catch (error) {
    if (isFiscalError(error)) return null;
    throw error;
  }
}

function allowsReissue(result: StepResult): boolean {
  if ('verdict' in result) return result.verdict.kind === 'rejected' && result.verdict.reissue === true;
  const { finding } = result;
  return finding.kind === 'found' && finding.verdict.kind === 'rejected' && finding.verdict.reissue === true;
}
