import type {Format, FormatContext, FormatSession} from '../formats/format.js';
import type {Log} from '../log.js';
import type {Request} from '../request.js';
import {boundName, boundNames} from '../text/bound-names.js';
import type {IngestOptions} from './options.js';

/** What a session tells of, and to whom. */
type Opening = Pick<FormatContext, 'lineAt' | 'onRequest' | 'onRetract'> & {readonly log: Log};

/** A session of a format for one log, which hands over requests with names of bounded length. */
export const openSession = (
	format: Format,
	{log, lineAt, onRequest, onRetract}: Opening,
	{localTime, promptTokens}: IngestOptions,
	saved?: unknown,
): FormatSession =>
	format.open(
		{
			localTime,
			promptTokens,
			lineAt,
			onRequest: request => onRequest(boundNames(request)),
			onRetract,
			source: boundName(log.name) ?? '',
		},
		saved,
	);

/** Lines to be read beside the session of their log, on top of what that knows already. */
type Aside = {readonly bytes: Buffer; readonly head: boolean; readonly saved?: unknown};

/** What lines tell that are not kept. */
export const requestsAside = (
	format: Format,
	log: Log,
	{bytes, head, saved}: Aside,
	options: IngestOptions,
): readonly Request[] => {
	const found = new Map<string, Request>();
	const session = openSession(
		format,
		{log, onRequest: request => found.set(request.id, request), onRetract: () => found.clear()},
		options,
		saved === undefined ? undefined : structuredClone(saved),
	);
	session.lines(bytes, head);
	return [...found.values(), ...session.provisional().map(boundNames)];
};
