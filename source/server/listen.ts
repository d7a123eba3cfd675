import {chmodSync} from 'node:fs';
import type {AddressInfo, Server} from 'node:net';
import {UserError} from '../errors.js';
import type {ListenAddress} from './listen-address.js';
import {removeStaleSocket} from './stale-socket.js';

/**
 * Starts listening.
 * @returns the URL of the server
 * @throws UserError if it cannot listen on the address
 */
export const listen = async (server: Server, address: ListenAddress): Promise<string> => {
	if (address.kind === 'unix') {
		await removeStaleSocket(address.path);
	}
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(address.kind === 'unix' ? {path: address.path} : {host: address.host, port: address.port}, resolve);
	}).catch((error: NodeJS.ErrnoException) => {
		throw new UserError(`cannot listen on ${nameOf(address)}: ${reasonOf(error)}`, 2);
	});
	if (address.kind === 'unix') {
		chmodSync(address.path, 0o600);
	}
	// A connection that cannot be accepted, for lack of file descriptors, is retried by the client.
	server.on('error', () => {});
	return urlOf(server, address);
};

const reasonOf = ({code, message}: NodeJS.ErrnoException): string => {
	switch (code) {
		case 'EADDRINUSE':
			return 'another program does; name another place with --listen';
		case 'EACCES':
			return 'it is not allowed';
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
			return 'this machine has no such address';
		default:
			return message;
	}
};

const nameOf = (address: ListenAddress): string =>
	address.kind === 'unix' ? `unix:${address.path}` : `${bracketed(address.host)}:${address.port}`;

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const urlOf = (server: Server, address: ListenAddress): string =>
	address.kind === 'unix'
		? nameOf(address)
		: `http://${nameOf({...address, port: (server.address() as AddressInfo).port})}`;
