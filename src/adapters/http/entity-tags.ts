// Entity tags (RFC 9110 8.8.3): versions of what is told.

/** Whether If-None-Match names the version, by the weak comparison (8.8.3.2): then the asker has it already. */
export function isAmong(etag: string, ifNoneMatch: string): boolean {
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  const opaque = withoutWeak(etag);
  return ifNoneMatch.split(',').some((tag) => withoutWeak(tag.trim()) === opaque);
}

function withoutWeak(tag: string): string {
  return tag.replace(/^W\//, '');
}
