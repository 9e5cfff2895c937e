import type { ProviderCapabilities } from '../../contract/capabilities.js';
import { orangedataChoices } from './choices.js';
import type { OrangedataSettings } from './settings.js';

const dayMs = 86_400_000;

/**
 * Returns the capabilities of OrangeData. It has one document of an organisation for an id of ours, and shows it
 * under that id.
 */
export function orangedataCapabilities({
  format,
  registers = 1,
  settlesWithinMs = orangedataChoices.settlesWithinMs,
  deduplicationWindowMs = orangedataChoices.daysOfMemory * dayMs,
}: Pick<OrangedataSettings, 'format' | 'registers' | 'settlesWithinMs' | 'deduplicationWindowMs'>): Required<
  Pick<ProviderCapabilities, 'deduplicationWindowMs'>
> &
  ProviderCapabilities {
  return {
    operations: ['receipt', 'correction'],
    formats: [format],
    deduplicatesBy: 'key',
    deduplicationWindowMs,
    findsBy: 'reference',
    asynchronous: true,
    settlesWithinMs,
    limits: { pollsPerSecond: orangedataChoices.pollsPerRegister * registers },
  };
}
