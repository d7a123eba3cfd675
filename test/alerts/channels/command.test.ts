import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {commandChannel} from '../../../source/alerts/channels/command.js';
import {withFolder} from '../../support/program.js';
import {alert} from '../alerts.js';

afterEach(() => {
	vi.unstubAllEnvs();
});

test('a command gets the alert as JSON and as variables, and no secrets of other channels', async () => {
	vi.stubEnv('HITRATE_SLACK_WEBHOOK', 'https://hooks.slack.com/secret');
	vi.stubEnv('HITRATE_SMTP_URL', 'smtp://user:secret@mail.example.com');
	vi.stubEnv('PAGER', 'less');
	await withFolder(async folder => {
		await commandChannel('command', `cat > '${folder}/stdin'; env > '${folder}/env'`).send(alert());
		expect(JSON.parse(await readFile(join(folder, 'stdin'), 'utf8'))).toMatchObject({
			schema_version: 1,
			kind: 'failed',
		});
		const env = await readFile(join(folder, 'env'), 'utf8');
		expect(env).toContain('HITRATE_ALERT_KIND=failed\n');
		expect(env).toContain('HITRATE_ALERT_INCIDENT=0123456789abcdef\n');
		expect(env).toContain('HITRATE_ALERT_DELIVERY=0123456789abcdef.failed\n');
		expect(env).toContain('HITRATE_ALERT_TITLE=api logs\n');
		expect(env).toMatch(/^HITRATE_ALERT_TEXT=Prompt cache check failed: api logs: Hit rate 61\.2 %/m);
		expect(env).toContain('PAGER=less\n');
		expect(env).not.toContain('secret');
	});
});

test('a command need not read what it gets', async () => {
	await expect(commandChannel('command', 'exec <&-; exit 0').send(alert())).resolves.toBeUndefined();
});

test('an exit code is a failure; what was printed is not repeated', async () => {
	await expect(commandChannel('command', 'echo secret >&2; exit 3').send(alert())).rejects.toThrow(
		/^the command ended with exit code 3$/,
	);
});

test('a command that hangs is ended with all that it started', async () => {
	await withFolder(async folder => {
		const command = `(sleep 60 & echo $! > '${folder}/pid'; wait)`;
		await expect(commandChannel('command', command, 3000).send(alert())).rejects.toThrow(
			/^the command did not end within 3 s$/,
		);
		const started = Number(await readFile(join(folder, 'pid'), 'utf8'));
		const state = async () => {
			try {
				return /^State:\s+(\w)/m.exec(await readFile(`/proc/${started}/status`, 'utf8'))?.[1];
			} catch {
				return undefined;
			}
		};
		// A zombie has ended: only nobody has asked how.
		await expect.poll(state).toBeOneOf([undefined, 'Z']);
	});
});
