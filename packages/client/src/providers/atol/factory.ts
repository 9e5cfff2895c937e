import type { ProviderFactory } from '../../contract/provider-factory.js';
import { createAtol } from './atol-provider.js';
import { providerName } from './provider-name.js';
import { type AtolSettings, atolVersions } from './settings.js';

const longestMs = 3_600_000;
const longestWindowMs = 366 * 86_400_000;

/** ATOL Online with its settings as data, for programs that make their configuration from it. */
export const atol: ProviderFactory = {
  name: providerName,
  settings: [
    {
      name: 'version',
      kind: 'text',
      choices: atolVersions,
      isRequired: true,
      help: 'protocol of the register group: v4 for FFD 1.05, v5 for FFD 1.2',
    },
    { name: 'groupCode', kind: 'text', isRequired: true, help: 'code of the register group' },
    { name: 'login', kind: 'text', isRequired: true, help: "login of the group's integration" },
    { name: 'password', kind: 'secret', isRequired: true, help: 'its password' },
    {
      name: 'baseUrl',
      kind: 'address',
      default: 'https://online.atol.ru/possystem',
      help: 'address of the API, without the version',
    },
    {
      name: 'callbackUrl',
      kind: 'address',
      absent: "the gateway's, if `callbacks` are set up",
      help: 'another address that ATOL calls when a document is done or has failed',
    },
    {
      name: 'internet',
      kind: 'flag',
      absent: 'not sent',
      help: 'whether receipts were made on the internet, tag 1125',
    },
    {
      name: 'ismOptional',
      kind: 'flag',
      absent: 'off',
      help: 'v5: register marked goods although the marking system is silent',
    },
    {
      name: 'registers',
      kind: 'whole',
      default: 1,
      least: 1,
      most: 10_000,
      help: 'registers in the group; each takes one question a second',
    },
    {
      name: 'pollMs',
      kind: 'whole',
      default: 2000,
      least: 1,
      most: longestMs,
      help: 'time before the first question about a document, in milliseconds',
    },
    {
      name: 'settlesWithinMs',
      kind: 'whole',
      default: 330_000,
      least: 1,
      most: longestMs,
      help: 'time after which a document is done or has failed, in milliseconds',
    },
    {
      name: 'deduplicationWindowMs',
      kind: 'whole',
      absent: '32 days in v4, 30 in v5',
      least: 1,
      most: longestWindowMs,
      help: 'time for which external ids and reports are remembered, in milliseconds',
    },
  ],
  // A program has read them by the list above; what it can not check, `createAtol` does.
  create: (settings) => createAtol(settings as unknown as AtolSettings),
};
