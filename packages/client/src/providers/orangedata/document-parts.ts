import { parseAmount, type Receipt } from '@fiscalkit/schemas';
import { internationalPhone } from '../../documents/international-phone.js';
import { paymentTypes, taxationSystems } from './enumerations.js';
import { fromTable, refuse, refuseOthers } from './refuse.js';
import { isRegisterText, registerText } from './register-text.js';
import type { DocumentSettings } from './settings.js';

type AnyReceipt = Extract<Receipt, { receipt_format: 'ru_1_05' | 'ru_1_2' }>;
type Customer = AnyReceipt['customer'];
type Company = AnyReceipt['company'];
type Settlements = AnyReceipt['settlements'];
type UserProps = NonNullable<AnyReceipt['additional_user_props']>;

const longestContact = 64;
const longestPhone = 19;

/** Returns the contact of a buyer (tag 1008); `null` for none. There is one place for both kinds. */
export function contactOf(
  customer: Pick<NonNullable<Customer>, 'email' | 'phone'> | undefined,
): string | null {
  const { email, phone } = customer ?? {};
  if (email !== undefined && phone !== undefined) {
    refuse('$.customer.phone', 'OrangeData takes one contact of the buyer: an e-mail or a phone.');
  }
  if (email !== undefined) return asciiOrRussian(email, '$.customer.email');
  return phone === undefined ? null : phoneOf(phone, '$.customer.phone');
}

/** Returns a phone as OrangeData takes it. */
export function phoneOf(phone: string, path: string): string {
  const written = internationalPhone(phone);
  return written.length <= longestPhone
    ? written
    : refuse(path, `OrangeData takes phones of at most ${longestPhone - 1} digits.`);
}

/** An address is no text to print: nothing in it is replaced. */
function asciiOrRussian(address: string, path: string): string {
  if (address.length > longestContact)
    refuse(path, `OrangeData takes at most ${longestContact} characters here.`);
  return isRegisterText(address)
    ? address
    : refuse(path, 'OrangeData keeps addresses in code page 866, which lacks a character of this one.');
}

const longestName = { ru_1_05: 243, ru_1_2: 239 } as const;

/** Returns the buyer's name and INN: members of the content in FFD 1.05, one of their own in FFD 1.2. */
export function buyerOf(customer: Customer, { format, characters }: DocumentSettings): object {
  const { email: _email, phone: _phone, full_name, inn, ...others } = customer ?? {};
  refuseOthers(others, '$.customer');
  const place = { path: '$.customer.full_name', longest: longestName[format], characters };
  const name = full_name === undefined ? undefined : registerText(full_name, place);
  if (format === 'ru_1_05') {
    return { ...(name !== undefined && { customer: name }), ...(inn !== undefined && { customerINN: inn }) };
  }
  const customerInfo = { ...(name !== undefined && { name }), ...(inn !== undefined && { inn }) };
  return Object.keys(customerInfo).length === 0 ? {} : { customerInfo };
}

/**
 * Returns what a document says of its seller. INN and place of settlement are the account's: another one is
 * refused.
 */
export function sellerOf(
  company: Company | Omit<NonNullable<Company>, 'email'>,
  { inn: ownInn, paymentAddress }: DocumentSettings,
): { readonly taxationSystem: number; readonly senderEmail: string | undefined } {
  if (company === undefined) return refuse('$.company', 'OrangeData needs the seller with its tax system.');
  const { inn, email, tax_system, payment_address, ...others }: NonNullable<Company> = company;
  refuseOthers(others, '$.company');
  if (inn !== ownInn)
    refuse('$.company.inn', 'OrangeData has the INN of the account, and this is another one.');
  if (payment_address !== undefined && payment_address !== paymentAddress) {
    const message =
      'OrangeData has the place of settlement of the group, and takes no other: see paymentAddress.';
    refuse('$.company.payment_address', message);
  }
  if (tax_system === undefined) return refuse('$.company.tax_system', 'OrangeData needs the tax system.');
  return {
    taxationSystem: fromTable(taxationSystems, tax_system, '$.company.tax_system'),
    senderEmail: email === undefined ? undefined : asciiOrRussian(email, '$.company.email'),
  };
}

/** Returns how a document was paid: `checkClose.payments`. */
export function paymentsOf(settlements: Settlements): object[] {
  return settlements.map(({ type, sum, ...others }, index) => {
    const path = `$.settlements[${index}]`;
    refuseOthers(others, path);
    return { type: fromTable(paymentTypes, type, `${path}.type`), amount: sum };
  });
}

/** Refuses settlements that are not the total: OrangeData would give change, or refuse them. */
export function assertPaid(settlements: Settlements, total: number): void {
  const paid = settlements.reduce((minor, { sum }) => minor + parseAmount(sum), 0);
  if (paid !== parseAmount(total))
    refuse('$.total', 'OrangeData takes the settlements of a document for its total.');
}

const longestProps = { name: 64, value: 234, together: 235 };

/** Returns the detail of the user: `additionalUserAttribute`. */
export function userPropsOf({ name, value, ...others }: UserProps, { characters }: DocumentSettings): object {
  const path = '$.additional_user_props';
  refuseOthers(others, path);
  const written = {
    name: registerText(name, { path: `${path}.name`, longest: longestProps.name, characters }),
    value: registerText(value, { path: `${path}.value`, longest: longestProps.value, characters }),
  };
  if (written.name.length + written.value.length > longestProps.together) {
    refuse(
      `${path}.value`,
      `OrangeData takes ${longestProps.together} characters of name and value together.`,
    );
  }
  return written;
}
