import assert from 'node:assert/strict';
import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { checkConfirmation, ruleOf, type Wallet, wallets } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { sealed } from '../harness/target.js';
import { mutatedDocument } from '../inputs/mutated-document.js';
import { mutatedText } from '../inputs/mutated-text.js';
import { soliqLinks } from '../inputs/sound-documents.js';

const names = Object.keys(wallets) as Wallet[];
const provider = createFiscalbox();
const businessTime = new Date('2026-03-01T10:00:00Z');

const soundDocuments = soliqLinks.flatMap((qr_code) => [
  { transaction_id: 'a12fc00f-5af5-65b8-adf8-74bff44680ee', qr_code },
  { payment_id: '4710103925', qr_code },
]);

const document = fc.oneof(
  mutatedDocument(soundDocuments),
  fc.record({ payment_id: mutatedText(['4710103925']), qr_code: mutatedText(soliqLinks) }),
  fc.record({ transaction_id: mutatedText(['a12fc00f']), qr_code: mutatedText(soliqLinks) }),
);

/** Target: confirmations are refused by code, or pass unchanged under the wallet's own key. */
export const confirmations = sealed({
  name: 'confirmations',
  input: fc.record({ wallet: fc.constantFrom(...names), document }),
  check({ wallet, document: sent }) {
    const checked = checkConfirmation(wallet, sent);
    if (!checked.ok) {
      assert.ok(checked.faults.length > 0);
      for (const { code } of checked.faults) assert.ok(ruleOf(code), `no rule has the code ${code}`);
      return;
    }
    const { paymentId, qr_code, document: taken } = checked.confirmation;
    assert.deepEqual(taken, { [wallets[wallet].key]: paymentId, qr_code });
    assert.ok(paymentId.length >= 1 && paymentId.length <= 128 && paymentId === paymentId.trim());
    const request = { operation: `confirmation.${wallet}`, document: taken };
    const { body } = provider.freeze(request, { reference: 'r', businessTime });
    assert.deepEqual(JSON.parse(new TextDecoder().decode(body)), taken);
    assert.deepEqual(checkConfirmation(wallet, taken), checked, 'the normal form has another normal form');
  },
});
