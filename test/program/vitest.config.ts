import {others, tests} from '../vitest.config.js';

/** All that `npm test` leaves out: the program as a user runs it, and most cases of what takes long (../support/runs.ts). */
export default tests('whole', {exclude: others, env: {HITRATE_RUNS: process.env.HITRATE_RUNS ?? '1'}});
