import {UsageError} from '../errors.js';
import {isLoopback} from '../network/loopback.js';

/** The address of a project on a GlitchTip server. */
export type Address = {
	/** The address for display and storage, without secrets: `glitchtip+https://host/org/project`. */
	readonly name: string;
	/** Base URL of the server, without a trailing slash: `https://host`. */
	readonly base: string;
	readonly organization: string;
	readonly project: string;
};

const scheme = /^glitchtip\+(?=https?:)/i;
const slug = /^[\w.-]{1,100}$/;

/** True if an argument names a GlitchTip project rather than a file. */
export const isAddress = (text: string): boolean => /^glitchtip[+:]/i.test(text);

/**
 * Parses `glitchtip+https://host[:port][/folder]/organization/project`. Throws a `UsageError` that does not repeat a
 * password in the address.
 */
export const parseAddress = (text: string): Address => {
	const url = scheme.test(text) ? urlOf(text.replace(scheme, '')) : undefined;
	if (!url) {
		throw new UsageError('a GlitchTip source is written glitchtip+https://host/organization/project');
	}
	if (url.username !== '' || url.password !== '') {
		throw new UsageError(
			`${url.host}: an address holds no token: it would show in lists of processes. Set ${tokenVariable} instead.`,
		);
	}
	const parts = url.pathname.split('/').filter(part => part !== '');
	const [organization = '', project = ''] = parts.slice(-2);
	if (!slug.test(organization) || !slug.test(project) || url.search !== '' || url.hash !== '') {
		throw new UsageError(
			`${url.host}: an address ends with organization/project, as they stand in the address of the project's page`,
		);
	}
	if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
		throw new UsageError(`${url.host}: the token would travel unencrypted; use glitchtip+https://`);
	}
	const folder = parts
		.slice(0, -2)
		.map(part => `/${part}`)
		.join('');
	const base = `${url.origin}${folder}`;
	return {name: `glitchtip+${base}/${organization}/${project}`, base, organization, project};
};

/** Environment variable with the token. */
export const tokenVariable = 'HITRATE_GLITCHTIP_TOKEN';

const urlOf = (text: string): URL | undefined => {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
};
