import type { Emulator, SampleAccount } from '../emulators/emulator.js';
import { errorAnswerOf, systemError } from './answers.js';
import { AtolRepository } from './atol-repository.js';
import { atolRoutes } from './atol-routes.js';
import { atolEndpoints } from './endpoints.js';
import { type AtolGroup, type AtolOptions, sampleAtolGroups } from './group.js';
import { type JournalledAtolDocument, journalledAtolDocument } from './journalled-document.js';
import type { AtolRecord } from './record.js';

/** ATOL Online, protocols v4 and v5, below `/possystem`. */
export const atolEmulator: Emulator<
  AtolOptions,
  AtolRecord,
  JournalledAtolDocument,
  (typeof atolEndpoints)[number]
> = {
  endpoints: atolEndpoints,
  register: 'atol.register',
  faults: ['stay-pending', 'fail', 'late-mark', 'callback'],
  samples: sampleAtolGroups.map(sampleOf),
  errorAnswer: ({ status, type, code, text = systemError(code).text }) =>
    errorAnswerOf(status, { type, code, text }, { now: new Date() }),
  open(register, options) {
    const documents = new AtolRepository();
    const { routes, callbacks } = atolRoutes({ ...register, options, documents });
    return {
      routes,
      callbacks,
      documents,
      journal: (now, reference) =>
        documents
          .list()
          .filter(({ externalId }) => reference === undefined || externalId === reference)
          .map((record) => journalledAtolDocument(record, now)),
    };
  },
};

function sampleOf({ version, code, login, password, inn }: AtolGroup): SampleAccount {
  return {
    title: `ATOL ${version}`,
    inn,
    receiptFormat: version === 'v4' ? 'ru_1_05' : 'ru_1_2',
    settings: (url) => ({ version, groupCode: code, login, password, baseUrl: `${url}/possystem` }),
  };
}
