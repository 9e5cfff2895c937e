import { readFileSync } from 'node:fs';
import type { ReceiptFormat } from '@fiscalkit/schemas';

/** A node of a JSON Schema, as far as it is read here. */
interface SchemaNode {
  readonly $ref?: string;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

interface Bundle extends SchemaNode {
  readonly $defs: Readonly<Record<string, SchemaNode>>;
}

const bundle: Bundle = JSON.parse(
  readFileSync(new URL('../../../apps/json-schema/schemas/2020-12/receipt.json', import.meta.url), 'utf8'),
);

/** A field of a receipt by its path, `positions[0].measure`, with its values if it is an enumeration. */
export interface ReceiptField {
  readonly path: string;
  readonly values: readonly unknown[] | null;
}

/** Returns the fields of a receipt in a format, as the published schema has them. */
export function fieldsOf(format: ReceiptFormat): ReceiptField[] {
  const schema = (bundle.oneOf ?? [])
    .map(resolved)
    .find(({ properties }) => properties?.receipt_format?.const === format);
  if (!schema) throw new Error(`there is no schema of ${format}`);
  return leavesOf(schema, '').filter(({ path }) => path !== 'receipt_format');
}

function leavesOf(given: SchemaNode, path: string): ReceiptField[] {
  const schema = withValue(resolved(given));
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([name, member]) =>
      leavesOf(member, path === '' ? name : `${path}.${name}`),
    );
  }
  if (schema.items) return leavesOf(schema.items, `${path}[0]`);
  return [{ path, values: schema.enum ?? several[path] ?? null }];
}

function resolved(schema: SchemaNode): SchemaNode {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.replace('#/$defs/', '');
  const found = bundle.$defs[name];
  if (!found) throw new Error(`there is no schema ${name}`);
  return resolved(found);
}

/** Returns the part of a schema that is not for what stands for nothing: `null` and `""`. */
function withValue(schema: SchemaNode): SchemaNode {
  const choices = schema.anyOf?.filter(({ enum: values }) => values === undefined || values[0] !== null);
  const [first] = choices ?? [];
  return first === undefined ? schema : withValue(resolved(first));
}

const industryDetail = {
  federal_id: '003',
  document_date: '2026-01-15',
  document_number: '123/43',
  value: 'sector',
};

/** Values of fields that are no enumerations, and of which a provider may take some. */
const several: Readonly<Record<string, readonly unknown[]>> = {
  'receipt_operating_details.operation_id': [0, 17],
};

/** Values of the fields that are no enumerations. */
const samples: Readonly<Record<string, unknown>> = {
  merchant_id: 'shop-2',
  payment_id: 'payment-2',
  'additional_user_props.name': 'Order',
  'additional_user_props.value': '17',
  'customer.email': 'other@example.org',
  'customer.phone': '+79161234567',
  'customer.full_name': 'Ivan Petrov',
  'customer.inn': '7707083893',
  'company.inn': '7709364346',
  'company.email': 'other-shop@example.org',
  'company.payment_address': 'https://other.example',
  'receipt_industry_details[0].federal_id': '012',
  'receipt_industry_details[0].document_date': '2026-02-16',
  'receipt_industry_details[0].document_number': '7',
  'receipt_industry_details[0].value': 'another',
  'receipt_operating_details.value': 'operation',
  'receipt_operating_details.created_at': '2026-03-01T10:00:00Z',
  'positions[0].name': 'Coffee',
  'positions[0].quantity': 4,
  'positions[0].price': 25,
  'positions[0].supplier.name': 'Supplier',
  'positions[0].supplier.phone': '+74951234567',
  'positions[0].supplier.inn': '7707083893',
  'positions[0].mark_quantity.numerator': 2,
  'positions[0].mark_quantity.denominator': 7,
  'positions[0].mark_code_type.mark_code_raw': '010460043993125621JgXJ5.T',
  'positions[0].mark_code_type.unknown': 'unknown-code',
  'positions[0].mark_code_type.ean_8': '12345670',
  'positions[0].mark_code_type.ean_13': '4600439931256',
  'positions[0].mark_code_type.itf_14': '14600439931253',
  'positions[0].mark_code_type.gs_10': '0104600439931256',
  'positions[0].mark_code_type.gs_1m': '010460043993125621JgXJ5.T',
  'positions[0].mark_code_type.short': 'short-code',
  'positions[0].mark_code_type.fur': 'RU-430302-ABC1234567',
  'positions[0].mark_code_type.egais_20': '12345678901234567890123',
  'positions[0].mark_code_type.egais_30': '12345678901234',
  'positions[0].payment_object_industry_details[0].federal_id': '012',
  'positions[0].payment_object_industry_details[0].document_date': '2026-02-16',
  'positions[0].payment_object_industry_details[0].document_number': '7',
  'positions[0].payment_object_industry_details[0].value': 'another',
  'positions[0].ikpu_code': '06201001001000002',
  'positions[0].package_code': '1505',
  'positions[0].unit_code': '22',
  'positions[0].commission_info.tin': '305109680',
  'positions[0].commission_info.pinfl': '12345678901234',
  'positions[0].labels[0]': 'label-1',
};

/** Values in Uzbekistan, where tax ids have another form. */
const uzbekSamples: Readonly<Record<string, unknown>> = {
  'customer.inn': '200523221',
  'company.inn': '200523221',
};

/** Members that change along with a field, so that the amounts add up. */
const alongWith: Readonly<Record<string, readonly [path: string, value: unknown]>> = {
  'positions[0].quantity': ['positions[0].price', 25],
  'positions[0].price': ['positions[0].quantity', 4],
};

/** Fields that follow from others, and can't be varied alone. */
export const computedFields: readonly string[] = ['total', 'settlements[0].sum', 'positions[0].sum'];

/** Members that a field needs beside it. */
function companionsOf(path: string, value: unknown): Readonly<Record<string, unknown>> {
  const supplier = { 'positions[0].supplier.inn': '500100732259' };
  const agent = { 'positions[0].agent_type': 'agent', ...supplier };
  const marked = {
    'positions[0].payment_object': 'marked',
    'positions[0].quantity': 1,
    'positions[0].price': 100,
  };
  if (path === 'positions[0].agent_type')
    return { ...supplier, 'positions[0].supplier.phone': '+74951234567', 'positions[0].supplier.name': 'S' };
  if (path.startsWith('positions[0].supplier.')) return agent;
  if (path.startsWith('positions[0].mark_code_type.')) return marked;
  if (path.startsWith('positions[0].mark_quantity.')) {
    return {
      ...marked,
      'positions[0].mark_code_type.short': 'a',
      'positions[0].mark_quantity.numerator': 1,
      'positions[0].mark_quantity.denominator': 5,
    };
  }
  if (path.startsWith('receipt_industry_details')) return { receipt_industry_details: [industryDetail] };
  if (path.startsWith('positions[0].payment_object_industry_details')) {
    return { 'positions[0].payment_object_industry_details': [industryDetail] };
  }
  if (path.startsWith('receipt_operating_details')) {
    return {
      receipt_operating_details: { operation_id: 0, value: 'a', created_at: '2026-01-01T00:00:00Z' },
    };
  }
  if (path.startsWith('additional_user_props')) return { additional_user_props: { name: 'a', value: 'b' } };
  if (
    path === 'positions[0].payment_object' &&
    ['marked', 'marked_excise', 'excise_marked'].includes(String(value))
  ) {
    return {
      'positions[0].mark_code_type.short': 'a',
      'positions[0].quantity': 1,
      'positions[0].price': 100,
    };
  }
  return {};
}

/** Receipt without anything that can be left out of it. */
function leastReceipt(format: ReceiptFormat): object {
  const country = format === 'uz_1_0' ? 'uz' : 'ru';
  return {
    receipt_format: format,
    merchant_id: 'shop-1',
    payment_id: 'payment-1',
    operation_type: 'sell',
    customer: { email: 'buyer@example.org' },
    company:
      country === 'ru'
        ? { inn: '5544332219', email: 'shop@example.org', tax_system: 'osn', payment_address: 'shop.ru' }
        : { inn: '305109680' },
    positions: [
      {
        name: 'Tea',
        price: 50,
        quantity: 2,
        ...(country === 'ru'
          ? { vat_code: 'vat_22', payment_method: 'full_payment', payment_object: 'goods' }
          : { vat_code: 'vat_12', ikpu_code: '06201001001000001', package_code: '1504' }),
      },
    ],
    settlements: [{ type: 'cashless', sum: 100 }],
  };
}

/** A receipt with a field, and the same with another value of the field or without it. */
export interface ReceiptCase {
  readonly path: string;
  readonly value: unknown;
  readonly receipt: object;
  readonly without: object;
}

/** Returns a case for each field of a format, and for each value of its enumerations. */
export function casesOf(format: ReceiptFormat): ReceiptCase[] {
  return fieldsOf(format)
    .filter(({ path }) => !computedFields.includes(path))
    .flatMap(({ path, values }) => {
      const sample = (format === 'uz_1_0' ? uzbekSamples[path] : undefined) ?? samples[path];
      if (values === null && sample === undefined) throw new Error(`the field ${path} has no sample`);
      return (values ?? [sample]).map((value) => {
        const companions = Object.entries(companionsOf(path, value));
        const without = companions.reduce(
          (receipt, [name, companion]) => changed(receipt, name, companion),
          leastReceipt(format),
        );
        const receipt = changed(without, path, value);
        const along = alongWith[path];
        return { path, value, without, receipt: along ? changed(receipt, ...along) : receipt };
      });
    });
}

/** Fields that can't stand beside others in a full receipt. */
const alone = /mark_code_type\.(?!short)|mark_quantity|commission_info\.pinfl|^merchant_id/;

/** Returns a receipt with every optional field that can stand beside the others. */
export function fullReceipt(format: ReceiptFormat): object {
  let receipt = leastReceipt(format);
  receipt = changed(changed(receipt, 'positions[0].quantity', 1), 'positions[0].price', 100);
  if (format === 'ru_1_2') receipt = changed(receipt, 'positions[0].payment_object', 'marked');
  for (const { path, value } of casesOf(format)) {
    if (alone.test(path) || read(receipt, path) !== undefined) continue;
    receipt = changed(receipt, path, value);
  }
  return receipt;
}

function stepsOf(path: string): string[] {
  return path.replaceAll('[0]', '.0').split('.');
}

function read(from: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>((holder, step) => Object(holder)[step], from);
}

/** Returns a copy with a value at a path. */
function changed(receipt: object, path: string, value: unknown): object {
  const copy = structuredClone(receipt);
  const steps = stepsOf(path);
  const last = steps.pop() ?? '';
  let holder: object = copy;
  for (const [index, step] of steps.entries()) {
    const next: unknown = Reflect.get(holder, step);
    const made =
      typeof next === 'object' && next !== null ? next : (steps[index + 1] ?? last) === '0' ? [] : {};
    Reflect.set(holder, step, made);
    holder = made;
  }
  Reflect.set(holder, last, value);
  return copy;
}
