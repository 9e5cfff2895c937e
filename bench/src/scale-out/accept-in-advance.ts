import { startGateway } from '../programs/start-gateway.js';
import { askForReceipt } from '../receipts/ask-for-receipt.js';

const clerks = 32;

/** Accepts receipts of so many payments, through a gateway that delivers nothing. */
export async function acceptInAdvance(ledgerUrl: string, receipts: number): Promise<void> {
  const gateway = await startGateway({ role: 'api', ledgerUrl, providerUrl: 'http://127.0.0.1:9' });
  let payment = 0;
  const clerk = async () => {
    while (payment < receipts) await askForReceipt(gateway.url, ++payment);
  };
  await Promise.all(Array.from({ length: clerks }, clerk));
  await gateway.stop();
}
