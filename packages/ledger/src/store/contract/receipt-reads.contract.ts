import { describe, expect, it } from 'vitest';
import type { Entry } from '../../entry/entry.js';
import type { ReceiptPosition, ReceiptSliceQuery, StoredReceipt } from '../receipt-reads.js';
import { registered, registration, rejected, waitsAfterOutage } from './sample-transitions.fixture.js';
import { dayMs, type OpenStore, samePayment, useStore } from './store-harness.fixture.js';

const slice: ReceiptSliceQuery = { merchant: 'shop', behind: null, limit: 100, withDocuments: false };
const ever = { from: new Date(0), before: new Date(4_000_000_000_000) };

function positionOf({ acceptedAt, sequence }: Pick<Entry, 'acceptedAt' | 'sequence'>): ReceiptPosition {
  return { at: acceptedAt.getTime(), sequence };
}

const idsOf = (receipts: readonly StoredReceipt[]) => receipts.map(({ id }) => id);

export function describeReceiptReads(open: OpenStore): void {
  describe('reading receipts in numbers', () => {
    const harness = useStore(open);
    const { accepted, claim, settle } = harness;

    it('reads the receipts of many payments at once, and nobody else’s', async () => {
      const sale = await accepted({ ...samePayment('1'), document: { receipt_format: 'ru_1_05' } });
      const other = await accepted(samePayment("2'; --"));
      const refund = await accepted({
        ...samePayment('1'),
        facets: { paymentId: '1', operationType: 'sell_refund', totalMinor: 500 },
      });
      await accepted(samePayment('3'));
      await accepted({ ...samePayment('1'), merchant: 'other' });
      await accepted({ ...samePayment('1'), operation: 'confirmation.anor' });
      const correction = await accepted({
        ...samePayment('1'),
        operation: 'correction',
        facets: { paymentId: '1', operationType: 'sell_correction', totalMinor: 500 },
      });
      const found = await harness.store.receiptsOfPayments({
        merchant: 'shop',
        paymentIds: ['1', "2'; --", 'none', '1\0', '😀'],
      });
      expect(idsOf(found)).toEqual([sale.id, other.id, refund.id, correction.id]);
      expect(found[0]).toEqual({
        sequence: sale.sequence,
        id: sale.id,
        provider: sale.provider,
        account: sale.account,
        state: 'accepted',
        acceptedAt: sale.acceptedAt,
        changedAt: sale.changedAt,
        paymentId: '1',
        operationType: 'sell',
        totalMinor: 500,
        dependsOn: null,
        providerDocumentId: null,
        format: 'ru_1_05',
        registration: null,
        reasonCode: null,
        document: null,
      });
      expect(found[2]).toMatchObject({ operationType: 'sell_refund', dependsOn: 'sell', format: null });
      expect(found[3]).toMatchObject({ operationType: 'sell_correction', dependsOn: null });
      expect(await harness.store.receiptsOfPayments({ merchant: 'shop', paymentIds: [] })).toEqual([]);
      expect(await harness.store.receiptsOfPayments({ merchant: 'nobody', paymentIds: ['1'] })).toEqual([]);
    });

    it('tells the mark of what is registered, and why what is not, is not', async () => {
      for (const paymentId of ['1', '2', '3']) await accepted(samePayment(paymentId));
      const [one, two, three] = await claim();
      if (!one || !two || !three) throw new Error('too few were due');
      await settle(one, registered);
      await settle(two, rejected);
      await settle(three, waitsAfterOutage('unknown', dayMs));
      const paymentIds = [one, two, three].map(({ entry }) => entry.facets.paymentId);
      const found = await harness.store.receiptsOfPayments({ merchant: 'shop', paymentIds });
      const shown = Object.fromEntries(found.map((receipt) => [receipt.paymentId, receipt]));
      expect(shown[paymentIds[0] ?? '']).toMatchObject({
        state: 'registered',
        registration,
        providerDocumentId: registration.providerDocumentId,
      });
      expect(shown[paymentIds[1] ?? '']).toMatchObject({
        state: 'rejected',
        reasonCode: 'provider.rejected',
      });
      expect(shown[paymentIds[2] ?? '']).toMatchObject({ state: 'unknown', reasonCode: 'provider.timeout' });
    });

    it('reads what was accepted in a window, oldest first, slice by slice, with documents on demand', async () => {
      const entries: Entry[] = [];
      for (let number = 0; number < 7; number += 1) {
        const group = Array.from({ length: 3 }, () => accepted({ document: { number } }));
        entries.push(...(await Promise.all(group)));
        await accepted({ operation: 'confirmation.anor' });
        await accepted({ merchant: 'other' });
      }
      entries.sort(
        (one, two) => one.acceptedAt.getTime() - two.acceptedAt.getTime() || one.sequence - two.sequence,
      );
      const expected = entries.map(({ id }) => id);
      const read: StoredReceipt[] = [];
      for (let behind: ReceiptPosition | null = null; ; ) {
        const part: StoredReceipt[] = await harness.store.receiptsAccepted({
          ...slice,
          ...ever,
          behind,
          limit: 4,
        });
        read.push(...part);
        const last = part.at(-1);
        if (part.length < 4 || last === undefined) break;
        behind = positionOf(last);
      }
      expect(idsOf(read)).toEqual(expected);
      expect(read.every(({ document }) => document === null)).toBe(true);

      const [third] = await harness.store.receiptsAccepted({
        ...slice,
        ...ever,
        behind: entries[1] ? positionOf(entries[1]) : null,
        limit: 1,
        withDocuments: true,
      });
      expect(third?.document).toEqual(entries[2]?.document);

      const from = entries[5]?.acceptedAt ?? new Date();
      const before = entries[15]?.acceptedAt ?? new Date();
      const within = await harness.store.receiptsAccepted({ ...slice, from, before });
      expect(idsOf(within)).toEqual(
        entries.filter(({ acceptedAt }) => acceptedAt >= from && acceptedAt < before).map(({ id }) => id),
      );
    });

    it('has no late registration of what was registered at once', async () => {
      await accepted(samePayment('1'));
      const [one] = await claim();
      if (!one) throw new Error('nothing was due');
      await settle(one, registered);
      expect(await harness.store.receiptsRegisteredLate({ ...slice, registeredFrom: new Date(0) })).toEqual(
        [],
      );
    });

    it('tells the newest seal, whoever asked before', async () => {
      expect(await harness.store.lastSeal()).toBeNull();
      await accepted();
      const seal = await harness.store.seal();
      expect(await harness.store.lastSeal()).toEqual({ number: seal?.number, hash: seal?.hash });
      expect(await harness.store.lastSeal()).not.toBeNull();
    });
  });
}
