/** Why the table could not be read: one line without secrets that the user can act on. */
export class QueryError extends Error {
	override readonly name = 'QueryError';
	/** True if the connection was lost or never made, so that another one may work. */
	readonly isConnection: boolean;

	constructor(message: string, isConnection: boolean) {
		super(message);
		this.isConnection = isConnection;
	}
}

/** By SQLSTATE (PostgreSQL's appendix A) and by the error codes of Node's sockets. */
const reasons: Readonly<Record<string, string>> = {
	'28P01': 'the server refused the password; set PGUSER and PGPASSWORD, or use a ~/.pgpass file',
	'28000': 'the server refused the user; set PGUSER and PGPASSWORD, or use a ~/.pgpass file',
	'3D000': 'the server has no such database',
	'42P01': 'the database has no table of spend logs; name it with ?table=NAME if it is called otherwise',
	'42501': 'the user may not read the table; grant it with GRANT SELECT',
	'42703': 'the table lacks a column of LiteLLM_SpendLogs',
	'53300': 'the server has too many connections',
	'57014': 'the query took too long and was cancelled',
	'57P01': 'the server is shutting down',
	'57P03': 'the server is starting up',
	ECONNREFUSED: 'connection refused',
	ECONNRESET: 'the connection broke',
	EPIPE: 'the connection broke',
	ENOTFOUND: 'host not found',
	EAI_AGAIN: 'host not found: no name server answers',
	EHOSTUNREACH: 'host not reachable',
	ENETUNREACH: 'network not reachable',
	ETIMEDOUT: 'no answer in time',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the server is not trusted; sslmode=require accepts it',
	SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the server is not trusted; sslmode=require accepts it',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the server is not trusted; sslmode=require accepts it',
	ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the server is for another host',
};

/** Messages of the client library that have no code. */
const phrases: readonly (readonly [RegExp, string])[] = [
	[/does not support SSL/i, 'the server offers no TLS; sslmode=disable sends everything unencrypted'],
	[/timeout/i, 'no answer in time'],
	[/password must be a string|no password/i, 'the server asks for a password; set PGPASSWORD, or use a ~/.pgpass file'],
	[/terminated|not queryable|closed/i, 'the connection broke'],
];

/** Uses codes and known phrases only, because a server's message may quote what it was sent. */
export const queryError = (error: unknown): QueryError => {
	const {code, errors, message} = (error ?? {}) as {
		readonly code?: unknown;
		/** A host with several addresses fails once for each. */
		readonly errors?: readonly unknown[];
		readonly message?: unknown;
	};
	if (code === undefined && errors?.[0]) {
		return queryError(errors[0]);
	}
	const key = typeof code === 'string' ? code : '';
	const reason = reasons[key] ?? phrases.find(([pattern]) => pattern.test(String(message)))?.[1];
	const answered = /^[\dA-Z]{5}$/.test(key) && !key.startsWith('57P') && !key.startsWith('08');
	return new QueryError(reason ?? (key === '' ? 'the connection failed' : `error ${key}`), !answered);
};
