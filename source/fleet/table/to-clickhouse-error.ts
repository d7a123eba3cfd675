import {reasonOf} from '../../network/delivery-error.js';
import {sanitize} from '../../text/sanitize.js';
import {caVariable, passwordVariable, userVariable} from './address.js';
import {ClickhouseError} from './clickhouse-error.js';

/** Who may do what, for a user that may not. The names are those that `fleet init` gives. */
const otherUsers = `set ${userVariable} to hitrate_shipper to ship, to hitrate_keeper to keep, to an administrator to set up`;

/** Messages for ClickHouse error codes (`ErrorCodes.cpp`). */
const words: Readonly<Record<number, string>> = {
	60: 'there is no table of requests: make it with hitrate fleet init',
	81: 'no such database: make it with hitrate fleet init',
	164: `the user may only read: ${otherUsers}`,
	192: `unknown user: set ${userVariable}`,
	193: `wrong password: set ${userVariable} and ${passwordVariable}`,
	194: `a password is wanted: set ${userVariable} and ${passwordVariable}`,
	291: 'the user may not use this database',
	497: `the user lacks a privilege: ${otherUsers}`,
	516: `wrong user or password: set ${userVariable} and ${passwordVariable}`,
};

/**
 * Errors that may pass: timeouts, memory, too many queries or parts, lost replicas and keepers, a full disk, read-only
 * replicas, an unreachable shard.
 */
const passing: ReadonlySet<number> = new Set([
	3, 23, 24, 32, 74, 75, 95, 96, 99, 159, 160, 201, 202, 203, 209, 210, 225, 236, 241, 242, 243, 252, 279, 285, 286,
	289, 319, 394, 410, 425, 439, 999,
]);

/** Error codes of OpenSSL and Node for certificate problems and for servers without TLS. */
const untrusted = /^(?:EPROTO$|ERR_TLS_CERT|CERT_|UNABLE_TO_|DEPTH_ZERO_SELF|SELF_SIGNED)[A-Z_]{0,60}$/;

/** Maximum characters of a server's message. */
const longest = 200;

const codeIn = (message: string): number | undefined => {
	const [, code] = /^Code: (\d{1,5})\b/.exec(message) ?? [];
	return code === undefined ? undefined : Number(code);
};

/** A server's message without error numbers, class names and version. */
const plain = (message: string): string =>
	message
		.slice(0, 2000)
		.replace(/^Code: \d+[,.]\s*(?:e\.displayText\(\) = )?/, '')
		.replace(/DB::\w*Exception:\s*/g, '')
		.replace(/, e\.what\(\) = .*$/s, '')
		.replace(/\s*\(version [^)]*\)\s*$/, '')
		.replace(/\s+/g, ' ')
		.trim();

type Thrown = {readonly message?: unknown; readonly code?: unknown; readonly type?: unknown};

/**
 * Converts an error of the client library to one line that says what to do.
 * @param server as displayed
 */
export const clickhouseErrorOf = (error: unknown, server: string): ClickhouseError => {
	if (error instanceof ClickhouseError) {
		return error;
	}
	const {message = '', code, type} = (error ?? {}) as Thrown;
	const text = String(message);
	// The client removes the error code from messages of current servers, but not from those of old ones.
	const number =
		codeIn(text) ?? (type !== undefined && /^\d{1,5}$/.test(String(code ?? '')) ? Number(code) : undefined);
	if (number !== undefined) {
		const told = words[number] ?? sanitize(plain(text), {columns: longest});
		return new ClickhouseError(`${server}: ${told}`, {code: number, isPassing: passing.has(number), cause: error});
	}
	if (typeof code === 'string' && untrusted.test(code)) {
		const told =
			code === 'EPROTO'
				? 'no secure connection: the server speaks no TLS at this port'
				: `its certificate is not trusted (${code}): ${caVariable} names a file with that of its authority`;
		return new ClickhouseError(`${server}: ${told}`, {isPassing: false, cause: error});
	}
	const reason = /^timeout/i.test(text)
		? 'no answer in time'
		: typeof code === 'string'
			? reasonOf(error)
			: `not an answer of ClickHouse: ${sanitize(plain(text), {columns: 80})}`;
	return new ClickhouseError(`${server}: ${reason}`, {isPassing: true, cause: error});
};
