// The peer of our feeds: an Express that answers the bytes of a file, or 304 where they are known, and does nothing else. Its
// automatic ETag is off: theirs is worked out once.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import express from 'express';

const [, , file, port] = process.argv;
const bytes = readFileSync(file!);
const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`;

express()
  .set('etag', false)
  .get('/feed.ics', (_, response) => {
    response.set('ETag', etag).type('text/calendar').send(bytes);
  })
  .listen(Number(port), '127.0.0.1');
