/** What a browser is shown that was pointed at the server: what there is to get. */
export const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>hitrate</title>
<h1>hitrate</h1>
<ul>
<li><a href="/metrics">/metrics</a>: for Prometheus
<li><a href="/api/report?window=24h">/api/report?window=24h</a>: the report as JSON; also days, since and until, model, project and thread; events=1 lists the newest requests
<li><a href="/healthz">/healthz</a>: ok, or reading as long as the logs are read for the first time
</ul>
</html>
`;
