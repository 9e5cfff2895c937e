/** Answer of OrangeData, with the document that prints or describes it. */
export interface RecordedAnswer {
  readonly name: string;
  readonly source: string;
  readonly status: number;
  /** JSON, or a text as it is; `''` for an empty body. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const protocol = 'github.com/orangedata-official/API @2634ca3, protocol 2.31.3 of 10.09.2025';
const issue = 'github.com/orangedata-official/API, issue 7';

export const reference = '5c4b7b1e-8d0a-4a53-9d0e-3f6a9f6e5f10';

/** Answers to a registration. */
export const registrations = {
  taken: { name: 'taken into the queue', source: protocol, status: 201, body: '' },
  invalid: {
    name: 'a document without an id',
    source: protocol,
    status: 400,
    body: { errors: ["Не указан идентификатор документа 'Id'", 'Не указан ИНН организации'] },
  },
  signature: {
    name: 'a wrong key or signature',
    source: issue,
    status: 400,
    body: { errors: ['Подпись не прошла проверку'] },
  },
  certificate: { name: 'a wrong client certificate', source: protocol, status: 401, body: '' },
  exists: { name: 'an id that is taken', source: protocol, status: 409, body: '' },
  full: {
    name: 'a full queue',
    source: protocol,
    status: 503,
    body: { errors: ['Очередь переполнена'] },
    headers: { 'retry-after': '7' },
  },
} as const satisfies Record<string, RecordedAnswer>;

/** Content of the sample, as sent. */
export const content = {
  type: 1,
  positions: [{ text: 'Tea', quantity: 2, price: 50, tax: 1, paymentMethodType: 4, paymentSubjectType: 1 }],
  checkClose: { payments: [{ type: 2, amount: 100 }], taxationSystem: 0 },
  customerContact: 'buyer@example.org',
  totalSum: 100,
} as const;

/** Document that is registered. */
export const document = {
  id: reference,
  deviceSN: '0000000000001358',
  deviceRN: '0000000400054952',
  fsNumber: '9999078900001341',
  ofdName: 'ООО "Ярус"',
  ofdWebsite: 'www.ofd-ya.ru',
  ofdinn: '7728699517',
  fnsWebsite: 'www.nalog.ru',
  companyINN: '7727401209',
  companyName: 'ООО "Тест"',
  documentNumber: 117,
  shiftNumber: 20,
  documentIndex: 5,
  processedAt: '2026-03-14T12:05:00',
  content,
  change: 0,
  fp: '2364009522',
  callbackUrl: null,
  meta: 'order-42',
} as const;

/** Answers to a question about a document. */
export const statuses = {
  done: { name: 'registered', source: protocol, status: 200, body: document },
  queued: { name: 'in the queue', source: protocol, status: 202, body: '' },
  unknown: {
    name: 'an id that is not known, in words of ours: the documents print none',
    source: protocol,
    status: 400,
    body: { errors: ['Документ не найден'] },
  },
  noOrganisation: {
    name: 'an organisation that is not known, in words of ours',
    source: protocol,
    status: 400,
    body: { errors: ['Организация с документом не найдена'] },
  },
  certificate: { name: 'a wrong client certificate', source: protocol, status: 401, body: '' },
  marks: {
    name: 'a mark code that failed its check, as the sample has it',
    source: protocol,
    status: 422,
    body: [
      {
        position: 0,
        itemCode: '010463003407001221CMK45BrhN0WLf',
        checkResult: {
          fsCheckStatus: 1,
          fsCheckStatusCause: 0,
          fsItemCodeType: 5,
          checkResult: 5,
          oismCheckResultCode: 0,
        },
      },
    ],
  },
  marksAsErrors: {
    name: 'a mark code that failed its check, as the table has it',
    source: protocol,
    status: 422,
    body: { errors: ['Код маркировки не прошёл проверку'] },
  },
  expired: { name: 'not processed in the allotted time', source: protocol, status: 524, body: '' },
} as const satisfies Record<string, RecordedAnswer>;
