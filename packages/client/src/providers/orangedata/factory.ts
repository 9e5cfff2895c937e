import type { ProviderFactory } from '../../contract/provider-factory.js';
import { createOrangedata } from './orangedata-provider.js';
import { providerName } from './provider-name.js';
import { characterChoices, defaultBaseUrl, type OrangedataSettings, orangedataFormats } from './settings.js';

const longestMs = 3_600_000;
const longestWindowMs = 366 * 86_400_000;

/** OrangeData with its settings as data, for programs that make their configuration from it. */
export const orangedata: ProviderFactory = {
  name: providerName,
  settings: [
    { name: 'inn', kind: 'text', isRequired: true, help: 'INN of the organisation, to which ids belong' },
    {
      name: 'format',
      kind: 'text',
      choices: orangedataFormats,
      isRequired: true,
      help: "format of the group's registers: ru_1_05 for FFD 1.05, ru_1_2 for FFD 1.2",
    },
    {
      name: 'group',
      kind: 'text',
      absent: 'Main in ru_1_05, Main_2 in ru_1_2',
      help: 'group of registers',
    },
    { name: 'key', kind: 'text', absent: 'the INN', help: "name of the signature's key at OrangeData" },
    {
      name: 'signatureKey',
      kind: 'secret',
      isRequired: true,
      help: 'private RSA key of signatures, PEM or XML',
    },
    {
      name: 'clientCertificate',
      kind: 'secret',
      absent: 'none, for an address without TLS',
      help: 'client certificate, PEM',
    },
    {
      name: 'clientKey',
      kind: 'secret',
      absent: 'none, for an address without TLS',
      help: 'private key of the client certificate, PEM',
    },
    { name: 'clientKeyPassphrase', kind: 'secret', absent: 'none', help: 'passphrase of that key' },
    {
      name: 'serverCa',
      kind: 'secret',
      absent: "the system's",
      help: "authority of OrangeData's own certificate, PEM",
    },
    { name: 'baseUrl', kind: 'address', default: defaultBaseUrl, help: 'address of the API' },
    {
      name: 'callbackUrl',
      kind: 'address',
      absent: "the gateway's, if `callbacks` are set up",
      help: 'another address that OrangeData calls when a document is done',
    },
    {
      name: 'internet',
      kind: 'flag',
      default: true,
      help: 'whether receipts were made on the internet, tag 1125',
    },
    {
      name: 'ignoreItemCodeCheck',
      kind: 'flag',
      absent: 'off',
      help: 'register marked goods although a check of their codes failed',
    },
    {
      name: 'paymentAddress',
      kind: 'text',
      absent: 'none',
      help: 'place of settlement that is set for the group at OrangeData; receipts with another one are refused',
    },
    {
      name: 'characters',
      kind: 'text',
      choices: characterChoices,
      default: 'refuse',
      help: 'what becomes of characters that code page 866 lacks',
    },
    {
      name: 'receiptPages',
      kind: 'flag',
      absent: 'off',
      help: 'link receipts to cheques-lk.orangedata.ru, which the account must allow',
    },
    {
      name: 'registers',
      kind: 'whole',
      default: 1,
      least: 1,
      most: 10_000,
      help: 'registers in the group; each is asked about two documents a second',
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
      default: 60_000,
      least: 1,
      most: longestMs,
      help: 'time after which a request is stored or never will be, in milliseconds',
    },
    {
      name: 'deduplicationWindowMs',
      kind: 'whole',
      absent: '90 days',
      least: 1,
      most: longestWindowMs,
      help: 'time for which ids are remembered, in milliseconds',
    },
  ],
  // A program has read them by the list above; what it can not check, `createOrangedata` does.
  create: (settings) => createOrangedata(settings as unknown as OrangedataSettings),
};
