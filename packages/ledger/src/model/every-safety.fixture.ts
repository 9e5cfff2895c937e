import { accountSafeties } from './account-safeties.fixture.js';
import { deliverySafeties } from './delivery-safeties.fixture.js';
import { doubtSafeties } from './doubt-safeties.fixture.js';
import type { MissingSafety } from './missing-safety.fixture.js';
import { saleSafeties } from './sale-safeties.fixture.js';
import { timelineSafeties } from './timeline-safeties.fixture.js';
import { twinSafeties } from './twin-safeties.fixture.js';

/** Everything that can be taken out of a world. */
export const missingSafeties: readonly MissingSafety[] = [
  ...deliverySafeties,
  ...twinSafeties,
  ...doubtSafeties,
  ...saleSafeties,
  ...accountSafeties,
  ...timelineSafeties,
];
