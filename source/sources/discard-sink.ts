import type {SourceSink} from './source.js';

/** For looking at a source before it is read, which then reports any problems. */
export const discardSink: SourceSink = {lines: () => undefined, caughtUp: () => undefined, problem: () => undefined};
