import {UsageError} from '../../errors.js';
import {isLoopback} from '../../network/loopback.js';

/** Of each step of a delivery, milliseconds. */
const timeout = 10_000;

/** Where mail is handed in, in the words of the mail library. */
type SmtpServer = {
	readonly host: string;
	readonly port: number;
	/** TLS from the first byte. */
	readonly secure: boolean;
	readonly requireTLS: boolean;
	readonly auth?: {readonly user: string; readonly pass: string};
	readonly tls?: {readonly rejectUnauthorized: boolean};
	readonly connectionTimeout: number;
	readonly greetingTimeout: number;
	readonly socketTimeout: number;
	readonly dnsTimeout: number;
};

const decoded = (part: string, where: string): string => {
	try {
		return decodeURIComponent(part);
	} catch {
		throw new UsageError(`${where}: write % in a user or a password as %25.`);
	}
};

/**
 * A mail server as its address names it: `smtps://user:password@host:465`, or `smtp://host:587`, which is upgraded to
 * TLS or not used at all. `?tls=no` lets mail travel readable, and then without a password. On this machine itself TLS
 * is used where it is offered, whoever signed it.
 * @param where what the user calls it: the message must not quote the address
 * @throws UsageError
 */
export const smtpServer = (
	address: string,
	where: string,
	login: {readonly user?: string | undefined; readonly password?: string | undefined} = {},
): SmtpServer => {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (!url?.hostname || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')) {
		throw new UsageError(
			`${where}: this is not a valid mail server. Write smtps://user:password@host:465 or smtp://host:587.`,
		);
	}
	const secure = url.protocol === 'smtps:';
	const isPlain = !secure && url.searchParams.get('tls') === 'no';
	const isLocal = isLoopback(url.hostname);
	const user = login.user ?? decoded(url.username, where);
	const pass = login.password ?? decoded(url.password, where);
	if (isPlain && pass !== '') {
		throw new UsageError(`${where}: a password is not sent without TLS. Leave out tls=no, or the password.`);
	}
	return {
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
		secure,
		requireTLS: !secure && !isPlain && !isLocal,
		...(user !== '' && {auth: {user, pass}}),
		...(isLocal && {tls: {rejectUnauthorized: false}}),
		connectionTimeout: timeout,
		greetingTimeout: timeout,
		socketTimeout: timeout,
		dnsTimeout: timeout,
	};
};
