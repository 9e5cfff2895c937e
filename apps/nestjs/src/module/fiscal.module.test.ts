import type { Provider } from '@fiscalkit/client';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { createSqliteStore } from '@fiscalkit/ledger';
import { sampleMerchant } from '@fiscalkit/sandbox';
import { Inject, Injectable, Module } from '@nestjs/common';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ledgerPath, openSandbox, shopAt, startApplication } from '../application.fixture.js';
import { confirmation, sale } from '../receipt.fixture.js';
import { FiscalService } from '../service/fiscal.service.js';
import { sqlite } from '../store/sqlite.js';
import { FiscalModule } from './fiscal.module.js';
import type { FiscalModuleOptions, FiscalOptionsFactory } from './fiscal-module-options.js';
import { getFiscalServiceToken, InjectFiscal } from './inject-fiscal.decorator.js';

const SETTINGS = Symbol('settings');

async function shopOptions(): Promise<FiscalModuleOptions> {
  return { ledger: sqlite({ path: ledgerPath() }), merchants: { shop: shopAt(await openSandbox()) } };
}

/** A module of somebody's that holds the options. */
function settingsModule(options: FiscalModuleOptions) {
  @Injectable()
  class Settings implements FiscalOptionsFactory {
    constructor(@Inject(SETTINGS) private readonly settings: FiscalModuleOptions) {}
    createFiscalOptions() {
      return this.settings;
    }
  }
  @Module({ providers: [{ provide: SETTINGS, useValue: options }, Settings], exports: [SETTINGS, Settings] })
  class SettingsModule {}
  return { Settings, SettingsModule };
}

describe('forRoot', () => {
  it('brings a service that registers receipts and confirms payments', async () => {
    const sandbox = await openSandbox();
    const options = { ledger: sqlite({ path: ledgerPath() }), merchants: { shop: shopAt(sandbox) } };
    const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
    const fiscal = application.get(FiscalService);

    const { receipt } = await fiscal.receipts.create({ receipt: sale('1'), waitMs: 5_000 });
    expect(receipt).toMatchObject({ status: 'registered', payment_id: '1' });
    const { receipt_id: id } = receipt;
    expect(await fiscal.receipts.get({ id })).toMatchObject({ status: 'registered' });
    expect(await fiscal.receipts.waitFor({ id, timeoutMs: 1 })).toMatchObject({ receipt_id: id });
    expect(await fiscal.receipts.list({ query: { offset: 0, limit: 10 } })).toHaveLength(1);
    expect(await fiscal.payments.confirm({ wallet: 'anor', confirmation })).toMatchObject({
      state: 'registered',
    });
    expect(sandbox.journal()).toMatchObject({ receipts: [{}], confirmations: [{ repeats: 0 }] });
    expect(await fiscal.figures()).toMatchObject({ due: 0, byState: { registered: 2 } });
    expect(fiscal.breakers()).toEqual({ freedompay: 'closed', fiscalbox: 'closed' });
  });

  // As from JavaScript, where nobody looks at types.
  it.each([undefined, null, 'options'])('says so when it is given %j', (options) => {
    expect(() => Reflect.apply(FiscalModule.forRoot, FiscalModule, [options])).toThrow(
      expect.objectContaining({ code: 'module.options' }),
    );
  });

  it.each([undefined, null, 'receipt'])('says so when a request is %j', async (request) => {
    const application = await startApplication({ imports: [FiscalModule.forRoot(await shopOptions())] });
    const { receipts, payments } = application.get(FiscalService);
    const missing = { code: 'request.missing', retryable: false };
    for (const method of ['create', 'validate', 'get', 'list', 'waitFor'] as const)
      await expect(async () => Reflect.apply(receipts[method], receipts, [request])).rejects.toMatchObject(
        missing,
      );
    await expect(async () => Reflect.apply(payments.confirm, payments, [request])).rejects.toMatchObject(
      missing,
    );
  });

  it('tells the faults of a receipt, and stores nothing', async () => {
    const application = await startApplication({ imports: [FiscalModule.forRoot(await shopOptions())] });
    const { receipts } = application.get(FiscalService);
    const receipt = { ...sale('1'), settlements: [{ type: 'cashless' as const, sum: 99 }] };
    expect(await receipts.validate({ receipt })).toMatchObject({
      ok: false,
      faults: [{ code: 'receipt.settlements.mismatch' }],
    });
    await expect(receipts.create({ receipt })).rejects.toMatchObject({ code: 'receipt.invalid' });
    expect(await receipts.list({ query: { offset: 0, limit: 10 } })).toEqual([]);
  });

  it('accepts only, where another process delivers', async () => {
    const options = { ...(await shopOptions()), deliver: false };
    const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
    const { receipts } = application.get(FiscalService);
    expect((await receipts.create({ receipt: sale('1'), waitMs: 50 })).receipt.status).toBe('pending');
  });

  it('needs the name of the merchant when there is not exactly one', async () => {
    const sandbox = await openSandbox();
    const merchants = { shop: shopAt(sandbox), cafe: shopAt(sandbox) };
    const options = { ledger: sqlite({ path: ':memory:' }), merchants };
    const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
    const { receipts } = application.get(FiscalService);
    await expect(receipts.create({ receipt: sale('1') })).rejects.toMatchObject({
      code: 'merchant.required',
    });
    const { receipt } = await receipts.create({ merchant: 'cafe', receipt: sale('1') });
    expect(await receipts.get({ merchant: 'shop', id: receipt.receipt_id })).toBeNull();
  });

  it('shows the service to every module when it is global', async () => {
    @Module({ providers: [{ provide: 'taken', inject: [FiscalService], useFactory: (taken) => taken }] })
    class Orders {}
    const options = { ...(await shopOptions()), isGlobal: true };
    const application = await startApplication({ imports: [FiscalModule.forRoot(options), Orders] });
    expect(application.get('taken', { strict: false })).toBeInstanceOf(FiscalService);
  });
});

describe('forRootAsync', () => {
  it('takes the options of a factory, of an own class and of an existing one', async () => {
    const byFactory = settingsModule(await shopOptions());
    const byClass = settingsModule(await shopOptions());
    const byExisting = settingsModule(await shopOptions());
    const application = await startApplication({
      imports: [
        FiscalModule.forRootAsync({
          name: 'factory',
          imports: [byFactory.SettingsModule],
          inject: [SETTINGS],
          useFactory: async (settings: FiscalModuleOptions) => settings,
        }),
        FiscalModule.forRootAsync({
          name: 'class',
          imports: [byClass.SettingsModule],
          useClass: byClass.Settings,
        }),
        FiscalModule.forRootAsync({
          name: 'existing',
          imports: [byExisting.SettingsModule],
          useExisting: byExisting.Settings,
        }),
      ],
    });
    for (const name of ['factory', 'class', 'existing']) {
      const { receipts } = application.get<FiscalService>(getFiscalServiceToken(name));
      const { receipt } = await receipts.create({ receipt: sale('1'), waitMs: 5_000 });
      expect(receipt.status).toBe('registered');
    }
  });
});

describe('named instances', () => {
  it('keep a ledger each', async () => {
    @Injectable()
    class Orders {
      constructor(
        @InjectFiscal() readonly shop: FiscalService,
        @InjectFiscal('uz') readonly abroad: FiscalService,
      ) {}
    }
    const application = await startApplication({
      imports: [
        FiscalModule.forRoot(await shopOptions()),
        FiscalModule.forRoot({ name: 'uz', ...(await shopOptions()) }),
      ],
      providers: [Orders],
    });
    const { shop, abroad } = application.get(Orders);
    const { receipt } = await abroad.receipts.create({ receipt: sale('1') });
    expect(await abroad.receipts.get({ id: receipt.receipt_id })).not.toBeNull();
    expect(await shop.receipts.get({ id: receipt.receipt_id })).toBeNull();
    expect(application.get(FiscalService)).toBe(shop);
  });
});

describe('what the module refuses', () => {
  it.each([
    ['no options', undefined],
    ['no merchants', {}],
    ['merchants that are none', { merchants: null }],
    ['a merchant that is none', { merchants: { shop: undefined } }],
    ['no merchant', { merchants: {} }],
    ['a merchant without a provider', { merchants: { shop: {} } }],
    ['a merchant with an empty list of providers', { merchants: { shop: { providers: [] } } }],
    ['a merchant with a provider missing', { merchants: { shop: { providers: [undefined] } } }],
  ])('is a factory that returns %s', async (_name, options) => {
    const useFactory = () => options as unknown as FiscalModuleOptions;
    const started = startApplication({ imports: [FiscalModule.forRootAsync({ useFactory })] });
    await expect(started).rejects.toMatchObject({ code: 'module.options', retryable: false });
  });

  it.each([undefined, 'uz'])('is two instances with the same name (%s), and opens neither', async (name) => {
    const path = ledgerPath();
    const first = { ...(await shopOptions()), name, ledger: sqlite({ path }) };
    const imports = [FiscalModule.forRoot(first), FiscalModule.forRoot({ ...(await shopOptions()), name })];
    await expect(startApplication({ imports })).rejects.toMatchObject({
      code: 'module.duplicate',
      retryable: false,
    });
    await createSqliteStore({ path }).close();
  });
});

describe('what the module opens and closes', () => {
  it('is open from initialisation until the application has stopped', async () => {
    const path = ledgerPath();
    const merchants = { shop: shopAt(await openSandbox()) };
    const options = { ledger: sqlite({ path }), merchants };
    const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
    const fiscal = application.get(FiscalService);
    expect(() => createSqliteStore({ path })).toThrow(expect.objectContaining({ code: 'ledger.in-use' }));
    await application.close();
    await expect(fiscal.figures()).rejects.toMatchObject({ code: 'module.not-open' });
    await createSqliteStore({ path }).close();
  });

  it('leaves a given store and a given provider alone', async () => {
    const sandbox = await openSandbox();
    const store = createSqliteStore({ path: ':memory:' });
    onTestFinished(() => store.close());
    const { id: merchantId, secretKey, company } = sampleMerchant;
    const given = createFreedompay({ merchantId, secretKey, baseUrl: sandbox.url });
    let closed = 0;
    const close = async () => {
      closed += 1;
    };
    onTestFinished(() => given.close());
    const merchant = { receiptMerchantId: merchantId, company };
    const providers = [{ ...given, close }, () => ({ ...given, name: 'ours', close })];
    const options = { ledger: store, merchants: { shop: { ...merchant, providers } } };
    const application = await startApplication({ imports: [FiscalModule.forRoot(options)] });
    await application.close();
    expect(closed).toBe(1);
    expect(await store.figures(1, 1)).toMatchObject({ due: 0 });
  });

  it.each([
    ['nothing', () => undefined, 'undefined'],
    ['a promise', async () => undefined, 'a promise'],
    ['a promise that is rejected', async () => Promise.reject(new Error('no key')), 'a promise'],
    ['something else', () => ({ name: 'ours' }), 'object'],
  ])(
    'says of a function that gives %s for a provider whose it is, and leaves the file free',
    async (_, gives, what) => {
      const path = ledgerPath();
      const provider = gives as unknown as () => Provider;
      const options = { ledger: sqlite({ path }), merchants: { shop: { provider } } };
      await expect(startApplication({ imports: [FiscalModule.forRoot(options)] })).rejects.toMatchObject({
        code: 'module.options',
        message: expect.stringMatching(new RegExp(`merchant shop .*gave ${what}`)),
      });
      await createSqliteStore({ path }).close();
    },
  );

  it('says of two instances on one file that it is this process, and which file', async () => {
    const path = ledgerPath();
    const merchants = { shop: shopAt(await openSandbox()) };
    const imports = [undefined, 'uz'].map((name) =>
      FiscalModule.forRoot({ name, merchants, ledger: sqlite({ path }) }),
    );
    await expect(startApplication({ imports })).rejects.toMatchObject({
      code: 'ledger.in-use',
      message: expect.stringContaining(`This process already has the ledger ${path} open`),
    });
  });

  it('closes everything again when it can not be opened', async () => {
    const path = ledgerPath();
    const provider = () => {
      throw new Error('no key');
    };
    const options = { ledger: sqlite({ path }), merchants: { shop: { provider } } };
    await expect(startApplication({ imports: [FiscalModule.forRoot(options)] })).rejects.toThrow('no key');
    await createSqliteStore({ path }).close();
  });
});
