import fc from 'fast-check';
import { FlattenedSign, flattenedVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { encodeBase64Url, hmacSha512 } from './encoding.js';
import { signDetached } from './sign-detached.js';
import { verifyDetached } from './verify-detached.js';

const text = new TextEncoder();
const secretKey = 'secret_key';
const request = {
  method: 'POST',
  path: '/v5/receipts',
  body: text.encode('{"total":200.00,"name":"Товар №1"}'),
};
const secretOf = (merchantId: string) => (merchantId === '542088' ? secretKey : null);

/** Signed sample of the provider's merchant page, and the 167 bytes that it signs. */
const sample = {
  token:
    'eyJwYXRoIjoiL3Y1L21lcmNoYW50L2ludm9pY2UvaW5pdCIsIm1lcmNoYW50X2lkIjoxMjM0NTYsIm1ldGhvZCI6IlBPU1QiLCJwYXJhbXMiOiIiLCJhbGciOiJIUzUxMiJ9.eyJvcmRlcl9pZCI6IjgyOGNmNzFkLWE0NDctNGE2Ny1hMTQ5LWMxZGY4YmMxOTdjYSIsIm1lcmNoYW50X2lkIjoxMjM0NTYsImFtb3VudCI6MTAwLCJkZXNjcmlwdGlvbiI6ItCh0YfQtdGCINC30LAg0YPRgdC70YPQs9C4IiwiaW52b2ljZV9tZXRob2QiOiJxciIsImN1cnJlbmN5IjoiS1pUIn0.wCwFCAmxN0nbTm6mad8GxowIjgkCwfF7IAy2ijO9thLjsZFXnS4K_I4NPnXjkTFTMnEzqjk8rtIVmtf7NbGyvg',
  body: text.encode(
    '{"order_id":"828cf71d-a447-4a67-a149-c1df8bc197ca","merchant_id":123456,"amount":100,"description":"Счет за услуги","invoice_method":"qr","currency":"KZT"}',
  ),
  method: 'POST',
  path: '/v5/merchant/invoice/init',
  secretOf: (merchantId: string) => (merchantId === '123456' ? secretKey : null),
};

/** HS256 sample of the provider's partner page. */
const partnerToken =
  'eyJhbGciOiJIUzI1NiIsImF1dGhfaWQiOiIxMzk4OSIsInVyaSI6Ii92NS9wYXJ0bmVyL3JhdGVzL2FkZCIsIm1ldGhvZCI6IlBPU1QiLCJwYXJhbXMiOiIifQ.ewogICJyYXRlcyI6WwogICAgICAgIHsgCiAgICAgICAgICAgICJjdXJyZW5jeV9mcm9tIjoiVVNEIiwKICAgICAgICAgICAgImN1cnJlbmN5X3RvIjogIktaVCIsCiAgICAgICAgICAgICJyYXRlIjogNDQxLjUwNwogICAgICAgIH0KICAgIF0gIAp9Cg.mxer4w-qsd3oRDN42bIVeOFvhuhIGNH_vqHuw12HbkM';

function sign(changes: Partial<Parameters<typeof signDetached>[0]> = {}): string {
  return signDetached({ ...request, merchantId: '542088', secretKey, ...changes });
}

/** Returns a token whose signature holds over a header of any text. */
function resigned(header: string): string {
  const encodedHeader = encodeBase64Url(text.encode(header));
  const signature = hmacSha512(secretKey, encodedHeader, encodeBase64Url(request.body));
  return `${encodedHeader}..${signature.digest('base64url')}`;
}

async function signWithJose(header: Record<string, unknown>, body = request.body, secret = secretKey) {
  const jws = await new FlattenedSign(body)
    .setProtectedHeader({ alg: 'HS512', ...header })
    .sign(text.encode(secret));
  return `${jws.protected}..${jws.signature}`;
}

const claims = { uri: request.path, merchant_id: '542088', method: 'POST', params: '' };

describe('signDetached', () => {
  it('makes a signature that jose verifies, over the exact bytes', async () => {
    const [encodedHeader = '', payload, signature = ''] = sign().split('.');
    const verified = await flattenedVerify(
      { protected: encodedHeader, payload: Buffer.from(request.body).toString('base64url'), signature },
      text.encode(secretKey),
    );
    expect(payload).toBe('');
    expect(Buffer.from(verified.payload)).toEqual(Buffer.from(request.body));
    expect(verified.protectedHeader).toEqual({ ...claims, alg: 'HS512' });
  });

  it('writes the header members in the order of the merchant page', () => {
    const [encodedHeader = ''] = sign().split('.');
    expect(Buffer.from(encodedHeader, 'base64url').toString()).toBe(
      '{"uri":"/v5/receipts","merchant_id":"542088","method":"POST","params":"","alg":"HS512"}',
    );
  });

  it('adds the id and the time of the request where they are asked for', () => {
    const issuedAt = new Date('2026-03-01T00:00:00.999Z');
    const [encodedHeader = ''] = sign({ requestId: 'r-1', issuedAt }).split('.');
    expect(JSON.parse(Buffer.from(encodedHeader, 'base64url').toString())).toEqual({
      ...claims,
      request_id: 'r-1',
      iat: 1_772_323_200,
      alg: 'HS512',
    });
  });
});

describe('verifyDetached', () => {
  it('hands on the idempotency key that the signature covers, and refuses one that is no text', () => {
    const token = sign({ idempotencyKey: 'order-1' });
    const verification = { ...request, secretOf: () => secretKey };
    expect(verifyDetached({ ...verification, token })).toMatchObject({ ok: true, idempotencyKey: 'order-1' });
    const unreadable = resigned(JSON.stringify({ ...claims, idempotency_key: 7, alg: 'HS512' }));
    expect(verifyDetached({ ...verification, token: unreadable })).toEqual({
      ok: false,
      code: 'signature.malformed',
    });
  });

  it('takes the published sample, complete and detached', () => {
    const [header, , signature] = sample.token.split('.');
    const accepted = { ok: true, merchantId: '123456' };
    expect(sample.body).toHaveLength(167);
    expect(verifyDetached(sample)).toEqual(accepted);
    expect(verifyDetached({ ...sample, token: `${header}..${signature}` })).toEqual(accepted);
  });

  it('refuses the published sample with one byte changed', () => {
    const body = Uint8Array.from(sample.body);
    body[10] = 0x58;
    expect(verifyDetached({ ...sample, body })).toEqual({ ok: false, code: 'signature.mismatch' });
  });

  it('refuses the partner sample for its algorithm', () => {
    const [, payload = ''] = partnerToken.split('.');
    const verification = {
      token: partnerToken,
      body: Buffer.from(payload, 'base64url'),
      method: 'POST',
      path: '/v5/partner/rates/add',
      secretOf: () => secretKey,
    };
    expect(verifyDetached(verification)).toEqual({ ok: false, code: 'signature.algorithm' });
  });

  it.each([
    ['uri and a textual id', claims],
    ['path and a numeric id', { path: request.path, merchant_id: 542088, method: 'POST', params: '' }],
    ['members in another order', { params: '', method: 'POST', merchant_id: '542088', uri: request.path }],
  ])('takes what jose signed: %s', async (_, header) => {
    const token = await signWithJose(header);
    expect(verifyDetached({ ...request, token, secretOf })).toEqual({ ok: true, merchantId: '542088' });
  });

  it.each([
    ['another algorithm', { alg: 'HS256' }, 'signature.algorithm'],
    ['an extension it does not know', { b64: true, crit: ['b64'] }, 'signature.malformed'],
    ['an unknown merchant', { merchant_id: '1' }, 'signature.merchant'],
    ['a partner id only', { merchant_id: undefined, auth_id: '542088' }, 'signature.merchant'],
    ['an id that is no integer', { merchant_id: 542088.5 }, 'signature.merchant'],
    ['another method', { method: 'GET' }, 'signature.method'],
    ['another path', { uri: '/v5/receipts/1' }, 'signature.path'],
    ['two paths that differ', { path: '/v1/receipts' }, 'signature.path'],
    ['no path', { uri: undefined }, 'signature.path'],
    ['a query that was not sent', { params: 'limit=1' }, 'signature.params'],
    ['no params', { params: undefined }, 'signature.params'],
  ])('refuses %s', async (_, changes, code) => {
    const token = await signWithJose({ ...claims, ...changes });
    expect(verifyDetached({ ...request, token, secretOf })).toEqual({ ok: false, code });
  });

  it.each([
    ['a numeric id', { request_id: 1 }],
    ['an empty id', { request_id: '' }],
    ['an id with a blank', { request_id: 'a b' }],
    ['a long id', { request_id: 'a'.repeat(129) }],
    ['a textual time', { iat: '1772323200' }],
    ['a time before 1970', { iat: -1 }],
    ['a time beyond the calendar', { iat: 1e300 }],
  ])('tells no replay guard of %s', async (_, members) => {
    const token = await signWithJose({ ...claims, ...members });
    expect(verifyDetached({ ...request, token, secretOf })).toEqual({ ok: true, merchantId: '542088' });
  });

  it('refuses another key', async () => {
    const token = await signWithJose(claims, request.body, 'c2VjcmV0X2tleQ==');
    expect(verifyDetached({ ...request, token, secretOf })).toEqual({
      ok: false,
      code: 'signature.mismatch',
    });
  });

  it('refuses a complete token whose payload is not the body', () => {
    const [header, , signature] = sign().split('.');
    const token = `${header}.${Buffer.from('{}').toString('base64url')}.${signature}`;
    expect(verifyDetached({ ...request, token, secretOf })).toEqual({
      ok: false,
      code: 'signature.mismatch',
    });
  });

  it('treats a merchant without a secret as unknown', () => {
    const token = sign({ secretKey: '' });
    const check = verifyDetached({ ...request, token, secretOf: () => '' });
    expect(check).toEqual({ ok: false, code: 'signature.merchant' });
  });

  it('takes params as nothing or as the raw query, for a request without a body', () => {
    const get = { method: 'GET', path: '/v5/receipts', body: new Uint8Array(), query: 'limit=2&utc=3' };
    for (const params of ['', get.query]) {
      expect(verifyDetached({ ...get, token: sign({ ...get, params }), secretOf }).ok).toBe(true);
    }
  });

  it('refuses unsigned tokens', () => {
    const header = Buffer.from(JSON.stringify({ ...claims, alg: 'none' })).toString('base64url');
    const check = verifyDetached({ ...request, token: `${header}..`, secretOf });
    expect(check).toEqual({ ok: false, code: 'signature.algorithm' });
  });

  it.each([
    ['nothing', ''],
    ['no parts', 'abc'],
    ['two parts', sign().replace('..', '.')],
    ['four parts', `${sign()}.`],
    ['padding', `${sign()}=`],
    ['the other alphabet', `${sign().slice(0, -3)}+/A`],
    ['a shortened signature', sign().slice(0, -2)],
    ['a header that is no JSON', sign().replace(/^[^.]+/, 'YWJj')],
    ['a header that is a list', sign().replace(/^[^.]+/, 'W10')],
    ['a member named twice', resigned('{"alg":"none","alg":"HS512","merchant_id":"542088"}')],
    ['a member named twice in two spellings', resigned('{"alg":"HS512","\\u0061lg":"HS512"}')],
    ['a number that loses digits', resigned('{"alg":"HS512","merchant_id":54208800000000000001}')],
    ['deep nesting', resigned(`{"alg":"HS512","x":${'['.repeat(20)}${']'.repeat(20)}}`)],
    ['a huge header', `${'e'.repeat(5000)}${sign()}`],
  ])('calls malformed: %s', (_, token) => {
    expect(verifyDetached({ ...request, token, secretOf })).toEqual({
      ok: false,
      code: 'signature.malformed',
    });
  });

  it('never throws and never takes what it did not sign', () => {
    const tokens = fc.oneof(
      fc.string(),
      fc.array(fc.base64String(), { maxLength: 4 }).map((parts) => parts.join('.')),
    );
    fc.assert(fc.property(tokens, (token) => !verifyDetached({ ...request, token, secretOf }).ok));
  });

  it('takes back what was signed, for any body, path and params', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.webPath(), fc.webQueryParameters(), (body, path, query) => {
        const signed = { body, path, method: 'PUT', params: query };
        return verifyDetached({ ...signed, query, token: sign(signed), secretOf }).ok;
      }),
      { numRuns: 30 },
    );
  });

  it('notices any change of a byte', () => {
    const token = sign();
    fc.assert(
      fc.property(fc.nat(request.body.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
        const body = Uint8Array.from(request.body, (byte, index) =>
          index === position ? byte ^ change : byte,
        );
        return !verifyDetached({ ...request, body, token, secretOf }).ok;
      }),
    );
  });
});
