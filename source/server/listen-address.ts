import {isIP} from 'node:net';
import {UsageError} from '../errors.js';
import {isLoopback} from '../network/loopback.js';
import {sanitize} from '../text/sanitize.js';

/** An address that the server listens on. */
export type ListenAddress =
	| {readonly kind: 'tcp'; readonly host: string; readonly port: number}
	| {readonly kind: 'unix'; readonly path: string};

/**
 * The default port is outside the range that Prometheus allocates to exporters (fully taken) and outside the systems'
 * ranges of ephemeral ports. 9464 is the default of OpenTelemetry exporters.
 */
export const defaultListen: ListenAddress = {kind: 'tcp', host: '127.0.0.1', port: 14_464};

/** Maximum length of a socket's path on Linux; 103 on macOS. */
const longestPath = process.platform === 'darwin' ? 103 : 107;
const form = /^(?:\[(?<six>[^\]]*)\]|(?<host>[^:\s/]*)):(?<port>\d{1,5})$/;

/**
 * Parses `HOST:PORT`, `[IPV6]:PORT`, `:PORT` (all addresses of this machine) or `unix:/path`. Port 0 picks a free one.
 * @throws UsageError if the address is not valid
 */
export const parseListen = (text: string): ListenAddress => {
	if (text.startsWith('unix:')) {
		const path = text.slice('unix:'.length);
		if (!path.startsWith('/') || path.includes('\0') || Buffer.byteLength(path) > longestPath) {
			throw new UsageError(
				`--listen: a socket needs an absolute path of at most ${longestPath} bytes, as in unix:/run/hitrate/http.sock.`,
			);
		}
		return {kind: 'unix', path};
	}
	const {six, host, port} = form.exec(text)?.groups ?? {};
	if (port === undefined || Number(port) > 65_535 || (six !== undefined && isIP(six) !== 6)) {
		throw new UsageError(
			`--listen: "${sanitize(text)}" is not a valid address. Use HOST:PORT, as in 127.0.0.1:14464, or unix:/path.`,
		);
	}
	return {kind: 'tcp', host: six ?? (host || '::'), port: Number(port)};
};

/** True if only this machine can reach the address. */
export const isLocal = (address: ListenAddress): boolean => address.kind === 'unix' || isLoopback(address.host);
