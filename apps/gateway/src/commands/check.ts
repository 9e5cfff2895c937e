import type { Provider, Reason } from '@fiscalkit/client';
import { accountName } from '@fiscalkit/ledger';
import { isFiscalError } from '@fiscalkit/schemas';
import type { Configuration } from '../configuration/configuration.js';
import { ConfigurationError, type ConfigurationFault } from '../configuration/configuration-error.js';
import { loadConfiguration } from '../configuration/load-configuration.js';
import { merchantProviders } from '../configuration/merchant-providers.js';
import type { MerchantConfiguration } from '../configuration/merchant-schema.js';
import { noMoreThan, optionLines, readArguments } from './arguments.js';
import { type Command, Progress, type Terminal } from './terminal.js';

/** Accounts that are called at the same time. */
const atOnce = 8;

/** Time that a check may take beyond that of one attempt, in milliseconds. */
const marginMs = 1_000;

const options = {
  connect: { type: 'boolean', help: 'also call each provider once, without changing anything' },
  json: { type: 'boolean', help: 'print the report as one JSON object' },
} as const;

/** Checks the configuration without starting the gateway. */
export const check: Command = {
  name: 'check',
  summary: 'check the configuration, and with --connect what it leads to',
  help: () =>
    [
      'Usage: fiscalkit-gateway check [--connect] [--json]',
      '',
      'Reads the configuration as serve would, names every fault, and opens neither port nor ledger. With --connect, each account is',
      'called once, eight at a time, by a call that changes nothing: a log-in, a list of one receipt, or what the provider has for it.',
      'FiscalBox has no such call, so it is only said. No secret is printed.',
      '',
      ...optionLines(options),
      '',
      'Exit status: 0 nothing wrong, 1 faults or failed calls, 2 wrong arguments',
    ].join('\n'),
  async run(commandLine, terminal) {
    const { values, positionals } = readArguments(commandLine, options);
    noMoreThan(0, positionals);
    const report = await reportOn(terminal, values.connect ?? false);
    terminal.print(values.json ? JSON.stringify(report) : reportText(report));
    return report.ok ? 0 : 1;
  },
};

/** Account of a merchant with the result of its call; `not-checked` has no harmless call, or was not asked. */
interface CheckedAccount {
  readonly merchant: string;
  readonly provider: string;
  /** Account as in entries: the provider's id of the merchant, and the address. */
  readonly account: string;
  readonly status: 'ok' | 'failed' | 'not-checked';
  readonly reason?: {
    readonly code: string;
    readonly message: string;
    readonly http_status: number | null;
    readonly provider_code: string | null;
  };
}

interface CheckReport {
  readonly ok: boolean;
  readonly faults: readonly ConfigurationFault[];
  readonly accounts: readonly CheckedAccount[];
}

async function reportOn(terminal: Terminal, connects: boolean): Promise<CheckReport> {
  const faults: ConfigurationFault[] = [];
  const configuration = configurationOf(terminal, faults);
  const accounts = (configuration?.merchants ?? []).flatMap((merchant, index) =>
    accountsOf(merchant, { at: `merchants.${index}`, faults }),
  );
  try {
    const checked = await checkAll(accounts, { connects: connects && faults.length === 0, terminal });
    const isSound = faults.length === 0 && checked.every(({ status }) => status !== 'failed');
    return { ok: isSound, faults, accounts: checked };
  } finally {
    await Promise.all(accounts.map(({ provider }) => provider.close()));
  }
}

function configurationOf({ environment }: Terminal, faults: ConfigurationFault[]): Configuration | null {
  try {
    return loadConfiguration(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    faults.push(...error.settings);
    return null;
  }
}

interface Account {
  readonly merchant: string;
  readonly provider: Provider;
  readonly attemptMs: number;
}

/** Creates the providers of a merchant; collects the faults of those that can't be. */
function accountsOf(
  merchant: MerchantConfiguration,
  { at, faults }: { at: string; faults: ConfigurationFault[] },
): Account[] {
  return merchantProviders(merchant).flatMap(({ name, create, attemptMs }) => {
    try {
      return [{ merchant: merchant.id, provider: create(), attemptMs }];
    } catch (error) {
      if (!isFiscalError(error)) throw error;
      faults.push({ setting: `${at}.${name}`, message: error.message });
      return [];
    }
  });
}

/** Calls the accounts, so many at a time; answers in their order. */
async function checkAll(
  accounts: readonly Account[],
  { connects, terminal }: { connects: boolean; terminal: Terminal },
): Promise<CheckedAccount[]> {
  const progress = new Progress(terminal);
  const checked: CheckedAccount[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let index = next++; index < accounts.length; index = next++) {
      const account = accounts[index];
      if (account) checked[index] = await checkAccount(account, connects);
      done += 1;
      progress.show(() => `checked ${done} of ${accounts.length} accounts`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  progress.end();
  return checked;
}

async function checkAccount(
  { merchant, provider, attemptMs }: Account,
  connects: boolean,
): Promise<CheckedAccount> {
  const described = { merchant, provider: provider.name, account: accountName(provider, merchant) };
  if (!connects || provider.check === undefined) return { ...described, status: 'not-checked' };
  const signal = AbortSignal.timeout(attemptMs + marginMs);
  const reason = await provider.check({ signal });
  return reason === null
    ? { ...described, status: 'ok' }
    : { ...described, status: 'failed', reason: reasonView(reason) };
}

/** Returns a reason without the provider's own words, which may quote anything. */
function reasonView({ code, message, httpStatus, providerCode }: Reason) {
  return { code, message, http_status: httpStatus ?? null, provider_code: providerCode ?? null };
}

function reportText({ ok, faults, accounts }: CheckReport): string {
  const lines = [
    ...faults.map(({ setting, message }) => `fault        ${setting}: ${message}`),
    ...accounts.map(accountLine),
  ];
  const summary = ok ? 'nothing wrong' : 'there are faults, see above';
  return [...lines, summary].join('\n');
}

function accountLine({ status, merchant, provider, account, reason }: CheckedAccount): string {
  const where = `${merchant}  ${provider}  ${account}`;
  const detail = reason && [reason.code, reason.http_status, reason.provider_code].filter(Boolean).join(', ');
  const words = { ok: 'ok', failed: 'failed', 'not-checked': 'not checked' }[status];
  return `${words.padEnd(11)}  ${where}${reason ? `: ${reason.message} (${detail})` : ''}`;
}
