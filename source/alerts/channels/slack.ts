import {type Alert, alertFigures, type Channel, deliveryOf, headline, sentenceText, summaryText} from '../alert.js';
import {httpAddress} from './http-address.js';
import {postJson} from './post.js';

/** Slack's escaping: only these three characters have a meaning, for links, mentions and entities. */
const escapeSlack = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Verbatim, so that Slack does not turn text from logs into links or channel names. */
const marked = (text: string) => ({type: 'mrkdwn', text, verbatim: true}) as const;

/** Limits: Slack allows 150 characters in a header and 50 blocks; longer texts do not fit a phone. */
const longestHeader = 150;
const mostChecks = 5;

const signs = {failed: ':red_circle:', recovered: ':large_green_circle:', test: ':large_blue_circle:'} as const;

/** An alert as a Slack message: what failed and why, then the window's figures in two columns. */
export const slackMessage = (alert: Alert) => {
	const {kind, verdicts, report, time} = alert;
	const more = verdicts.length - mostChecks;
	const shown = verdicts.slice(0, mostChecks);
	const causes = [...new Set(shown.flatMap(({cause}) => cause ?? []))].slice(0, 2);
	const seconds = Math.floor(time / 1000);
	const date = new Date(time).toISOString().slice(0, 16).replace('T', ' ');
	return {
		// The text for notifications and screen readers.
		text: escapeSlack(`${headline(alert)}: ${summaryText(alert)}`),
		blocks: [
			{
				type: 'header',
				text: {
					type: 'plain_text',
					text: [...`${signs[kind]} ${headline(alert)}`].slice(0, longestHeader).join(''),
					emoji: true,
				},
			},
			...shown.map(({text}) => ({type: 'section', text: marked(`*${escapeSlack(sentenceText(text))}*`)})),
			...(more > 0 ? [{type: 'section', text: marked(`and ${more} more`)}] : []),
			...causes.map(cause => ({type: 'section', text: marked(`Likeliest cause: ${escapeSlack(sentenceText(cause))}`)})),
			{
				type: 'section',
				fields: alertFigures(report).map(({name, value}) => marked(`*${name}*\n${escapeSlack(value)}`)),
			},
			{
				type: 'context',
				elements: [marked(`<!date^${seconds}^{date_short_pretty} {time}|${date} UTC> · incident ${deliveryOf(alert)}`)],
			},
		],
	};
};

/**
 * An incoming webhook of Slack or of a compatible service (Mattermost, Rocket.Chat).
 * @throws UsageError if the address is not valid
 */
export const slackChannel = (name: string, address: string): Channel => {
	const url = httpAddress(address, name);
	return {name, send: alert => postJson(url, JSON.stringify(slackMessage(alert)))};
};
