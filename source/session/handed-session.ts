import {fstatSync, readSync} from 'node:fs';
import process from 'node:process';

/** Bytes; what an agent says of its session is far shorter. */
const largest = 64 * 1024;
/** Milliseconds to wait for the agent to write it. */
const writeTimeout = 50;

/**
 * The session that a coding agent hands to the command of its status line, as JSON on standard input; undefined where
 * there is none, or it is of another form. Waits for the writer of a pipe for 50 ms at most.
 */
export const handedSession = async (): Promise<string | undefined> => sessionIn(await standardInput());

const standardInput = async (): Promise<string> => {
	try {
		const stats = fstatSync(0);
		if (stats.isFile()) {
			const buffer = Buffer.alloc(largest);
			return buffer.toString('utf8', 0, readSync(0, buffer, 0, largest, 0));
		}
		// A terminal or /dev/null hands nothing.
		return stats.isFIFO() || stats.isSocket() ? await fromPipe() : '';
	} catch {
		return '';
	}
};

const fromPipe = (): Promise<string> =>
	new Promise(resolve => {
		const {stdin} = process;
		const chunks: Buffer[] = [];
		let size = 0;
		const end = () => {
			clearTimeout(timer);
			stdin.destroy();
			resolve(Buffer.concat(chunks).toString('utf8'));
		};
		const timer = setTimeout(end, writeTimeout);
		stdin.on('data', (chunk: Buffer) => {
			chunks.push(chunk);
			size += chunk.length;
			// The agent may leave the pipe open: stop at a whole object.
			if (size > largest || sessionIn(Buffer.concat(chunks).toString('utf8')) !== undefined) {
				end();
			}
		});
		stdin.on('end', end);
		stdin.on('error', end);
	});

const sessionIn = (text: string): string | undefined => {
	if (!text.trimEnd().endsWith('}') || text.length > largest) {
		return undefined;
	}
	try {
		const {session_id: session} = JSON.parse(text) as {readonly session_id?: unknown};
		// A thread is found by a piece of its name: a short one would be in many.
		return typeof session === 'string' && /^[\w.:-]{8,200}$/.test(session) ? session : undefined;
	} catch {
		return undefined;
	}
};
