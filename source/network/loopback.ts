import {BlockList, isIP} from 'node:net';

const addresses = new BlockList();
addresses.addSubnet('127.0.0.0', 8);
addresses.addAddress('::1', 'ipv6');

/**
 * Whether a name or an address can only be this machine: what is sent there needs no encryption.
 * `localhost` and the names below it by RFC 6761; an IPv6 address with or without its brackets, as URLs have them.
 */
export const isLoopback = (host: string): boolean => {
	const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
	const family = isIP(bare);
	return family === 0 ? /^(?:.+\.)?localhost$/i.test(bare) : addresses.check(bare, family === 6 ? 'ipv6' : 'ipv4');
};
