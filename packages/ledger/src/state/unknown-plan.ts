import type { ProviderCapabilities } from '@fiscalkit/client';

/**
 * How an unknown outcome is found out. Only a provider that absorbs repeats, and can't be searched, is sent the same frozen
 * bytes again; every other is searched first.
 */
export function unknownPlan(
  capabilities: Pick<ProviderCapabilities, 'findsBy' | 'deduplicatesBy'>,
): 'find' | 'resend' {
  return capabilities.findsBy === 'nothing' && capabilities.deduplicatesBy !== 'nothing' ? 'resend' : 'find';
}
