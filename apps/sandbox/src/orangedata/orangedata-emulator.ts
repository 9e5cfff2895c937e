import type { Emulator, SampleAccount } from '../emulators/emulator.js';
import { sampleMerchant } from '../merchant.js';
import { type OrangedataAccount, type OrangedataOptions, sampleOrangedataAccounts } from './account.js';
import { orangedataEndpoints } from './endpoints.js';
import { type JournalledOrangedataDocument, journalledOrangedataDocument } from './journalled-document.js';
import { OrangedataRepository } from './orangedata-repository.js';
import { orangedataRoutes } from './orangedata-routes.js';
import type { OrangedataRecord } from './record.js';
import { sampleSignatureKey } from './sample-signature-key.js';

/** OrangeData, API v2, below `/api/v2`. It speaks HTTP, and so asks for no client certificate. */
export const orangedataEmulator: Emulator<
  OrangedataOptions,
  OrangedataRecord,
  JournalledOrangedataDocument,
  (typeof orangedataEndpoints)[number]
> = {
  endpoints: orangedataEndpoints,
  register: 'orangedata.register',
  faults: ['stay-pending', 'fail', 'late-mark', 'callback'],
  samples: sampleOrangedataAccounts.map(sampleOf),
  errorAnswer: ({ status, text }) => ({
    status,
    body: text === undefined ? undefined : { errors: [text] },
  }),
  open(register, options) {
    const documents = new OrangedataRepository();
    const { routes, callbacks } = orangedataRoutes({ ...register, options, documents });
    return {
      routes,
      callbacks,
      documents,
      journal: (now, reference) =>
        documents
          .list()
          .filter(({ id, meta }) => reference === undefined || id === reference || meta === reference)
          .map((record) => journalledOrangedataDocument(record, now)),
    };
  },
};

function sampleOf({ inn, group, format }: OrangedataAccount): SampleAccount {
  return {
    title: `OrangeData ${format === 'ru_1_05' ? '1.05' : '1.2'}`,
    inn,
    receiptFormat: format,
    settings: (url) => ({
      inn,
      group,
      format,
      signatureKey: sampleSignatureKey,
      paymentAddress: sampleMerchant.company.payment_address ?? '',
      baseUrl: `${url}/api/v2`,
    }),
  };
}
