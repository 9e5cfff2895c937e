import type { Provider } from '@fiscalkit/client';
import { createFiscalbox } from '@fiscalkit/client/fiscalbox';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { AttemptMemory } from '../delivery/attempt-memory.js';
import { callProvider } from '../delivery/call-provider.js';
import { transitionAfter } from '../entry/after-step.js';
import type { NewEntry } from '../entry/entry.js';
import { preparedDocuments } from './prepared-documents.fixture.js';
import type { ConfiguredAccount, Scenario } from './scenario.fixture.js';

/** Parts of a model besides its store. */
export interface ModelSetup {
  readonly scenario: Scenario;
  /** The provider, for each account that may be configured. `freeze` is the real one; the model answers. */
  readonly providers: readonly Provider[];
  /** Entries of each plan, for each of the accounts and each time that it is sent. */
  readonly documents: ReadonlyMap<string, readonly (readonly NewEntry[])[]>;
  readonly createMemory: () => AttemptMemory;
  readonly call: typeof callProvider;
  readonly decide: typeof transitionAfter;
}

const usualAccount: ConfiguredAccount = { merchantId: '542088', address: 'https://api.freedompay.uz' };

/** Prepares what the models of a scenario share. */
export async function createModelSetup(scenario: Scenario): Promise<ModelSetup> {
  const { accounts = [usualAccount] } = scenario;
  const providers = accounts.map((account) => providerOf(scenario, account));
  const documents = new Map<string, readonly (readonly NewEntry[])[]>();
  for (const plan of scenario.plans) {
    documents.set(
      plan.name,
      await Promise.all(providers.map((provider) => preparedDocuments(plan, provider))),
    );
  }
  const createMemory = () => new AttemptMemory();
  return { scenario, providers, documents, createMemory, call: callProvider, decide: transitionAfter };
}

function providerOf(
  { provider, timing, plans }: Scenario,
  { merchantId, address }: ConfiguredAccount,
): Provider {
  const confirms = plans.some(({ operation }) => operation === 'confirmation');
  const real = confirms
    ? createFiscalbox()
    : createFreedompay({ merchantId, secretKey: 'key', baseUrl: address });
  const { settlesWithinMs } = timing;
  return { ...real, capabilities: { ...real.capabilities, ...provider, settlesWithinMs } };
}
