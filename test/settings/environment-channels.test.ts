import {expect, test} from 'vitest';
import {channelsFromEnvironment} from '../../source/settings/environment-channels.js';

test('each variable names a channel', () => {
	expect(
		channelsFromEnvironment({
			HITRATE_SLACK_WEBHOOK: 'https://hooks.slack.com/a',
			HITRATE_WEBHOOK_URL: 'https://example.com/b',
			HITRATE_WEBHOOK_SECRET: 'shared',
			HITRATE_SMTP_URL: 'smtps://mail.example.com',
			HITRATE_MAIL_TO: 'a@b.c, d@e.f,',
			HITRATE_MAIL_FROM: 'x@y.z',
			HITRATE_ALERT_COMMAND: 'wall',
			HITRATE_GLITCHTIP_DSN: 'https://key@example.com/1',
		}),
	).toEqual([
		{type: 'slack', url: 'https://hooks.slack.com/a'},
		{type: 'webhook', url: 'https://example.com/b', secret: 'shared'},
		{type: 'email', url: 'smtps://mail.example.com', to: ['a@b.c', 'd@e.f'], from: 'x@y.z'},
		{type: 'command', command: 'wall'},
		{type: 'glitchtip', dsn: 'https://key@example.com/1'},
	]);
});

test('empty variables name none', () => {
	expect(channelsFromEnvironment({HITRATE_SLACK_WEBHOOK: ' ', HITRATE_WEBHOOK_SECRET: 'shared'})).toEqual([]);
});

test('mail needs a server and somebody who gets it', () => {
	expect(() => channelsFromEnvironment({HITRATE_SMTP_URL: 'smtp://user:hunter2@a'})).toThrow(
		'HITRATE_SMTP_URL is set, but HITRATE_MAIL_TO is not: who gets the mail?',
	);
	expect(() => channelsFromEnvironment({HITRATE_MAIL_TO: 'a@b.c'})).toThrow(/HITRATE_SMTP_URL is not/);
});
