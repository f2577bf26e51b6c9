// The peer of our feeds: an Express that answers the bytes of a file, or 304, and does nothing else. Its automatic ETag is off.

import { readFileSync } from 'node:fs';
import express from 'express';

const [, , file, port] = process.argv;
const bytes = readFileSync(file!);

express()
  .set('etag', false)
  .get('/feed.ics', (_, response) => {
    response.type('text/calendar').send(bytes);
  })
  .get('/unchanged.ics', (_, response) => {
    response.status(304).end();
  })
  .listen(Number(port), '127.0.0.1');
