import type { ProviderCapabilities } from '../../contract/capabilities.js';
import { atolChoices } from './choices.js';
import type { AtolSettings } from './settings.js';

const dayMs = 86_400_000;

/**
 * Returns the capabilities of ATOL Online. It compares an id of ours, unique over all operations of a register
 * group, and answers a repeat with the uuid of the first document; it has no search. A group has one version.
 */
export function atolCapabilities({
  version,
  registers = 1,
  settlesWithinMs = atolChoices.queueMs + atolChoices.queueMarginMs,
  deduplicationWindowMs = atolChoices.daysOfMemory[version] * dayMs,
}: Pick<
  AtolSettings,
  'version' | 'registers' | 'settlesWithinMs' | 'deduplicationWindowMs'
>): ProviderCapabilities {
  return {
    operations: ['receipt', 'correction'],
    formats: [version === 'v4' ? 'ru_1_05' : 'ru_1_2'],
    deduplicatesBy: 'key',
    deduplicationWindowMs,
    findsBy: 'nothing',
    asynchronous: true,
    settlesWithinMs,
    // One question a second and register of the group.
    limits: { pollsPerSecond: registers },
  };
}
