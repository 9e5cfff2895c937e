import { call } from './call.js';
import { line } from './print.js';
import { confirmationSample } from './samples.js';
import { merchant } from './settings.js';

interface ConfirmationAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly error: { readonly code: number; readonly message: string } | null;
  readonly is_success: boolean;
}

/** Sends the confirmation sample, and prints what came of it. */
export async function confirmPayment(gatewayUrl: string): Promise<void> {
  console.log('\n2. A payment confirmation: POST /payment/anor_confirm, as the confirmations API prints it');
  const { body, replayed, milliseconds } = await call<ConfirmationAnswer>(
    `${gatewayUrl}/payment/anor_confirm`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${merchant.apiKey}` },
      body: confirmationSample,
    },
  );
  if (!body.is_success || !body.data) {
    throw new Error(`the confirmation failed: ${body.error?.code}: ${body.error?.message}`);
  }
  line(
    'transaction',
    `${body.data.transaction_id}${replayed ? '  (confirmed at an earlier start: not sent again)' : ''}`,
  );
  line('confirmed', `${body.data.message}, after ${milliseconds} ms`);
  line('payment', `${body.data.payment_id}`);
}
