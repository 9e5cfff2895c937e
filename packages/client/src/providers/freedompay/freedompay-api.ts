import { readBaseUrl } from '../../transport/base-url.js';
import type { Outcome } from '../../transport/outcome.js';
import { type ApiCall, createTransport } from '../../transport/transport.js';
import type { FreedompaySettings } from './settings.js';
import { createSigner } from './sign.js';

const nothing = new Uint8Array();

/** The three endpoints of the receipts API: each call signs and sends one request. */
export interface FreedompayApi {
  create(body: Uint8Array, call: ApiCall): Promise<Outcome>;
  get(receiptId: string, call: ApiCall): Promise<Outcome>;
  /** `query` is sent and signed as it stands. */
  list(query: string, call: ApiCall): Promise<Outcome>;
  close(): Promise<void>;
}

/** Opens the receipts API of one merchant. */
export function openFreedompayApi(settings: FreedompaySettings): FreedompayApi {
  const { origin, basePath } = readBaseUrl(settings.baseUrl ?? 'https://api.freedompay.uz', settings);
  const receipts = `${basePath}/v5/receipts`;
  const sign = createSigner(settings);
  const transport = createTransport(settings);

  function post(path: string, body: Uint8Array, call: ApiCall): Promise<Outcome> {
    const headers = {
      ...headersOf(call),
      'content-type': 'application/json',
      'x-jws-signature': sign({ method: 'POST', path, query: '', body }),
    };
    return transport.attempt({ method: 'POST', origin, path, headers, body }, call);
  }

  function get(path: string, query: string, call: ApiCall): Promise<Outcome> {
    const headers = {
      ...headersOf(call),
      'x-jws-signature': sign({ method: 'GET', path, query, body: nothing }),
    };
    const target = query === '' ? path : `${path}?${query}`;
    return transport.attempt({ method: 'GET', origin, path: target, headers }, call);
  }

  return {
    create: (body, call) => post(receipts, body, call),
    get: (receiptId, call) => get(`${receipts}/${encodeURIComponent(receiptId)}`, '', call),
    list: (query, call) => get(receipts, query, call),
    close: () => transport.close(),
  };
}

function headersOf({ requestId }: ApiCall) {
  return { accept: 'application/json', 'x-request-id': requestId };
}
