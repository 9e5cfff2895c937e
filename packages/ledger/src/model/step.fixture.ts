/** Kinds of steps, in the order in which they are taken when nothing goes wrong any more. */
export const calmOrder = [
  'write result',
  'hear answer',
  'register',
  'complete',
  'list',
  'give up waiting',
  'begin call',
  'claim',
  'see to strays',
  'hand in',
  'wait',
] as const;

/** What goes wrong, or comes about only sometimes. */
type Fault =
  | 'hand in untold'
  | 'claim unheard'
  | 'refuse'
  | 'lose answer'
  | 'turn away'
  | 'reject'
  | 'makeDueNow'
  | 'die'
  | 'jump'
  | 'register unclearly'
  | 'configure'
  | 'act'
  | 'lag'
  | 'fail over';

export type StepKind = (typeof calmOrder)[number] | Fault;

/** Something that may happen next. */
export interface Step {
  readonly kind: StepKind;
  /** Lets it happen, and says in words what did. */
  take(): Promise<string>;
}
