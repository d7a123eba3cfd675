import {presets} from '../metrics/windows/window.js';
import type {Live} from '../output/html/html.js';
import {html} from '../output/html/markup.js';

/** Seconds after which the browser loads the page again: it runs no script. */
const every = 30;
/** The same while the logs are being read for the first time. */
const everyWhileReading = 2;

/** Other addresses of the server, linked from the page. */
const others = [
	{name: 'JSON', path: '/api/report'},
	{name: 'Metrics', path: '/metrics'},
	{name: 'Health', path: '/healthz'},
] as const;

/** What the page of a report links to: the other windows with what else was asked for, and the other answers. */
export const liveFor = (query: URLSearchParams): Live => {
	const timed = ['window', 'days', 'since', 'until'] as const;
	const current = timed.some(name => query.has(name)) ? query.get('window') : '24h';
	const rest = [...query].filter(([name]) => !timed.some(other => other === name));
	return {
		every,
		links: [
			...presets.map(name => ({
				name,
				href: `/?${new URLSearchParams([['window', name], ...rest])}`,
				isCurrent: name === current,
			})),
			...others.map(({name, path}) => ({
				name,
				href: path === '/api/report' ? `${path}?${query}` : path,
				isCurrent: false,
			})),
		],
	};
};

/** The page that is served until the logs have been read once. */
export const readingPage = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="refresh" content="${everyWhileReading}"/>
<title>hitrate</title>
</head>
<body>
<p>The logs are being read for the first time. This page shows the report as soon as they are.</p>
</body>
</html>
`.text;
