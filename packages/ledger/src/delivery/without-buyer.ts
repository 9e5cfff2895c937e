import type { Reason } from '@fiscalkit/client';
import type { Entry } from '../entry/entry.js';
import type { StepResult } from '../state/transition-after.js';

const mask = '***';

/** Shorter texts mean nobody, and would be found in other words. */
const leastCharacters = 3;

/** What a document says of its buyer, and what the shop has written beside it. */
function textsOfBuyer({ document }: Pick<Entry, 'document'>): string[] {
  const values = [...Object.values(Object(document.customer)), Object(document.additional_user_props).value];
  return values.filter((value) => typeof value === 'string');
}

/** A result whose words of a provider do not name the buyer of the document: a provider may quote what it refuses. */
export function withoutBuyer(result: StepResult, entry: Pick<Entry, 'document'>): StepResult {
  if ('verdict' in result) {
    const { verdict } = result;
    return verdict.kind === 'rejected'
      ? { ...result, verdict: { ...verdict, reason: masked(verdict.reason, entry) } }
      : result;
  }
  const { finding } = result;
  if (finding.kind !== 'found' || finding.verdict.kind !== 'rejected') return result;
  const verdict = { ...finding.verdict, reason: masked(finding.verdict.reason, entry) };
  return { ...result, finding: { ...finding, verdict } };
}

function masked(reason: Reason, entry: Pick<Entry, 'document'>): Reason {
  const { providerMessage } = reason;
  if (providerMessage === undefined) return reason;
  const texts = textsOfBuyer(entry);
  // Whole texts before their words: what is left of a name is masked by itself.
  const named = [...texts, ...texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u))]
    .filter((text) => text.length >= leastCharacters)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  if (named.length === 0) return reason;
  const anyOf = new RegExp(`(?<![\\p{L}\\p{N}])(?:${named.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return { ...reason, providerMessage: providerMessage.replace(anyOf, mask) };
}
