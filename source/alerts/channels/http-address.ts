import {UsageError} from '../../errors.js';
import {isLoopback} from '../../network/loopback.js';

/**
 * Parses the address of a receiver.
 * @param where names the setting in error messages, which must not quote the address
 * @param allowHttp accepts `http:`, which sends messages unencrypted
 * @throws UsageError if the address is not valid
 */
export const httpAddress = (text: string, where: string, allowHttp = false): URL => {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
		throw new UsageError(`${where}: this is not a valid web address. It begins with https://.`);
	}
	if (url.username || url.password) {
		throw new UsageError(`${where}: an address with a user or a password in it is not sent to.`);
	}
	if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname)) {
		throw new UsageError(`${where}: use https://. Over http:// everybody on the way reads along.`);
	}
	return url;
};
