import {fstatSync, readSync} from 'node:fs';
import process from 'node:process';

/** Maximum bytes; agents write far less. */
const largest = 64 * 1024;
/** Milliseconds to wait for the agent. */
const writeTimeout = 50;

/**
 * The session id that a coding agent passes to its status line command, as JSON on standard input; undefined if there
 * is none. Waits at most 50 ms for the writer of a pipe.
 */
export const handedSession = async (): Promise<string | undefined> => sessionIn(await standardInput());

const standardInput = async (): Promise<string> => {
	try {
		const stats = fstatSync(0);
		if (stats.isFile()) {
			const buffer = Buffer.alloc(largest);
			return buffer.toString('utf8', 0, readSync(0, buffer, 0, largest, 0));
		}
		// A terminal or /dev/null provides nothing.
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
			// The agent may keep the pipe open, so stop after a complete object.
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
		// A thread is found by part of its name, and a short part would match many.
		return typeof session === 'string' && /^[\w.:-]{8,200}$/.test(session) ? session : undefined;
	} catch {
		return undefined;
	}
};
