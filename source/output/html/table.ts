import {html, type Markup} from './markup.js';

/** @param isNumber which columns are numbers */
export const table = (
	head: readonly string[],
	rows: readonly (readonly (string | Markup)[])[],
	isNumber: (column: number) => boolean,
): Markup => {
	const kind = (column: number) => (isNumber(column) ? html` class="number"` : undefined);
	return html`<div class="scroll"><table>
<thead><tr>${head.map((text, column) => html`<th${kind(column)}>${text}</th>`)}</tr></thead>
<tbody>
${rows.map(row => html`<tr>${row.map((cell, column) => html`<td${kind(column)} data-label="${head[column]}">${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`;
};
