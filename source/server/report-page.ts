import {presets} from '../metrics/windows/window.js';
import type {Live} from '../output/html/html.js';
import {html} from '../output/html/markup.js';

/** Seconds after which the browser reloads the page, which has no script. */
const every = 30;
/** Seconds during the first reading of the logs. */
const everyWhileReading = 2;

/** Other paths of the server, linked from the page. */
const others = [
	{name: 'JSON', path: '/api/report'},
	{name: 'Metrics', path: '/metrics'},
	{name: 'Health', path: '/healthz'},
] as const;

/** The links of a report's page: other windows with the same parameters, and the server's other paths. */
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

/** The page that is shown until all logs have been read once. */
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
