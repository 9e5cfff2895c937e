import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FiscalEvent } from '@fiscalkit/nestjs';
import { expect, it } from 'vitest';
import { Database } from '../database/database.js';
import { Orders } from '../orders/orders.js';
import { mailsIn, newFolder, openShop, paidOrder, useSurroundings } from '../shop.fixture.js';
import { appendOnce, ReceiptMailer } from './receipt-mailer.js';

const surroundings = useSurroundings();

/** A shop whose only order has been mailed, with the event that the mail was for. */
async function openAfterMail() {
  const { settings } = await surroundings();
  const shop = await openShop(settings);
  const mailer = shop.get(ReceiptMailer);
  const { mailFile } = settings;
  const { receipt_id } = await shop.get(Orders).place(paidOrder());
  await expect.poll(() => mailsIn(mailFile), { timeout: 10_000 }).toHaveLength(1);
  const events = () => shop.get(Database).query('SELECT event_id FROM mailed_events', []);
  await expect.poll(events).toHaveLength(1);
  const id = String(mailsIn(mailFile)[0]?.event_id);
  const registration = { link: mailsIn(mailFile)[0]?.link };
  const event = { id, entry: { id: receipt_id, registration } } as FiscalEvent<'receipt.registered'>;
  return { shop, mailer, mailFile, event, events };
}

it('mails once, although it is called again and the mail is no longer there', async () => {
  const { mailer, mailFile, event, events } = await openAfterMail();
  rmSync(mailFile);
  await Promise.all([mailer.mail(event), mailer.mail(event)]);
  expect(mailsIn(mailFile)).toEqual([]);
  expect(await events()).toHaveLength(1);
});

it('mails once, although the process died between the mail and the commit', async () => {
  const { shop, mailer, mailFile, event } = await openAfterMail();
  await shop.get(Database).query('DELETE FROM mailed_events', []);
  await Promise.all([mailer.mail(event), mailer.mail(event)]);
  expect(mailsIn(mailFile)).toHaveLength(1);
});

it('mails again what was not mailed', async () => {
  const { shop, mailer, mailFile, event, events } = await openAfterMail();
  await shop.get(Database).query('DELETE FROM mailed_events', []);
  rmSync(mailFile);
  const broken = { ...event, entry: { ...event.entry, id: 'no uuid' } };
  await expect(mailer.mail(broken)).rejects.toThrow();
  expect(await events()).toEqual([]);
  await mailer.mail(event);
  expect(mailsIn(mailFile)).toMatchObject([{ event_id: event.id }]);
});

it('appends each line once, and leaves a torn one to itself', async () => {
  const path = join(newFolder(), 'lines');
  for (const line of ['one', 'two', 'one']) await appendOnce(path, line);
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  writeFileSync(path, 'one\ntw');
  await appendOnce(path, 'two');
  expect(readFileSync(path, 'utf8')).toBe('one\ntw\ntwo\n');
});
