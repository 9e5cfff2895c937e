import { type Wallet, wallets } from '@fiscalkit/schemas';
import {
  type EmulatorEndpoint,
  type EmulatorName,
  emulatorNames,
  emulators,
} from '../emulators/emulators.js';

/** Names of the emulated endpoints in fault rules and call counters. */
export const endpointNames = [
  'receipts.create',
  'receipts.get',
  'receipts.list',
  ...(Object.keys(wallets) as Wallet[]).map((wallet) => `payments.${wallet}_confirm` as const),
  ...emulatorNames.flatMap((name): readonly EmulatorEndpoint[] => emulators[name].endpoints),
] as const;

export type EndpointName = (typeof endpointNames)[number];

/** Endpoints that a rule can select: one, all of a provider, or all. */
export const endpointPatterns = [
  ...endpointNames,
  'receipts.*',
  'payments.*',
  ...emulatorNames.map((name): `${EmulatorName}.*` => `${name}.*`),
  '*',
] as const;

export type EndpointPattern = (typeof endpointPatterns)[number];

/** Returns whether a pattern matches an endpoint. */
export function coversEndpoint(pattern: EndpointPattern, name: EndpointName): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
