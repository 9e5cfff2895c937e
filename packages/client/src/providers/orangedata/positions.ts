import {
  type CorrectionOperationType,
  multiplyAmount,
  type OperationType,
  parseAmount,
  parseQuantity,
  type Receipt,
  type VatCode,
} from '@fiscalkit/schemas';
import { measureTexts } from '../../documents/measure-texts.js';
import { orangedataChoices } from './choices.js';
import { industryAttributesOf } from './details.js';
import { phoneOf } from './document-parts.js';
import {
  agentBits,
  isOfTwenty,
  measureNumbers,
  methodTypes,
  plainSubjectTypes,
  subjectTypes,
  taxes,
} from './enumerations.js';
import { markCodeOf } from './mark-code.js';
import { fromTable, refuse, refuseOthers } from './refuse.js';
import { registerText } from './register-text.js';
import type { DocumentSettings } from './settings.js';

type PlainPosition = Extract<Receipt, { receipt_format: 'ru_1_05' }>['positions'][number];
type MarkedPosition = Extract<Receipt, { receipt_format: 'ru_1_2' }>['positions'][number];
type CommonPosition = Omit<PlainPosition, 'measure' | 'payment_object'>;
type AnyOperation = OperationType | CorrectionOperationType;

/** Positions of a document, and the flag that goes with their VAT rates. */
export interface Positions {
  readonly positions: readonly object[];
  readonly useTax20?: true;
}

/** Returns the positions in FFD 1.05. */
export function plainPositionsOf(positions: readonly PlainPosition[], settings: DocumentSettings): Positions {
  return positionsOf(positions, ({ measure, payment_object, ...position }, path) => ({
    ...commonPosition(position, path, settings),
    paymentSubjectType: fromTable(plainSubjectTypes, payment_object, `${path}.payment_object`),
    unitOfMeasurement: fromTable(measureTexts, measure, `${path}.measure`),
  }));
}

/** Returns the positions in FFD 1.2. */
export function markedPositionsOf(
  positions: readonly MarkedPosition[],
  operation: AnyOperation,
  settings: DocumentSettings,
): Positions {
  return positionsOf(positions, (position, path) => markedPosition(position, path, { operation, settings }));
}

function positionsOf<Position extends { readonly vat_code: VatCode }>(
  positions: readonly Position[],
  map: (position: Position, path: string) => object,
): Positions {
  const { mostPositions } = orangedataChoices;
  if (positions.length > mostPositions)
    refuse('$.positions', `OrangeData takes at most ${mostPositions} positions.`);
  const flags = positions.map(({ vat_code }) => isOfTwenty[vat_code]);
  const [first] = flags.filter((flag) => flag !== undefined);
  const other = flags.findIndex((flag) => flag !== undefined && flag !== first);
  if (other !== -1) {
    const message = 'OrangeData takes the rates of 20 and of 22 per cent in different receipts only.';
    refuse(`$.positions[${other}].vat_code`, message);
  }
  return {
    positions: positions.map((position, index) => map(position, `$.positions[${index}]`)),
    ...(first === true && { useTax20: true }),
  };
}

const longestText = 128;

/** Returns what both formats share of a position; refuses members that neither knows. */
function commonPosition(position: CommonPosition, path: string, { characters }: DocumentSettings) {
  const { name, price, quantity, sum, vat_code, payment_method, agent_type, supplier, ...others } = position;
  refuseOthers(others, path);
  // There is no place for the sum: the register multiplies.
  if (multiplyAmount(parseAmount(price), parseQuantity(quantity)) !== parseAmount(sum)) {
    refuse(`${path}.sum`, 'OrangeData takes the price times the quantity for the sum.');
  }
  return {
    text: registerText(name, { path: `${path}.name`, longest: longestText, characters }),
    quantity,
    price,
    tax: fromTable(taxes, vat_code, `${path}.vat_code`),
    paymentMethodType: fromTable(methodTypes, payment_method, `${path}.payment_method`),
    ...agencyOf({ agent_type, supplier }, path, characters),
  };
}

const longestSupplier = { name: 239, together: 243 };

function agencyOf(
  { agent_type, supplier }: Pick<CommonPosition, 'agent_type' | 'supplier'>,
  path: string,
  characters: DocumentSettings['characters'],
) {
  const { name, phone, inn, ...others } = supplier ?? {};
  refuseOthers(others, `${path}.supplier`);
  if (agent_type === undefined) {
    const isNamed = name !== undefined || phone !== undefined || inn !== undefined;
    if (isNamed) refuse(`${path}.supplier`, 'OrangeData takes a supplier only with the kind of agent.');
    return {};
  }
  if (inn === undefined)
    refuse(`${path}.supplier.inn`, 'OrangeData needs the INN of the supplier of an agent.');
  const place = { path: `${path}.supplier.name`, longest: longestSupplier.name, characters };
  const written = name === undefined ? undefined : registerText(name, place);
  const number = phone === undefined ? undefined : phoneOf(phone, `${path}.supplier.phone`);
  if ((written?.length ?? 0) + (number?.length ?? 0) > longestSupplier.together) {
    refuse(
      `${path}.supplier.name`,
      `OrangeData takes ${longestSupplier.together} characters of name and phone together.`,
    );
  }
  const supplierInfo = {
    ...(number !== undefined && { phoneNumbers: [number] }),
    ...(written !== undefined && { name: written }),
  };
  return {
    agentType: fromTable(agentBits, agent_type, `${path}.agent_type`),
    ...(Object.keys(supplierInfo).length > 0 && { supplierInfo }),
    supplierINN: inn,
  };
}

interface MarkedCircumstances {
  readonly operation: AnyOperation;
  readonly settings: DocumentSettings;
}

function markedPosition(
  {
    measure,
    payment_object,
    mark_code_type,
    mark_quantity,
    payment_object_industry_details: details,
    ...position
  }: MarkedPosition,
  path: string,
  { operation, settings }: MarkedCircumstances,
): object {
  if (mark_code_type === undefined && mark_quantity !== undefined) {
    refuse(`${path}.mark_quantity`, 'OrangeData takes a share of an item only with its mark code.');
  }
  const code = mark_code_type && markCodeOf(mark_code_type, `${path}.mark_code_type`);
  const isScanned = code !== undefined && 'itemCode' in code;
  return {
    ...commonPosition(position, path, settings),
    paymentSubjectType: fromTable(subjectTypes, payment_object, `${path}.payment_object`),
    quantityMeasurementUnit: fromTable(measureNumbers, measure, `${path}.measure`),
    ...code,
    ...(isScanned && { plannedStatus: plannedStatus(operation, mark_quantity !== undefined, path) }),
    ...(mark_quantity && { fractionalQuantity: shareOf(mark_quantity, `${path}.mark_quantity`) }),
    ...(details && {
      industryAttributes: industryAttributesOf(details, {
        path: `${path}.payment_object_industry_details`,
        settings,
      }),
    }),
  };
}

/** Planned status of a marked item (tag 2003), whole and in part; none is known of an item that is bought. */
const plannedStatuses: Readonly<Record<AnyOperation, readonly [whole: number, part: number] | null>> = {
  sell: [1, 2],
  sell_refund: [3, 4],
  buy: null,
  buy_refund: null,
  sell_correction: [1, 2],
  sell_refund_correction: [3, 4],
  buy_correction: null,
  buy_refund_correction: null,
};

function plannedStatus(operation: AnyOperation, isPart: boolean, path: string): number {
  const [whole, part] =
    plannedStatuses[operation] ??
    refuse(`${path}.mark_code_type`, 'OrangeData has no planned status of a marked item that is bought.');
  return isPart ? part : whole;
}

function shareOf(
  { numerator, denominator, ...others }: NonNullable<MarkedPosition['mark_quantity']>,
  path: string,
) {
  refuseOthers(others, path);
  return { numerator, denominator };
}
