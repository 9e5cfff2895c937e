import { createLedger, type Ledger, type LedgerSettings } from '../create-ledger.js';
import { hastyPolicy } from '../delivery/delivery-harness.fixture.js';
import { ScriptedProvider } from '../delivery/scripted-provider.fixture.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import type { Merchant } from './merchants.js';

/** Time at which every test begins: a rate of 22 % is in force. */
export const testTime = new Date('2026-05-04T10:00:00.000Z');

/** A ledger with a store and providers in memory. */
export interface LedgerHarness {
  readonly ledger: Ledger;
  readonly store: LedgerStore;
  readonly register: ScriptedProvider;
  readonly wallet: ScriptedProvider;
  close(): Promise<void>;
}

export const testMerchant: Omit<Merchant, 'providers'> = {
  id: '542088',
  company: { inn: '5544332219', email: 'shop@example.com', tax_system: 'osn', payment_address: 'shop.ru' },
};

export function openLedger(
  given: Partial<Merchant> = {},
  {
    store: opened,
    ...settings
  }: Pick<LedgerSettings, 'delivery' | 'events' | 'feed' | 'callbacks'> & { store?: LedgerStore } = {},
): LedgerHarness {
  const openedAt = performance.now();
  const clock = () => new Date(testTime.getTime() + performance.now() - openedAt);
  const store = opened ?? createSqliteStore({ path: ':memory:', clock });
  const register = new ScriptedProvider('register');
  const wallet = new ScriptedProvider('wallet', {
    operations: ['confirmation.anor', 'confirmation.click'],
    formats: [],
    deduplicatesBy: 'payment',
    findsBy: 'nothing',
  });
  const merchant = { ...testMerchant, providers: [register, wallet] };
  const ledger = createLedger({
    store,
    merchants: [
      { ...merchant, ...given },
      { ...merchant, id: 'other', receiptMerchantId: '542088' },
    ],
    clock,
    ...settings,
    delivery: { policy: hastyPolicy, ...settings.delivery },
  });
  return {
    ledger,
    store,
    register,
    wallet,
    async close() {
      await ledger.stop({ graceMs: 100 });
      await store.close();
    },
  };
}
