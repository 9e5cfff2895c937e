import type { FiscalError } from '@fiscalkit/schemas';
import { accountName, isAccountOf } from '../entry/accounts.js';
import type { Entry } from '../entry/entry.js';
import type { AccountOperatorAction, SettledAccount } from '../entry/operator-action.js';
import { transitionByOperator } from '../entry/operator-transition.js';
import type { Intervention } from '../store/intervention-store.js';
import { accountConfigured, accountOther } from './errors.js';
import type { LedgerContext } from './ledger-context.js';
import { writeIntervention } from './write-intervention.js';

/** Number of entries that are read and written at a time. */
const pageSize = 100;

type SettleContext = Pick<LedgerContext, 'store' | 'merchants' | 'observers' | 'wake'>;

/**
 * Settles the entries of an account, in the order in which they were accepted. Entries for which this
 * decision is impossible are left; throws if there are no others.
 */
export async function settleAccount(
  context: SettleContext,
  given: AccountOperatorAction,
): Promise<SettledAccount> {
  let settled = 0;
  let left = 0;
  let refusal: FiscalError | null = null;
  for await (const entries of pagesOf(context, given)) {
    const page = entries.filter((entry) => given.merchants?.includes(entry.merchant) ?? true);
    const open = page.filter((entry) => {
      const refused = refusalOf(context, given, entry);
      refusal ??= refused;
      return refused === null;
    });
    const written = await Promise.all(open.map((entry) => settleEntry(context, given, entry)));
    const done = written.filter(Boolean).length;
    settled += done;
    left += page.length - done;
  }
  if (settled === 0 && refusal !== null) throw refusal;
  return { settled, left };
}

async function* pagesOf(
  { store }: SettleContext,
  { account, merchant }: AccountOperatorAction,
): AsyncIterable<readonly Entry[]> {
  const whose = { account, ...(merchant !== undefined && { merchant }), limit: pageSize };
  let page = await store.unfinishedOf(whose);
  while (page.length > 0) {
    yield page;
    const after = page.at(-1);
    page = after && page.length === pageSize ? await store.unfinishedOf({ ...whose, after }) : [];
  }
}

function refusalOf(
  { merchants }: SettleContext,
  { account, action }: AccountOperatorAction,
  entry: Entry,
): FiscalError | null {
  const provider = merchants.provider(entry.merchant, entry.provider);
  if (provider && accountName(provider, entry.merchant) === account) return accountConfigured();
  if (action === 'reject' || (provider && isAccountOf(account, provider, entry.merchant))) return null;
  return accountOther();
}

/** Number of tries on an entry that changes meanwhile: a rejected sale holds the refund behind it. */
const tries = 5;

/** Settles one entry; returns whether it was written. */
async function settleEntry(
  context: SettleContext,
  given: AccountOperatorAction,
  listed: Entry,
): Promise<boolean> {
  let entry: Entry | null = listed;
  for (let tried = 0; tried < tries && entry?.account === given.account; tried += 1) {
    if (await decideOn(context, given, entry)) return true;
    entry = await context.store.entry(listed.id);
  }
  return false;
}

async function decideOn(
  context: SettleContext,
  given: AccountOperatorAction,
  entry: Entry,
): Promise<boolean> {
  const decided = given.action === 'reject' ? rejected(entry) : moved(context, entry);
  if (decided === null) return false;
  const { by, reason } = given;
  const action = given.action === 'reject' ? 'resolve' : 'retry';
  const { account } = decided;
  const note = {
    given: { id: entry.id, by, reason },
    action,
    ...(account !== undefined && { account }),
  } as const;
  const written = await writeIntervention(context, entry, { ...decided, note });
  if (written === null) return false;
  context.wake(written);
  return true;
}

type Decided = Pick<Intervention, 'account' | 'transition'> | null;

function rejected(entry: Entry): Decided {
  const transition = transitionByOperator(entry, { action: 'resolve', registration: null });
  return typeof transition === 'string' ? null : { transition };
}

function moved({ merchants }: SettleContext, entry: Entry): Decided {
  const provider = merchants.provider(entry.merchant, entry.provider);
  const transition = transitionByOperator(entry, { action: 'move' });
  if (provider === null || typeof transition === 'string') return null;
  return { account: accountName(provider, entry.merchant), transition };
}
