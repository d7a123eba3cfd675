import {formats} from '../../source/formats/table.js';
import type {IngestOptions} from '../../source/ingest/options.js';
import {utc} from '../../source/time/stamp.js';

/** What logs are read with unless a test says otherwise: every format, times without a zone in UTC, nobody to tell. */
export const ingestOptions: IngestOptions = {
	formats,
	now: Date.now,
	localTime: utc,
	promptTokens: undefined,
	onChange: () => {},
};
