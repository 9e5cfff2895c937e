import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { type SignatureCheck, signDetached, verifyDetached } from '@fiscalkit/client/jws';
import { readStrictJson } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { hostileValue } from '../inputs/hostile-values.js';
import { mutatedDocument } from '../inputs/mutated-document.js';
import { mutatedText } from '../inputs/mutated-text.js';

const secretKey = 'secret_key';
const merchantId = '542088';
const longestHeader = 4_096;
const deepestHeader = 8;
const encoder = new TextEncoder();
const sound = { method: 'POST', path: '/v5/receipts', query: 'utc=5', body: '{"payment_id":764239790}' };

const soundRequest = fc.constant(sound);
const otherRequest = fc.record({
  method: fc.constantFrom('POST', 'GET', 'post', 'PUT'),
  path: mutatedText([sound.path]),
  query: mutatedText([sound.query, '']),
  body: mutatedText([sound.body, '']),
});

type Request = typeof sound;

function verify(token: string, { method, path, query, body }: Request): SignatureCheck {
  const secretOf = (id: string) => (id === merchantId ? secretKey : null);
  return verifyDetached({ token, body: encoder.encode(body), method, path, query, secretOf });
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const genuine = signDetached({ ...sound, body: encoder.encode(sound.body), merchantId, secretKey });
const [genuineHeader = '', , genuineSignature = ''] = genuine.split('.');
const complete = [genuineHeader, base64url(sound.body), genuineSignature].join('.');

/** Target: tokens made without the key: the genuine one with any change, for this or another request. */
export const forgedSignatures = sealed({
  name: 'signatures-forged',
  input: fc.record({
    token: fc.oneof(
      { weight: 6, arbitrary: mutatedText([genuine, complete]) },
      fc
        .tuple(
          fc.jsonValue().map((header) => base64url(JSON.stringify(header))),
          fc.base64String(),
        )
        .map(([header, signature]) => `${header}..${signature}`),
      fc.constantFrom(`${base64url('{"alg":"none","merchant_id":"542088"}')}..`, '..', '...', '.', ''),
    ),
    request: fc.oneof(soundRequest, otherRequest),
  }),
  check({ token, request }) {
    const checked = verify(token, request);
    if (!checked.ok) {
      assert.match(checked.code, /^signature\.[a-z]+$/);
      return;
    }
    // The genuine token, or its complete form over this very body; with empty `params` the query is not
    // signed.
    assert.ok(token === genuine || token === complete, 'a token that nobody signed was accepted');
    const { method, path, body } = request;
    assert.deepEqual([method, path, body], [sound.method, sound.path, sound.body]);
    assert.equal(checked.merchantId, merchantId);
  },
});

const soundHeader = {
  uri: sound.path,
  merchant_id: merchantId,
  method: sound.method,
  params: '',
  alg: 'HS512',
};

/** Target: signed headers with any claims are accepted only if every claim is of this request. */
export const signedHeaders = sealed({
  name: 'signatures-header',
  input: fc.record({
    header: fc.oneof(
      { weight: 8, arbitrary: mutatedDocument([soundHeader, { ...soundHeader, path: sound.path }]) },
      hostileValue,
    ),
    spelling: fc.nat(2),
    request: fc.oneof({ weight: 3, arbitrary: soundRequest }, otherRequest),
  }),
  check({ header, spelling, request }) {
    const encoded = base64url(JSON.stringify(header, null, spelling) ?? '');
    const signature = createHmac('sha512', secretKey).update(`${encoded}.${base64url(request.body)}`);
    const checked = verify(`${encoded}..${signature.digest('base64url')}`, request);
    const { ok: isReadable } = readStrictJson(Buffer.from(encoded, 'base64url'), deepestHeader);
    assert.equal(checked.ok, isReadable && encoded.length <= longestHeader && claimsHold(header, request));
  },
});

function claimsHold(header: unknown, { method, path, query }: Request): boolean {
  if (typeof header !== 'object' || header === null || Array.isArray(header) || 'crit' in header)
    return false;
  const claims = new Map<string, unknown>(Object.entries(JSON.parse(JSON.stringify(header))));
  const paths = ['uri', 'path'].filter((name) => claims.has(name)).map((name) => claims.get(name));
  const params = claims.get('params');
  return (
    claims.get('alg') === 'HS512' &&
    [merchantId, Number(merchantId)].some((id) => id === claims.get('merchant_id')) &&
    claims.get('method') === method &&
    paths.length > 0 &&
    paths.every((claimed) => claimed === path) &&
    typeof params === 'string' &&
    (params === '' || params === query)
  );
}
