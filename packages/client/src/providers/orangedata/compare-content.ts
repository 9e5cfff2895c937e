import { isRecord } from '../../transport/read-json.js';

type Content = Readonly<Record<string, unknown>>;

/** Members of a content that no register rewrites, and the fields of ours that they are. */
const members = { type: 'operation_type', totalSum: 'total' } as const;

/** The same of a position; texts are left out, since they are kept in another code page. */
const membersOfPosition = {
  price: 'positions.price',
  quantity: 'positions.quantity',
  tax: 'positions.vat_code',
} as const;

/**
 * Returns the names of the fields in which a shown document differs from the frozen one, never their values.
 * OrangeData does not compare contents itself: whose id is used twice gets the first document. What is not shown
 * decides nothing.
 */
export function differencesOf(frozen: Content, shown: unknown): readonly string[] {
  if (!isRecord(shown)) return [];
  const differing = differingIn(members, frozen, shown);
  const [ours, theirs] = [frozen.positions, shown.positions];
  if (!Array.isArray(ours) || !Array.isArray(theirs)) return differing;
  if (ours.length !== theirs.length) return [...differing, 'positions'];
  const ofPositions = ours.flatMap((position, index) =>
    differingIn(membersOfPosition, Object(position), Object(theirs[index])),
  );
  return [...new Set([...differing, ...ofPositions])];
}

function differingIn(names: Readonly<Record<string, string>>, frozen: Content, shown: Content): string[] {
  return Object.entries(names).flatMap(([member, field]) =>
    isShown(shown[member]) && Number(shown[member]) !== Number(frozen[member]) ? [field] : [],
  );
}

function isShown(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
