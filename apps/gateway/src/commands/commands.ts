import { backup } from './backup.js';
import type { Command } from './command.js';
import { newKey } from './new-key.js';
import { restore } from './restore.js';
import { restored } from './restored.js';
import { serve } from './serve.js';
import { verify } from './verify.js';

/** Everything that the program can do, in the order of `--help`. */
export const commands: readonly Command[] = [serve, newKey, verify, backup, restore, restored];
