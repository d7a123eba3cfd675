import {expect, test} from 'vitest';
import {smtpServer} from '../../../source/alerts/channels/smtp-server.js';

test.each([
	['smtp://mail.example.com', {host: 'mail.example.com', port: 587, secure: false, requireTLS: true}],
	['smtps://mail.example.com', {port: 465, secure: true, requireTLS: false}],
	['smtp://relay.example.com:25?tls=no', {port: 25, secure: false, requireTLS: false}],
	['smtp://localhost:25', {requireTLS: false, tls: {rejectUnauthorized: false}}],
	['smtp://[::1]:25', {host: '::1', requireTLS: false}],
	['smtp://a%40b:p%25@mail.example.com', {auth: {user: 'a@b', pass: 'p%'}, requireTLS: true}],
])('%s', (address, server) => {
	expect(smtpServer(address, 'email')).toMatchObject(server);
});

test('elsewhere a certificate has to be one', () => {
	expect(smtpServer('smtp://mail.example.com', 'email').tls).toBeUndefined();
});

test.each([
	['mail.example.com', /^email: this is not a valid mail server/],
	['https://hunter2.example.com', /^email: this is not a valid mail server/],
	['smtp://user:hunter2@relay:25?tls=no', /^email: a password is not sent without TLS/],
	['smtp://user:hunter2%@relay', /^email: write % in a user or a password as %25/],
])('refuses %s without quoting it', (address, message) => {
	expect(() => smtpServer(address, 'email')).toThrow(message);
	expect(() => smtpServer(address, 'email')).not.toThrow(/hunter2/);
});
