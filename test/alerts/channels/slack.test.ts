import {expect, test} from 'vitest';
import {slackChannel, slackMessage} from '../../../source/alerts/channels/slack.js';
import {alert, verdict} from '../alerts.js';
import {Receiver} from '../receiver.js';

test('an alert reads well on a phone', () => {
	expect(slackMessage(alert())).toMatchObject({
		text: 'Prompt cache check failed: api logs: Hit rate 61.2 % against 70 %',
		blocks: [
			{type: 'header', text: {text: ':red_circle: Prompt cache check failed: api logs'}},
			{type: 'section', text: {text: '*Hit rate 61.2 % against 70 %*'}},
			{type: 'section', text: {text: 'Likeliest cause: Threads changed their model in 3 requests'}},
			{
				type: 'section',
				fields: [
					{text: '*Hit rate*\n42.9 % (measured)'},
					{text: expect.stringMatching(/^\*Token hit rate\*\n[\d.]+ %$/)},
					{text: expect.stringMatching(/^\*Net savings\*\n-?\$/)},
					{text: expect.stringMatching(/^\*Lost to breaks\*\n\$/)},
					{text: '*Requests*\n8'},
					{text: '*Window*\n24h'},
				],
			},
			{type: 'context', elements: [{text: expect.stringContaining('2026-11-22 09:12 UTC')}]},
		],
	});
});

test('names from logs neither mention nor link', () => {
	const text = JSON.stringify(
		slackMessage(alert({title: '<!channel>', verdicts: [verdict(61, {cause: 'Model <https://evil|a> & b'})]})).blocks,
	);
	expect(text).toContain('Model &lt;https://evil|a&gt; &amp; b');
	// The header is plain text, where nothing is a mention.
	expect(text.match(/<!channel>/g)).toHaveLength(1);
	expect(slackMessage(alert({title: '<!channel>'})).text).not.toContain('<!');
});

test("stays within Slack's limits, whatever logs hold", () => {
	const {blocks, text} = slackMessage(
		alert({
			title: '😀'.repeat(500),
			verdicts: Array.from({length: 60}, () => verdict(61, {text: '<'.repeat(5000), cause: '&'.repeat(5000)})),
		}),
	);
	expect(blocks.length).toBeLessThanOrEqual(50);
	expect(text.length).toBeLessThan(40_000);
	for (const block of blocks as readonly {type: string; text?: {text: string}; fields?: {text: string}[]}[]) {
		expect((block.text?.text ?? '').length).toBeLessThanOrEqual(block.type === 'header' ? 150 : 3000);
		expect(block.fields ?? []).toSatisfy((fields: {text: string}[]) => fields.every(({text}) => text.length <= 2000));
	}
});

test('is posted to the webhook', async () => {
	const receiver = await Receiver.start();
	await slackChannel('slack', receiver.url('/services/T0/B0/x')).send(alert({kind: 'recovered'}));
	expect(receiver.received[0]?.path).toBe('/services/T0/B0/x');
	expect(receiver.bodies()).toMatchObject([{text: expect.stringMatching(/^Prompt cache check recovered/)}]);
	await receiver.stop();
});
