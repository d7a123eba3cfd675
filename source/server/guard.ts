import {createHash, timingSafeEqual} from 'node:crypto';
import type {IncomingHttpHeaders} from 'node:http';
import {UsageError} from '../errors.js';
import {isLoopback} from '../network/loopback.js';
import {HttpError} from './http-error.js';
import {isLocal, type ListenAddress} from './listen-address.js';

/** The environment variable that holds the token. */
export const tokenVariable = 'HITRATE_SERVE_TOKEN';
/** Minimum characters of a token; shorter ones could be guessed. */
const shortest = 16;

/**
 * The token that requests must carry; undefined if none is needed.
 * @throws UsageError if other machines can reach the server and there is no token, or one that is too short
 */
export const tokenFor = (
	address: ListenAddress,
	env: Readonly<Record<string, string | undefined>>,
): string | undefined => {
	const token = env[tokenVariable]?.trim();
	if (!token) {
		if (isLocal(address)) {
			return undefined;
		}
		throw new UsageError(
			`--listen: others reach this address: set ${tokenVariable} to a token that they have to send (openssl rand -hex 32).`,
		);
	}
	if (token.length < shortest || /[^\x21-\x7e]/.test(token)) {
		throw new UsageError(
			`${tokenVariable}: use at least ${shortest} characters without spaces, as openssl rand -hex 32 gives them.`,
		);
	}
	return token;
};

/** The server's address and token. Without a token it must be reachable from this machine only. */
export type Guard = {
	readonly address: ListenAddress;
	readonly token: string | undefined;
};

/** Checks a request's token and host. @throws HttpError if the request is refused */
export const admit = ({address, token}: Guard, headers: IncomingHttpHeaders): void => {
	if (token !== undefined) {
		const given = tokenIn(headers.authorization ?? '');
		if (given === undefined || !isSame(given, token)) {
			throw new HttpError(401, 'send the token: Authorization: Bearer …, or as the password of any user', {
				'WWW-Authenticate': 'Bearer, Basic realm="hitrate: the token as password", charset="UTF-8"',
			});
		}
		return;
	}
	// Protects against DNS rebinding: a web page's own name could resolve to this machine, which would let the page
	// read the response. Browsers always send the host they mean; a client of HTTP/1.0 need not.
	if (address.kind === 'tcp' && headers.host !== undefined && !isLoopback(hostOf(headers.host))) {
		throw new HttpError(403, `ask for it as 127.0.0.1 or localhost, or set ${tokenVariable}`);
	}
};

/** The token of a request: `Bearer` from programs, the password of `Basic` from browsers. */
const tokenIn = (authorization: string): string | undefined => {
	const bearer = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
	const basic = /^Basic +([\w+/=]+) *$/i.exec(authorization)?.[1];
	return (
		bearer ?? (basic === undefined ? undefined : /^[^:]*:(.*)$/s.exec(Buffer.from(basic, 'base64').toString())?.[1])
	);
};

const hostOf = (header: string | undefined): string => {
	try {
		return new URL(`http://${header ?? ''}`).hostname.replace(/^\[|\]$/g, '');
	} catch {
		return '';
	}
};

/** Compares in constant time; hashing makes both sides equally long. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
