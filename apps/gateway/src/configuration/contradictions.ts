import { type Configuration, settingName } from './configuration.js';
import type { ConfigurationFault } from './configuration-error.js';

function hasTwins(values: readonly string[]): boolean {
  return new Set(values).size < values.length;
}

/** Returns the faults between settings that are valid by themselves. */
export function contradictions(configuration: Configuration): ConfigurationFault[] {
  const { merchants, administrators, openPayments } = configuration;
  const ids = merchants.map(({ id }) => id);
  const merchantKeys = merchants.flatMap(({ apiKeyHashes }) => apiKeyHashes);
  const administratorKeys = administrators.flatMap(({ keyHashes }) => keyHashes);
  const faults: ConfigurationFault[] = [];
  if (hasTwins(ids)) faults.push({ setting: 'merchants', message: 'two merchants have the same id' });
  if (hasTwins(merchantKeys)) {
    faults.push({ setting: 'merchants', message: 'one API key stands there twice' });
  }
  if (hasTwins(administrators.map(({ name }) => name))) {
    faults.push({ setting: 'administrators', message: 'two administrators have the same name' });
  }
  if (hasTwins(administratorKeys) || administratorKeys.some((key) => merchantKeys.includes(key))) {
    faults.push({ setting: 'administrators', message: "a key is another administrator's, or a merchant's" });
  }
  for (const [index, { merchants: named }] of administrators.entries()) {
    if (named === null || named.every((id) => ids.includes(id))) continue;
    faults.push({
      setting: `administrators.${index}.merchants`,
      message: 'names a merchant that is not configured',
    });
  }
  const webhooks = merchants.flatMap((merchant) => merchant.webhooks);
  if (hasTwins(webhooks.map(({ merchant, name }) => `${merchant}:${name}`))) {
    faults.push({ setting: 'merchants', message: 'two webhooks of a merchant have the same name' });
  }
  const leastDays = Math.ceil(configuration.webhooks.disableAfterMs / 86_400_000) + 1;
  const maySetThem = configuration.webhooks.keys.length > 0;
  if ((webhooks.length > 0 || maySetThem) && configuration.events.keptDays < leastDays) {
    faults.push({
      setting: settingName(['events', 'keptDays']),
      message: `must be at least ${leastDays} where a merchant has webhooks, or may set some: longer than one may fail`,
    });
  }
  if (openPayments !== undefined && !ids.includes(openPayments)) {
    faults.push({ setting: settingName(['openPayments']), message: 'names no merchant' });
  }
  return faults;
}
