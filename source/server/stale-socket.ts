import {lstatSync, rmSync} from 'node:fs';
import {connect} from 'node:net';

/** Removes the socket that a process which was killed left behind. Nothing else is touched. */
export const removeStaleSocket = async (path: string): Promise<void> => {
	if (lstatSync(path, {throwIfNoEntry: false})?.isSocket() && (await isDead(path))) {
		rmSync(path, {force: true});
	}
};

/** Whether no process listens: a living one whose queue is full answers with another error. */
const isDead = (path: string): Promise<boolean> =>
	new Promise(resolve => {
		const socket = connect(path);
		socket.once('connect', () => {
			socket.destroy();
			resolve(false);
		});
		socket.once('error', ({code}: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED'));
	});
