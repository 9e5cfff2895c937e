import type { Receipt } from '@fiscalkit/schemas';
import { internationalPhone } from '../../documents/international-phone.js';
import { atolAgentTypes, atolPaymentMethods, paymentTypes, taxSystems, vatTypes } from './enumerations.js';
import { fromTable, refuse, refuseOthers } from './refuse.js';
import type { AtolVersion } from './settings.js';

type ReceiptOfV4 = Extract<Receipt, { receipt_format: 'ru_1_05' }>;

/** What receipts in both formats have around their positions. */
type CommonReceipt = Omit<ReceiptOfV4, 'receipt_format' | 'positions'>;

/** Settlements of any document. */
type Settlements = ReceiptOfV4['settlements'];

type PositionOfV4 = ReceiptOfV4['positions'][number];

/** What positions in both formats have. */
type CommonPosition = Omit<PositionOfV4, 'measure' | 'payment_object'>;

/** Settings of the part around the items. */
interface Frame {
  readonly version: AtolVersion;
  readonly internet: boolean | undefined;
  readonly items: readonly object[];
}

/**
 * Returns a receipt around its items, as v4 and v5 share it. The merchant and the payment are the ledger's own.
 */
export function receiptAround(
  receipt: CommonReceipt & { readonly receipt_format: string },
  { version, internet, items }: Frame,
) {
  const {
    receipt_format: _format,
    merchant_id: _merchant,
    payment_id: _payment,
    operation_type: _operation,
    receipt_method,
    customer,
    company,
    settlements,
    total,
    additional_user_props,
    ...others
  } = receipt;
  refuseOthers(others, '$');
  if (receipt_method === 'together') {
    refuse('$.receipt_method', 'ATOL forms receipts apart from the payment.');
  }
  return {
    client: clientOf(customer, version),
    company: companyOf(company, version),
    items,
    payments: paymentsOf(settlements),
    total,
    ...(additional_user_props && { additional_user_props: userPropsOf(additional_user_props) }),
    ...(internet !== undefined && { internet }),
  };
}

/** Returns the buyer of a document. */
export function clientOf(customer: CommonReceipt['customer'], version: AtolVersion) {
  const { email, phone, full_name, inn, ...others } = customer ?? {};
  refuseOthers(others, '$.customer');
  if (email === undefined && phone === undefined) {
    refuse('$.customer', "ATOL needs the buyer's e-mail or phone.");
  }
  return {
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone: clientPhone(phone, version) }),
    ...(full_name !== undefined && { name: full_name }),
    ...(inn !== undefined && { inn }),
  };
}

const longestPhoneOfV5 = 18;

function clientPhone(phone: string, version: AtolVersion): string {
  const written = internationalPhone(phone);
  if (version === 'v5' && written.length > 1 + longestPhoneOfV5) {
    refuse('$.customer.phone', `ATOL takes phones of at most ${longestPhoneOfV5} digits.`);
  }
  return written;
}

/** Returns the seller of a document. */
export function companyOf(company: CommonReceipt['company'], version: AtolVersion) {
  if (company === undefined)
    return refuse('$.company', 'ATOL needs the seller with its INN and place of settlement.');
  const { inn, email, tax_system, payment_address, ...others } = company;
  refuseOthers(others, '$.company');
  if (payment_address === undefined) {
    refuse('$.company.payment_address', 'ATOL needs the place of settlement.');
  }
  if (version === 'v5' && email === undefined)
    refuse('$.company.email', "ATOL's v5 needs the seller's e-mail.");
  if (version === 'v5' && tax_system === undefined)
    refuse('$.company.tax_system', "ATOL's v5 needs the tax system.");
  return {
    ...(email !== undefined && { email }),
    ...(tax_system !== undefined && { sno: fromTable(taxSystems, tax_system, '$.company.tax_system') }),
    inn,
    payment_address,
  };
}

/** Returns how a document was paid. */
export function paymentsOf(settlements: Settlements) {
  return settlements.map(paymentOf);
}

function paymentOf({ type, sum, ...others }: Settlements[number], index: number) {
  refuseOthers(others, `$.settlements[${index}]`);
  return { type: fromTable(paymentTypes, type, `$.settlements[${index}].type`), sum };
}

/** Returns the detail of the user. */
export function userPropsOf({ name, value, ...others }: NonNullable<CommonReceipt['additional_user_props']>) {
  refuseOthers(others, '$.additional_user_props');
  return { name, value };
}

const mostItems = 100;

/** Maps the positions of a receipt; ATOL takes a hundred. */
export function itemsOf<Position>(
  positions: readonly Position[],
  map: (position: Position, path: string) => object,
): object[] {
  if (positions.length > mostItems) refuse('$.positions', `ATOL takes at most ${mostItems} positions.`);
  return positions.map((position, index) => map(position, `$.positions[${index}]`));
}

/** Returns what v4 and v5 share of a position; refuses members that neither knows. */
export function commonItem(position: CommonPosition, path: string) {
  const { name, price, quantity, sum, vat_code, payment_method, agent_type, supplier, ...others } = position;
  refuseOthers(others, path);
  return {
    name,
    price,
    quantity,
    sum,
    payment_method: fromTable(atolPaymentMethods, payment_method, `${path}.payment_method`),
    vat: { type: fromTable(vatTypes, vat_code, `${path}.vat_code`) },
    ...agencyOf({ agent_type, supplier }, path),
  };
}

const longestSupplierPhone = 19;

function agencyOf({ agent_type, supplier }: Pick<CommonPosition, 'agent_type' | 'supplier'>, path: string) {
  const { name, phone, inn, ...others } = supplier ?? {};
  refuseOthers(others, `${path}.supplier`);
  const isNamed = name !== undefined || phone !== undefined || inn !== undefined;
  if (agent_type === undefined) {
    if (isNamed) refuse(`${path}.supplier`, 'ATOL takes a supplier only with the kind of agent.');
    return {};
  }
  if (inn === undefined) refuse(`${path}.supplier.inn`, 'ATOL needs the INN of the supplier of an agent.');
  const written = phone === undefined ? undefined : internationalPhone(phone);
  if (written !== undefined && written.length > longestSupplierPhone) {
    refuse(`${path}.supplier.phone`, `ATOL takes phones of at most ${longestSupplierPhone - 1} digits.`);
  }
  return {
    agent_info: { type: fromTable(atolAgentTypes, agent_type, `${path}.agent_type`) },
    supplier_info: {
      ...(written !== undefined && { phones: [written] }),
      ...(name !== undefined && { name }),
      inn,
    },
  };
}
