import type {SourceSink} from './source.js';

/** For a look at what there is, ahead of its reading: that tells the problems. */
export const discardSink: SourceSink = {lines: () => undefined, caughtUp: () => undefined, problem: () => undefined};
