/** Styles for light and dark, wide and narrow screens and for paper. Colour never carries meaning alone. */
export const style = `
:root {
	color-scheme: light dark;
	--page: #f6f7f9; --card: #fff; --ink: #1a1d24; --quiet: #5b6472; --line: #dfe3e8;
	--first: #1d5fd1; --second: #0f8a7a; --bar: #c3cbd8; --good: #1a7f37; --warning: #946200; --bad: #c0262d;
}
@media (prefers-color-scheme: dark) {
	:root {
		--page: #12151b; --card: #1b2029; --ink: #e7eaf0; --quiet: #9aa5b5; --line: #313947;
		--first: #7fb0ff; --second: #4fd1bd; --bar: #455064; --good: #5fce7d; --warning: #e3b341; --bad: #ff8182;
	}
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { margin: 0; font-size: 1.7rem; }
h2 { margin: 0 0 .75rem; font-size: 1.1rem; }
header p, footer, .quiet { color: var(--quiet); }
header p { margin: .25rem 0 0; overflow-wrap: anywhere; }
nav { margin-top: .6rem; }
nav a { margin-right: .8rem; color: var(--first); }
nav a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
section > p:last-child { margin-bottom: 0; }
section { margin-top: 1.25rem; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .9rem; margin-top: 1.25rem; }
.card { padding: .9rem clamp(.7rem, 1.6vw, 1.1rem); background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
.card p { margin: 0; }
.card .value { font-size: clamp(1.3rem, 2.6vw, 1.75rem); font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.3; }
.good { color: var(--good); } .warning { color: var(--warning); } .bad { color: var(--bad); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th { color: var(--quiet); font-weight: 600; }
tr:last-child td { border-bottom: 0; }
.number { text-align: right; white-space: nowrap; }
th.number { white-space: normal; }
ol { margin: 0; padding-left: 1.3rem; }
li + li { margin-top: .8rem; }
li p { margin: 0; }
figure { margin: 0; }
figure + figure { margin-top: 1.25rem; }
figcaption { color: var(--quiet); margin-bottom: .3rem; }
.answer { color: var(--ink); font-size: 1.1rem; font-weight: 600; }
.causes { margin: 0; padding: 0; list-style: none; }
.causes li { display: grid; grid-template-columns: 1fr auto; gap: .1rem .8rem; }
.causes .amount { color: var(--quiet); text-align: right; font-variant-numeric: tabular-nums; }
.causes .track { grid-column: 1 / -1; background: var(--line); border-radius: 3px; }
.causes .lost { display: block; min-width: 2px; height: .7rem; border-radius: 3px; background: var(--warning); }
svg { display: block; width: 100%; height: auto; }
svg.narrow { display: none; max-width: 30rem; }
svg text { fill: var(--quiet); font: 12px system-ui, sans-serif; }
svg .name { fill: var(--ink); }
.grid { stroke: var(--line); stroke-width: 1; }
.mark { stroke: currentColor; stroke-width: 1; stroke-dasharray: 3 3; opacity: .7; }
.marks { columns: 15rem; list-style: none; margin: .25rem 0 0; padding: 0; font-size: .85rem; opacity: .8; }
.marks li { margin: 0; break-inside: avoid; overflow-wrap: anywhere; }
.first { stroke: var(--first); } .second { stroke: var(--second); stroke-dasharray: 5 3; }
.first, .second { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.requests { fill: var(--bar); } .gain { fill: var(--good); } .loss { fill: var(--bad); } .lost { fill: var(--warning); }
.first-dot { fill: var(--first); } .second-dot { fill: var(--second); }
code { font-size: .9em; white-space: nowrap; }
footer { margin-top: 1.5rem; font-size: .87rem; }
@media (max-width: 43rem) {
	main { padding: 1rem .5rem 2rem; }
	header, footer { padding: 0 .5rem; }
	section { padding: .9rem .75rem; }
	.cards { grid-template-columns: 1fr 1fr; gap: .5rem; }
	.card { padding: .7rem .75rem; }
	.card:last-child:nth-child(odd) { grid-column: 1 / -1; }
	.card .value { font-size: 1.35rem; }
	.causes li { grid-template-columns: 1fr; }
	.causes .amount { text-align: left; }
	svg.wide { display: none; }
	svg.narrow { display: block; }
	/* On narrow screens a row becomes a block: its name, and below it one line per figure. */
	thead { display: none; }
	table, tbody, tr { display: block; }
	tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
	tr:last-child { border-bottom: 0; }
	td { display: flex; justify-content: space-between; gap: 1rem; padding: .1rem 0; border: 0; }
	td:first-child { display: block; font-weight: 600; overflow-wrap: anywhere; }
	td:not(:first-child)::before { content: attr(data-label); color: var(--quiet); }
	td:not(:first-child):empty { display: none; }
	td[data-label='']::before { content: none; }
	.number { text-align: right; white-space: normal; }
}
@media print {
	svg.wide { display: block; }
	svg.narrow { display: none; }
	:root {
		color-scheme: light;
		--page: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #bbb;
		--first: #1d5fd1; --second: #0f8a7a; --bar: #c3cbd8; --good: #1a7f37; --warning: #946200; --bad: #c0262d;
	}
	* { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	@page { size: A4; margin: 14mm; }
	body { font-size: 9pt; line-height: 1.4; }
	main { max-width: none; padding: 0; }
	/* The first printed page is the summary; the details follow on the next. */
	.summary { break-after: page; }
	section { margin-top: .8rem; padding: .7rem .9rem; }
	.cards { grid-template-columns: repeat(5, 1fr); gap: .5rem; margin-top: .8rem; }
	.card { padding: .5rem .7rem; }
	.card .value { font-size: 1.3rem; }
	li + li { margin-top: .4rem; }
	th, td { padding: .2rem .5rem; }
	.card, figure, tr, li { break-inside: avoid; }
	h2 { break-after: avoid; }
	.scroll { overflow: visible; }
	nav { display: none; }
}
`;
