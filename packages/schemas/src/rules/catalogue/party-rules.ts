import { ruleSet } from '../rule-set.js';
import { sources } from '../sources.js';

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
        'The e-mail of the buyer is an address of at most 64 characters',
      ],
      'receipt.customer.phone': [
        '$.customer.phone',
        'The phone of the buyer is 5 to 19 digits, optionally after a plus sign',
      ],
      'receipt.company.email': [
        '$.company.email',
        'The e-mail of the company is an address of at most 64 characters',
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
    { severity: 'fault', source: sources.russianTaxId, since: '0.1.0' },
    {
      'receipt.customer.inn': [
        '$.customer.inn',
        'The tax id of the buyer has the wrong length or check digits',
      ],
      'receipt.company.inn': [
        '$.company.inn',
        'The tax id of the company has the wrong length or check digits',
      ],
      'receipt.position.supplier.inn': [
        '$.positions[*].supplier.inn',
        'The tax id of the supplier has the wrong length or check digits',
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
