import {vi} from 'vitest';
import {patience} from './patience.js';

/** Waits until `check` no longer throws, and resolves with what it returns. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, patience.expect.poll);
