import { signatureOf } from './call.js';
import { confirmationSample } from './samples.js';
import { adminKey, merchant } from './settings.js';

/** The commands that the demo offers: they work as printed while it runs. */
export function tryIt({
  gatewayUrl,
  sandboxUrl,
  receiptId,
}: {
  gatewayUrl: string;
  sandboxUrl: string;
  receiptId: string;
}): string {
  const one = `/v5/receipts/${receiptId}`;
  const confirmation = JSON.stringify(JSON.parse(confirmationSample));
  return `
Try it, in another terminal:

  # the receipt again
  curl -s ${gatewayUrl}${one} \\
    -H 'X-JWS-Signature: ${signatureOf('GET', one)}'

  # the receipts of this merchant
  curl -s -g '${gatewayUrl}/v5/receipts?limit=2&utc=3' \\
    -H 'X-JWS-Signature: ${signatureOf('GET', '/v5/receipts')}'

  # the confirmation again: the stored outcome, nothing is sent
  curl -s ${gatewayUrl}/payment/anor_confirm \\
    -H 'Authorization: Bearer ${merchant.apiKey}' -H 'Content-Type: application/json' \\
    -d '${confirmation}'

  # for administrators: what waits for a person, and one entry with its journal
  curl -s ${gatewayUrl}/admin/entries -H 'Authorization: Bearer ${adminKey}'
  curl -s ${gatewayUrl}/admin/entries/${receiptId} -H 'Authorization: Bearer ${adminKey}'

  # what the provider has on its books; what waits here; how we are
  curl -s ${sandboxUrl}/_sandbox/journal
  curl -s ${gatewayUrl}/metrics
  curl -s ${gatewayUrl}/health/ready

Or in a browser: ${gatewayUrl}/docs
`;
}
