import { verifyDetached } from '@fiscalkit/client/jws';
import { describe, expect, it, vi } from 'vitest';
import { signerText, signRequest as signRequestFor } from './sign-request.js';

const signer = { merchantId: '542088', secretKey: 'ключ "key"' };
const headers = { 'X-JWS-Signature': signerText(signer), Accept: 'application/json' };
const url = 'http://127.0.0.1:8080/v5/receipts';
const signRequest = signRequestFor(new URL('http://127.0.0.1:8080/'));

function verify(request: { headers?: Readonly<Record<string, unknown>> }, body = '', method = 'POST') {
  return verifyDetached({
    token: String(request.headers?.['X-JWS-Signature']),
    body: new TextEncoder().encode(body),
    method,
    path: '/v5/receipts',
    query: '',
    secretOf: (id) => (id === signer.merchantId ? signer.secretKey : null),
  });
}

describe('what the page sends', () => {
  it.each(['{"name":"Товар №1","email":"[email\u00a0protected]"}', `"${'x'.repeat(300_000)}"`])(
    'is signed over its exact body: %#',
    async (body) => {
      const signed = await signRequest({ url, method: 'POST', headers, body });
      expect(signed.body).toBe(body);
      expect(verify(signed, body)).toMatchObject({ ok: true, merchantId: '542088' });
      expect(verify(signed, `${body} `)).toMatchObject({ ok: false });
    },
  );

  it('is signed over the text that it becomes, when it is not text yet', async () => {
    const signed = await signRequest({ url, method: 'post', headers, body: { price: 50 } });
    expect(signed.body).toBe('{"price":50}');
    expect(verify(signed, '{"price":50}')).toMatchObject({ ok: true });
  });

  it('is signed without its query, and without a body where there is none', async () => {
    const signed = await signRequest({ url: `${url}?limit=2&utc=3`, headers });
    expect(verify(signed, '', 'GET')).toMatchObject({ ok: true });
    expect(signed).not.toHaveProperty('body');
  });

  it('is signed over the path that is left when a proxy has taken off its prefix', async () => {
    const sign = signRequestFor(new URL('https://shop.example/fiscal/'));
    const below = await sign({ url: 'https://shop.example/fiscal/v5/receipts?limit=2', headers });
    expect(verify(below, '', 'GET')).toMatchObject({ ok: true });
    const elsewhere = await sign({ url: 'https://other.example/fiscal/v5/receipts', headers });
    expect(verify(elsewhere, '', 'GET')).toMatchObject({ ok: false, code: 'signature.path' });
  });

  it('says when and which it is, so that it can not be used twice', async () => {
    const one = verify(await signRequest({ url, method: 'POST', headers }));
    const other = verify(await signRequest({ url, method: 'POST', headers }));
    expect(one).toMatchObject({ requestId: expect.any(String), issuedAt: expect.any(Date) });
    expect(one).not.toEqual(other);
  });

  it('never holds the key', async () => {
    const signed = await signRequest({ url, method: 'POST', headers, body: '{}' });
    expect(JSON.stringify(signed)).not.toContain('key');
    expect(signed.headers?.Accept).toBe('application/json');
  });

  it('passes as it is where nobody signs', async () => {
    const request = { url, headers: { Authorization: 'Bearer x' } };
    expect(await signRequest(request)).toBe(request);
  });

  it('has no signature where nobody was named', async () => {
    for (const kept of [signerText({ merchantId: '542088', secretKey: '' }), { value: '' }]) {
      const signed = await signRequest({ url, headers: { ...headers, 'X-JWS-Signature': kept } });
      expect(signed.headers).toEqual({ Accept: 'application/json' });
    }
  });

  it('is not sent from where browsers do not sign', async () => {
    vi.stubGlobal('crypto', {});
    await expect(signRequest({ url, headers })).rejects.toThrow('https');
    vi.unstubAllGlobals();
  });
});
