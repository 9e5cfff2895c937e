/** Answer of ATOL Online, with the document that prints or describes it. */
export interface RecordedAnswer {
  readonly name: string;
  readonly source: string;
  readonly status: number;
  readonly body: unknown;
}

const sources = {
  v4: 'ATOL Online, description of the protocol v4, version 5.15 of 29.05.2023',
  v5: 'ATOL Online, description of the protocol v5, version 3.5 of 2024',
  issue: 'ssitdikov/ATOL, issue 9, a real answer',
  sample: 'skodnik/atol-online, samples of real answers, January 2024',
} as const;

export const uuid = '2ea26f17-0884-4f08-b120-306fc096a58f';
export const reference = '5c4b7b1e-8d0a-4a53-9d0e-3f6a9f6e5f10';

/** Answers to a registration. */
export const registrations = {
  taken: {
    name: 'taken into the queue',
    source: sources.v4,
    status: 200,
    body: { uuid, timestamp: '12.04.2026 06:15:06', error: null, status: 'wait' },
  },
  duplicate: {
    name: 'an external id that is taken',
    source: sources.issue,
    status: 400,
    body: {
      uuid: '4434f091-7a3c-4e1b-9a39-1a4ed6ef4d4f',
      timestamp: '23.03.2026 17:56:24',
      status: 'wait',
      error: {
        code: 33,
        error_id: 'e3985fb4-3f0e-4e6f-9c0d-1d5b0a2f7c11',
        text: 'В системе существует чек с external_id : "17368" и group_code: "group_4179"',
        type: 'system',
      },
    },
  },
  invalid: {
    name: 'a document that fails validation',
    source: sources.v4,
    status: 400,
    body: {
      status: 'fail',
      timestamp: '12.04.2026 06:15:06',
      error: {
        code: 32,
        error_id: '475d6d8d-844d-4d05-aa8b-e3dbdf3defd5',
        text: 'Ошибка валидации входного чека. Ошибочные поля : #/receipt/items',
        type: 'system',
      },
    },
  },
  expired: {
    name: 'a token that has expired',
    source: sources.sample,
    status: 401,
    body: {
      error: { code: 11, error_id: '1', text: 'Переданный токен не активен', type: 'system' },
      timestamp: '12.04.2026 06:15:06',
    },
  },
  broken: {
    name: 'a fault of the server',
    source: sources.sample,
    status: 500,
    body: {
      error: {
        code: 50,
        error_id: '1',
        text: 'Ошибка сервера. Обратитесь к Администратору.',
        type: 'system',
      },
      timestamp: '12.04.2026 06:15:06',
    },
  },
} as const satisfies Record<string, RecordedAnswer>;

const around = {
  uuid,
  timestamp: '14.03.2026 12:05:36',
  group_code: 'group_4179',
  daemon_code: 'prod-agent-1',
  device_code: 'KSR13.00-1-11',
  external_id: reference,
  callback_url: '',
} as const;

/** Payload of a report that is done. */
export const payload = {
  total: 100,
  fns_site: 'www.nalog.ru',
  fn_number: '9999078900006286',
  shift_number: 23,
  receipt_datetime: '14.03.2026 12:05:00',
  fiscal_receipt_number: 6,
  fiscal_document_number: 133,
  ecr_registration_number: '0000111118041361',
  fiscal_document_attribute: 3449555941,
  ofd_inn: '7709364346',
  ofd_receipt_url:
    'https://consumer.1-ofd-test.ru/v1?fn=9999078900006286&fp=3449555941&i=133&t=20260314T120500&s=100.00&n=1',
} as const;

/** Returns a report of a document that failed. */
export function failed(error: unknown): RecordedAnswer {
  const body = { ...around, warnings: null, error, payload: null, status: 'fail' };
  return { name: 'failed', source: sources.sample, status: 200, body };
}

/** Answers to a question about a document. */
export const reports = {
  done: {
    name: 'done',
    source: sources.v4,
    status: 200,
    body: { ...around, error: null, status: 'done', payload },
  },
  doneMarked: {
    name: 'done, with the results of mark codes',
    source: sources.v5,
    status: 200,
    body: {
      ...around,
      error: null,
      status: 'done',
      payload: { ...payload, marks_result: [{ position: 0, mark_code: 'MDEwNDYz', result: 15 }] },
    },
  },
  waiting: {
    name: 'waiting',
    source: sources.v4,
    status: 200,
    body: { ...around, error: null, status: 'wait', payload: null },
  },
  notYet: {
    name: 'not found yet',
    source: sources.v4,
    status: 200,
    body: {
      status: 'wait',
      error: {
        code: 34,
        error_id: '1',
        text: 'Состояние чека не найдено. Попробуйте позднее',
        type: 'system',
      },
      timestamp: '14.03.2026 12:05:32',
    },
  },
  gone: {
    name: 'a uuid that is not known, or not any more',
    source: sources.v4,
    status: 400,
    body: {
      error: { code: 30, error_id: '1', text: 'Передан некорректный UUID', type: 'system' },
      timestamp: '14.03.2026 12:05:32',
    },
  },
  otherInn: {
    ...failed({
      code: 2009,
      text: 'ИНН, указанный в чеке 1234567891, не соответствует ИНН группы касс 5544332219. Попыток регистрировать чек не производилось.',
      type: 'agent',
    }),
    name: 'failed for its INN',
  },
} as const satisfies Record<string, RecordedAnswer>;
