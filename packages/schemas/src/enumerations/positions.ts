/** Subjects of a position in every format, with their value of tag 1212. */
export const unmarkedPaymentObjects = {
  goods: 1,
  excise_goods: 2,
  job: 3,
  service: 4,
  gambling_bet: 5,
  gambling_win: 6,
  lottery_ticket: 7,
  lottery_win: 8,
  intellectual_activity: 9,
  payment: 10,
  agent_commission: 11,
  payout: 12,
  another_subject: 13,
  property_right: 14,
  non_operating_income: 15,
  insurance_contributions: 16,
  trade_collection: 17,
  resort_collection: 18,
  pledge: 19,
  expense: 20,
  pension_insurance_ip: 21,
  pension_insurance: 22,
  health_insurance_ip: 23,
  health_insurance: 24,
  social_insurance: 25,
  casino: 26,
  insurance_collection: 27,
} as const;

/** Goods under marking, FFD 1.2 only, under YooKassa's names. */
const markedPaymentObjects = {
  non_marked_excise: 30,
  marked_excise: 31,
  non_marked: 32,
  marked: 33,
} as const;

/** Subjects of a position, with their value of tag 1212. */
export const paymentObjects = { ...unmarkedPaymentObjects, ...markedPaymentObjects } as const;

export type PaymentObject = keyof typeof paymentObjects;

/** Our own names from before YooKassa had any: read as aliases of the names of the field. */
export const takenPaymentObjects = {
  excise_non_marked: 'non_marked_excise',
  excise_marked: 'marked_excise',
} as const satisfies Readonly<Record<string, PaymentObject>>;

/** Ways in which a position is paid for, with their value of tag 1214. */
export const paymentMethods = {
  full_prepayment: 1,
  partial_prepayment: 2,
  advance: 3,
  full_payment: 4,
  partial_payment: 5,
  credit: 6,
  credit_payment: 7,
} as const;

export type PaymentMethod = keyof typeof paymentMethods;

/** Checks for money taken before the goods are delivered. */
export function isPrepaid(method: PaymentMethod | undefined): boolean {
  return method === 'full_prepayment' || method === 'partial_prepayment' || method === 'advance';
}

/** Units of quantity, with their value of tag 2108. */
export const measures = {
  piece: 0,
  gram: 10,
  kilogram: 11,
  ton: 12,
  centimeter: 20,
  decimeter: 21,
  meter: 22,
  square_centimeter: 30,
  square_decimeter: 31,
  square_meter: 32,
  milliliter: 40,
  liter: 41,
  cubic_meter: 42,
  kilowatt_hour: 50,
  gigacalorie: 51,
  day: 70,
  hour: 71,
  minute: 72,
  second: 73,
  kilobyte: 80,
  megabyte: 81,
  gigabyte: 82,
  terabyte: 83,
  rest: 255,
} as const;

export type Measure = keyof typeof measures;

/** Kinds of agent, with their bit of tag 1222, under YooKassa's names. */
export const agentTypes = {
  banking_payment_agent: 1,
  banking_payment_subagent: 2,
  payment_agent: 4,
  payment_subagent: 8,
  attorney: 16,
  commissioner: 32,
  agent: 64,
} as const;

export type AgentType = keyof typeof agentTypes;
