import {expect, test} from 'vitest';
import {openChannels} from '../../../source/alerts/channels/channels.js';
import type {ChannelSettings} from '../../../source/settings/channel-schema.js';
import {alert} from '../alerts.js';
import {Receiver} from '../receiver.js';

const namesOf = (channels: readonly ChannelSettings[], env = {}) => openChannels({channels}, env).map(({name}) => name);

test('there is none where nobody names one', () => {
	expect(openChannels(undefined, {})).toEqual([]);
});

test('the file and the environment both name channels', () => {
	expect(
		namesOf(
			[
				{type: 'slack', url: 'https://hooks.slack.com/a'},
				{type: 'slack', name: 'team', url: 'https://hooks.slack.com/b'},
				{type: 'glitchtip', dsn: 'https://key@glitchtip.example.com/1'},
			],
			{HITRATE_ALERT_COMMAND: 'true', HITRATE_SMTP_URL: 'smtps://mail.example.com', HITRATE_MAIL_TO: 'a@b.c'},
		),
	).toEqual(['slack', 'team', 'glitchtip', 'email', 'command']);
});

test("the environment's channel replaces the file's of its name", async () => {
	const receiver = await Receiver.start();
	const [channel, ...others] = openChannels(
		{channels: [{type: 'slack', url: 'https://hooks.slack.com/a'}]},
		{HITRATE_SLACK_WEBHOOK: receiver.url()},
	);
	await channel?.send(alert());
	expect(others).toEqual([]);
	expect(receiver.received).toHaveLength(1);
	await receiver.stop();
});

test('secrets are found where the file says', async () => {
	const receiver = await Receiver.start();
	const [channel] = openChannels(
		{channels: [{type: 'webhook', url: {env: 'WHERE'}, secret: {env: 'SHARED'}}]},
		{WHERE: receiver.url('/hidden'), SHARED: 'shared'},
	);
	await channel?.send(alert());
	expect(receiver.received).toMatchObject([{path: '/hidden', headers: {'webhook-signature': expect.any(String)}}]);
	await receiver.stop();
});

test.each<[ChannelSettings, RegExp]>([
	[{type: 'slack', url: {env: 'MISSING'}}, /^Alert channel slack, url: the environment variable MISSING is not set\.$/],
	[{type: 'slack', url: 'hunter2'}, /^Alert channel slack: this is not a valid web address/],
	[{type: 'slack', name: 'team', url: 'http://hooks.example.com/hunter2'}, /^Alert channel team: use https:/],
	[{type: 'webhook', url: 'https://user:hunter2@example.com'}, /^Alert channel webhook: an address with a user/],
])('%j cannot work', (channel, message) => {
	expect(() => namesOf([channel])).toThrow(message);
	expect(() => namesOf([channel])).not.toThrow(/hunter2/);
});

test('a webhook over http is for those who ask for it', () => {
	expect(namesOf([{type: 'webhook', url: 'http://alerts.example.com/', allowHttp: true}])).toEqual(['webhook']);
});
