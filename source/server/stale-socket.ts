import {lstatSync, rmSync} from 'node:fs';
import {connect} from 'node:net';

/** Removes the socket of a process that was killed. A socket in use, or another file, is left alone. */
export const removeStaleSocket = async (path: string): Promise<void> => {
	if (lstatSync(path, {throwIfNoEntry: false})?.isSocket() && (await isDead(path))) {
		rmSync(path, {force: true});
	}
};

/** True if no process listens. A live one with a full queue answers with another error. */
const isDead = (path: string): Promise<boolean> =>
	new Promise(resolve => {
		const socket = connect(path);
		socket.once('connect', () => {
			socket.destroy();
			resolve(false);
		});
		socket.once('error', ({code}: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED'));
	});
