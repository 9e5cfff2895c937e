import { createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { FiscalError } from '@fiscalkit/schemas';

const leastBits = 2048;

/**
 * Reads the private key of signatures, from PEM or from the XML that OrangeData's tools write. Throws
 * `settings.signature-key` for anything else, without repeating it.
 */
export function readSignatureKey(text: string): KeyObject {
  const key = keyOf(text);
  if (key?.asymmetricKeyType !== 'rsa') {
    throw refusal(
      'signature-key',
      'The signatureKey must be a private RSA key in PEM or XML, without a passphrase.',
    );
  }
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits) {
    throw refusal('signature-key', `The signatureKey must have at least ${leastBits} bits.`);
  }
  return key;
}

/** Returns the signature of these exact bytes in Base64, for the header `X-Signature`. */
export function signatureOf(body: Uint8Array, key: KeyObject): string {
  return sign('RSA-SHA256', body, key).toString('base64');
}

/** Certificate and key of the connection, of settings. */
interface Certificate {
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly clientKeyPassphrase?: string | undefined;
  readonly serverCa?: string | undefined;
}

/**
 * Checks that the client certificate, its key and the authorities can be read, and that the key is the
 * certificate's. Throws `settings.client-certificate`, `settings.client-key` or `settings.server-ca`.
 */
export function assertCertificate({
  clientCertificate = '',
  clientKey = '',
  clientKeyPassphrase,
  serverCa,
}: Certificate): void {
  const certificate = attempt(() => new X509Certificate(clientCertificate));
  if (certificate === null) throw refusal('client-certificate', 'The clientCertificate must be one in PEM.');
  const key = attempt(() => createPrivateKey({ key: clientKey, passphrase: clientKeyPassphrase ?? '' }));
  if (key === null) {
    throw refusal(
      'client-key',
      'The clientKey must be a private key in PEM; its passphrase may be missing or wrong.',
    );
  }
  if (!certificate.checkPrivateKey(key)) {
    throw refusal('client-key', 'The clientKey must be that of the clientCertificate.');
  }
  if (serverCa !== undefined && attempt(() => new X509Certificate(serverCa)) === null) {
    throw refusal('server-ca', 'The serverCa must be a certificate in PEM.');
  }
}

function keyOf(text: string): KeyObject | null {
  if (text.trimStart().startsWith('<')) return attempt(() => keyOfXml(text));
  // Keys that were converted from XML have the header of another encoding.
  return attempt(() => createPrivateKey(text)) ?? attempt(() => createPrivateKey(withOtherHeader(text)));
}

function withOtherHeader(pem: string): string {
  return pem.includes('BEGIN RSA PRIVATE KEY')
    ? pem.replaceAll('RSA PRIVATE KEY', 'PRIVATE KEY')
    : pem.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY');
}

/** Elements of `RSAKeyValue` and the members of a JSON Web Key that they are. */
const elements = {
  Modulus: 'n',
  Exponent: 'e',
  D: 'd',
  P: 'p',
  Q: 'q',
  DP: 'dp',
  DQ: 'dq',
  InverseQ: 'qi',
} as const;

function keyOfXml(xml: string): KeyObject {
  const members = Object.entries(elements).map(([element, member]) => {
    const [, base64 = ''] = new RegExp(`<${element}>([\\sA-Za-z0-9+/=]+)</${element}>`).exec(xml) ?? [];
    return [member, Buffer.from(base64, 'base64').toString('base64url')];
  });
  return createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(members) }, format: 'jwk' });
}

function attempt<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function refusal(name: string, message: string): FiscalError {
  return new FiscalError({ code: `settings.${name}`, message, retryable: false });
}
