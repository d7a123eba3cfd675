import type {Format} from '../../format.js';
import {ClaudeCodeSession} from './claude-code-session.js';
import {isClaudeCode} from './recognise.js';

/** Transcripts of Claude Code: `projects/<folder>/<session>.jsonl`, and those of its sub-agents below. */
export const claudeCode: Format = {
	name: 'claude-code',
	title: 'Claude Code transcript',
	recognise: isClaudeCode,
	open: (context, saved) => new ClaudeCodeSession(context, saved),
};
