import type {Patience} from './patience.js';

/** How long files that were rotated away are waited for. */
export const usualPatience: Patience = {drain: 5000, deleted: 60_000, files: 8};
