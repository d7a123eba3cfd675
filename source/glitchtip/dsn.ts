import {UsageError} from '../errors.js';

/** Where a project takes events. It holds its key: it is never shown. */
type Dsn = {
	/** Where envelopes are posted to. */
	readonly endpoint: URL;
	readonly key: string;
};

/**
 * Reads a DSN as the project's settings show it: `https://key@host[/folder]/number`. Throws a `UsageError` that holds
 * nothing of it.
 */
export const parseDsn = (text: string): Dsn => {
	const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
	const [, folder = '', project] = /^(.*)\/(\d{1,20})\/?$/.exec(url?.pathname ?? '') ?? [];
	if (!url || !/^https?:$/.test(url.protocol) || !/^[\w-]{1,100}$/.test(url.username) || project === undefined) {
		throw new UsageError(
			'the GlitchTip DSN is not one: copy it from the settings of the project, as in https://key@host/1',
		);
	}
	return {endpoint: new URL(`${url.origin}${folder}/api/${project}/envelope/`), key: url.username};
};
