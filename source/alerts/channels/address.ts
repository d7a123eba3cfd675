import {UsageError} from '../../errors.js';
import {isLoopback} from '../../network/loopback.js';

/**
 * The address of a receiver.
 * @param where what the user calls it: the message must not quote the address
 * @param allowHttp lets a message travel readable for everybody on its way
 * @throws UsageError
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
