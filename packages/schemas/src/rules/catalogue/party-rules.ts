import { ruleSet } from './rule.js';
import { sources } from './sources.js';

const taxIds = '10 or 12 digits (INN) in Russia, 9 (TIN) or 14 (PINFL) in Uzbekistan';

/** Buyer, seller and supplier. */
export const partyRules = [
  ...ruleSet(
    { severity: 'fault', source: sources.russianReceiptLaw, since: '0.1.0' },
    {
      'receipt.customer.contact': [
        '$.customer',
        'A Russian receipt needs the e-mail or the phone of the buyer',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.atol, since: '0.1.0' },
    {
      'receipt.customer.email': [
        '$.customer.email',
        'The e-mail of the buyer is not an address such as buyer@example.com, of at most 64 characters',
      ],
      'receipt.customer.phone': [
        '$.customer.phone',
        'The phone of the buyer is 5 to 19 digits, optionally after a plus sign',
      ],
      'receipt.company.email': [
        '$.company.email',
        'The e-mail of the company is not an address such as shop@example.com, of at most 64 characters',
      ],
      'receipt.position.supplier.phone': [
        '$.positions[*].supplier.phone',
        'The phone of the supplier is 5 to 19 digits, optionally after a plus sign',
      ],
      'receipt.position.supplier.missing': [
        '$.positions[*].supplier',
        'A position that names an agent also names the supplier',
      ],
      'receipt.position.supplier.contact': [
        '$.positions[*].supplier',
        'For a payment agent of any kind the supplier has a name and a phone',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.agents, since: '1.1.0' },
    {
      'receipt.position.supplier.inn.missing': [
        '$.positions[*].supplier.inn',
        'A position that is sold by an agent names the INN of the supplier, twelve zeros for a supplier without one',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.suppliers, since: '1.1.0' },
    {
      'receipt.position.agent.missing': [
        '$.positions[*].agent_type',
        'A position that names a supplier says as what kind of agent it is sold',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.russianTaxId, since: '0.1.0' },
    {
      'receipt.customer.inn': [
        '$.customer.inn',
        `The tax id of the buyer has the wrong length or check digits: ${taxIds}, twelve zeros for a buyer without a Russian one`,
      ],
      'receipt.company.inn': [
        '$.company.inn',
        `The tax id of the company has the wrong length or check digits: ${taxIds}`,
      ],
      'receipt.position.supplier.inn': [
        '$.positions[*].supplier.inn',
        'The tax id of the supplier has the wrong length or check digits: 10 or 12 digits (INN), twelve zeros for a supplier without one',
      ],
    },
  ),
  ...ruleSet(
    { severity: 'warning', source: sources.freedompay, since: '0.1.0' },
    {
      'receipt.customer.email.placeholder': [
        '$.customer.email',
        'The e-mail of the buyer is a placeholder left by the protection of a web page',
      ],
      'receipt.company.email.placeholder': [
        '$.company.email',
        'The e-mail of the company is a placeholder left by the protection of a web page',
      ],
    },
  ),
] as const;
