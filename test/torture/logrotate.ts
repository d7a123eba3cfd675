import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * Sets logrotate up for one log.
 * @param directives of its configuration, one a line
 * @returns rotates now; throws with what logrotate says where it fails
 */
export const logrotate = (folder: string, log: string, directives: readonly string[]): (() => Promise<void>) => {
	const configuration = join(folder, 'logrotate.conf');
	writeFileSync(configuration, `${log} {\n${directives.map(line => `\t${line}\n`).join('')}}\n`, {mode: 0o600});
	return async () => {
		const child = spawn('logrotate', ['--force', '--state', join(folder, 'logrotate.state'), configuration]);
		let said = '';
		child.stderr.on('data', (bytes: Buffer) => {
			said += bytes.toString();
		});
		await once(child, 'close');
		if (child.exitCode !== 0 || said !== '') {
			throw new Error(`logrotate ended with ${child.exitCode}: ${said}`);
		}
	};
};
