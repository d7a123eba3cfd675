import type {BlockList} from 'node:net';
import process from 'node:process';

/** Loaded on first use, because a report on files does not need it. */
const net = () => process.getBuiltinModule('node:net');

let addresses: BlockList | undefined;

const loopbackAddresses = (): BlockList => {
	const list = new (net().BlockList)();
	list.addSubnet('127.0.0.0', 8);
	list.addAddress('::1', 'ipv6');
	return list;
};

/**
 * True if a host can only be this machine, so that no encryption is needed: `localhost` and its subdomains (RFC 6761),
 * and loopback addresses. IPv6 addresses may have brackets, as in URLs.
 */
export const isLoopback = (host: string): boolean => {
	const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
	const family = net().isIP(bare);
	if (family === 0) {
		return /^(?:.+\.)?localhost$/i.test(bare);
	}
	addresses ??= loopbackAddresses();
	return addresses.check(bare, family === 6 ? 'ipv6' : 'ipv4');
};
