// The result page: reads the counts once a second and sends them to every open page by WebSocket.
'use strict';

const { readFileSync } = require('fs');
const { createServer } = require('http');
const { hostname } = require('os');
const { Pool } = require('pg');
const { WebSocketServer } = require('ws');

const labels = { a: process.env.OPTION_A || 'Cats', b: process.env.OPTION_B || 'Dogs' };
const page = readFileSync(`${__dirname}/page.html`);
const db = new Pool({ host: process.env.DB_HOST || 'db', user: 'postgres', password: process.env.POSTGRES_PASSWORD, database: 'votes', connectionTimeoutMillis: 2000 });
db.on('error', error => console.warn(`database: ${error.message}`)); // an idle connection broke; the pool makes another

let scores = { a: 0, b: 0 };

async function read() {
  const { rows } = await db.query('SELECT vote, count(*)::int AS n FROM votes GROUP BY vote');
  return Object.assign({ a: 0, b: 0 }, ...rows.map(row => ({ [row.vote]: row.n })));
}

function message() {
  return JSON.stringify({ labels, scores, host: hostname() });
}

const server = createServer((request, response) => {
  const path = request.url.split('?')[0];
  if (path === '/') return response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
  if (path === '/healthz') return response.end('ok\n');
  if (path === '/scores') return response.setHeader('Content-Type', 'application/json').end(message());
  response.writeHead(404).end('not found\n');
});

const live = new WebSocketServer({ server, path: '/live' });
live.on('connection', socket => socket.send(message()));

let timer;

async function refresh() {
  try {
    const next = await read();
    if (next.a !== scores.a || next.b !== scores.b) {
      scores = next;
      for (const socket of live.clients) socket.send(message());
    }
  } catch (error) {
    console.warn(`database: ${error.message}`);
  }
  if (!db.ending) timer = setTimeout(refresh, 1000).unref();
}

// Pages are told to come again (1012), to whichever replica is there then.
process.on('SIGTERM', () => {
  for (const socket of live.clients) socket.close(1012);
  server.close();
  server.closeIdleConnections();
  clearTimeout(timer);
  db.end(); // a connection that is used every second would keep the process until it is killed
});

refresh();
server.listen(80);
