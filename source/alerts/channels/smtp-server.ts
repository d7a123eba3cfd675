import {UsageError} from '../../errors.js';
import {isLoopback} from '../../network/loopback.js';

/** Milliseconds for each step of a delivery. */
const timeout = 10_000;

/** Options of a mail server, as nodemailer names them. */
type SmtpServer = {
	readonly host: string;
	readonly port: number;
	/** TLS from the start, rather than STARTTLS. */
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
 * Parses the address of a mail server: `smtps://user:password@host:465`, or `smtp://host:587`, which requires STARTTLS.
 * `?tls=no` sends mail unencrypted, and then without a password. On the local machine, TLS is used if offered, with any
 * certificate.
 * @param where names the setting in error messages, which must not quote the address
 * @throws UsageError if the address is not valid
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
