import {isIP} from 'node:net';
import {UsageError} from '../errors.js';
import {isLoopback} from '../network/loopback.js';
import {sanitize} from '../text/sanitize.js';

/** Where a server listens. */
export type ListenAddress =
	| {readonly kind: 'tcp'; readonly host: string; readonly port: number}
	| {readonly kind: 'unix'; readonly path: string};

/**
 * Outside of the range that Prometheus shares out among exporters, all of which is taken, and of the ports that systems
 * give to connections. 9464, which would suggest itself, is where an OpenTelemetry backend on the same host exposes.
 */
export const defaultListen: ListenAddress = {kind: 'tcp', host: '127.0.0.1', port: 14_464};

/** The longest path of a socket that Linux takes; macOS takes 103. */
const longestPath = process.platform === 'darwin' ? 103 : 107;
const form = /^(?:\[(?<six>[^\]]*)\]|(?<host>[^:\s/]*)):(?<port>\d{1,5})$/;

/**
 * `HOST:PORT`, `[IPV6]:PORT`, `:PORT` (every address of this machine) or `unix:/path`. Port 0 is any free one.
 * @throws UsageError
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

/** Whether only this machine can reach it. */
export const isLocal = (address: ListenAddress): boolean => address.kind === 'unix' || isLoopback(address.host);
