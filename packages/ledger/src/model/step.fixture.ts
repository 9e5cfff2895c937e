/** Kinds of steps without faults, in the order in which a fair schedule takes them. */
export const fairOrder = [
  'write result',
  'hear answer',
  'register',
  'complete',
  'list',
  'give up waiting',
  'begin call',
  'claim',
  'settle strays',
  'accept',
  'wait',
] as const;

/** Kinds of steps that are faults, or happen only sometimes. */
type Fault =
  | 'accept unheard'
  | 'claim unheard'
  | 'refuse'
  | 'lose answer'
  | 'turn away'
  | 'reject'
  | 'make due now'
  | 'die'
  | 'jump'
  | 'register unclearly'
  | 'configure'
  | 'operator action'
  | 'lag'
  | 'fail over';

export type StepKind = (typeof fairOrder)[number] | Fault;

/** A step that the model may take next. */
export interface Step {
  readonly kind: StepKind;
  /** Takes the step, and returns it in words. */
  take(): Promise<string>;
}
