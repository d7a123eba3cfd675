import {once} from 'node:events';
import process from 'node:process';
import {type Feeding, pieceAt, pieceLength} from './feed.js';

/** Maximum bytes kept of a program's error output. */
const kept = 300;

/**
 * Decompresses with a program that reads standard input. Resolves with what is wrong with the file, or undefined.
 * @param program `xz`, `bzip2`
 * @param name of the file, for a command to suggest if the program is missing
 */
export const decompressBy = async (program: string, {file, text, passed}: Feeding): Promise<string | undefined> => {
	const {spawn} = process.getBuiltinModule('node:child_process');
	const child = spawn(program, ['-dc'], {stdio: ['pipe', 'pipe', 'pipe']});
	let complaint = '';
	let thrown: unknown;
	let missing: NodeJS.ErrnoException | undefined;
	child.stderr.on('data', (bytes: Buffer) => {
		complaint = (complaint + bytes.toString()).slice(0, kept);
	});
	child.stdout.on('data', (bytes: Buffer) => {
		try {
			text(bytes);
		} catch (error) {
			thrown ??= error;
			child.kill('SIGKILL');
		}
	});
	// The program ends before its input does if that is damaged, or if there is enough output.
	child.stdin.on('error', () => undefined);
	const closed = new Promise<number | null>(resolve => {
		child.once('error', (error: NodeJS.ErrnoException) => {
			missing = error;
			resolve(null);
		});
		child.once('close', resolve);
	});
	let isClosed = false;
	void closed.then(() => {
		isClosed = true;
	});
	for (let offset = 0; !isClosed && thrown === undefined; ) {
		const piece = await pieceAt(file, offset, pieceLength);
		if (piece.length === 0) {
			break;
		}

		offset += piece.length;
		passed(offset);
		if (!child.stdin.write(piece)) {
			await Promise.race([once(child.stdin, 'drain').catch(() => undefined), closed]);
		}
	}

	child.stdin.end();
	const code = await closed;
	if (thrown !== undefined) {
		throw thrown;
	}

	if (missing !== undefined) {
		return missing.code === 'ENOENT'
			? `needs ${program} to be read: install it, or unpack the file with \`${program} -dk\` elsewhere`
			: missing.message;
	}

	const [line = ''] = complaint
		.replaceAll(`${program}: `, '')
		.replaceAll(/\(stdin\)[:=]?\s*/g, '')
		.trim()
		.split('\n');
	return code === 0 ? undefined : `is cut off or damaged (${line.trim() || `${program} ended with ${code}`})`;
};
