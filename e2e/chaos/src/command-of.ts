import type { LaboratorySettings } from './harness-settings.js';

/** The command that makes the same run. */
export function commandOf(settings: LaboratorySettings): string {
  const { receipts, ledger, seed, gateways, kills, emphasis, without } = settings;
  const options = [
    `--receipts ${receipts}`,
    `--ledger ${ledger}`,
    `--seed ${seed}`,
    ...(ledger === 'postgres' ? [`--gateways ${gateways}`] : []),
    `--kills ${kills}`,
    ...(emphasis === ledger ? [] : [`--emphasis ${emphasis}`]),
    ...(without === null ? [] : [`--without ${without}`]),
  ];
  return `npm run chaos -- ${options.join(' ')}`;
}
