import { assertSetting } from '../../errors/assert-setting.js';
import { readBaseUrl } from '../../transport/base-url.js';
import type { Outcome } from '../../transport/outcome.js';
import { type ApiCall, createTransport } from '../../transport/transport.js';
import type { FreedompaySettings } from './settings.js';
import { createSigner } from './sign.js';

const nothing = new Uint8Array();

/** Endpoints of the receipts API: each call signs and sends one request. */
export interface FreedompayApi {
  /** Address of the API, with the path before every endpoint. */
  readonly address: string;
  create(body: Uint8Array, call: ApiCall): Promise<Outcome>;
  get(receiptId: string, call: ApiCall): Promise<Outcome>;
  /** `query` is sent and signed unchanged. */
  list(query: string, call: ApiCall): Promise<Outcome>;
  close(): Promise<void>;
}

/** Opens the receipts API of one merchant. */
export function openFreedompayApi(settings: FreedompaySettings): FreedompayApi {
  const { merchantId, secretKey } = settings;
  assertSetting({
    name: 'merchant-id',
    value: merchantId,
    what: 'The merchantId at FreedomPay',
    mayBeNumber: true,
  });
  const what = `The secretKey of FreedomPay's merchant ${merchantId}`;
  assertSetting({ name: 'secret-key', value: secretKey, what });
  const { origin, basePath } = readBaseUrl(settings.baseUrl ?? 'https://api.freedompay.uz', settings);
  const receipts = `${basePath}/v5/receipts`;
  const sign = createSigner(settings);
  const signCreation = sign({ method: 'POST', path: receipts, query: '' });
  const transport = createTransport({ ...settings, origin });

  function create(body: Uint8Array, call: ApiCall): Promise<Outcome> {
    const headers = {
      accept: 'application/json',
      'x-request-id': call.requestId,
      'content-type': 'application/json',
      'x-jws-signature': signCreation(body),
    };
    return transport.attempt({ method: 'POST', path: receipts, headers, body }, call);
  }

  function get(path: string, query: string, call: ApiCall): Promise<Outcome> {
    const headers = {
      accept: 'application/json',
      'x-request-id': call.requestId,
      'x-jws-signature': sign({ method: 'GET', path, query })(nothing),
    };
    const target = query === '' ? path : `${path}?${query}`;
    return transport.attempt({ method: 'GET', path: target, headers }, call);
  }

  return {
    address: origin + basePath,
    create,
    get: (receiptId, call) => get(`${receipts}/${encodeURIComponent(receiptId)}`, '', call),
    list: (query, call) => get(receipts, query, call),
    close: () => transport.close(),
  };
}
