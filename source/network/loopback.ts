import type {BlockList} from 'node:net';
import process from 'node:process';

/** Loaded when an address is looked at: a report of files needs none of it. */
const net = () => process.getBuiltinModule('node:net');

let addresses: BlockList | undefined;

const loopbackAddresses = (): BlockList => {
	const list = new (net().BlockList)();
	list.addSubnet('127.0.0.0', 8);
	list.addAddress('::1', 'ipv6');
	return list;
};

/**
 * Whether a name or an address can only be this machine: what is sent there needs no encryption.
 * `localhost` and the names below it by RFC 6761; an IPv6 address with or without its brackets, as URLs have them.
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
