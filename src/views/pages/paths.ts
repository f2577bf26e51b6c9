// Where pages are. What comes from elsewhere (a UID) is encoded.

export function partnershipPath(id: string, rest: '' | `/${string}` = ''): string {
  return `/partnerships/${encodeURIComponent(id)}${rest}`;
}

export function checkInPath(id: string, uid: string): string {
  return partnershipPath(id, `/occurrences/${encodeURIComponent(uid)}`);
}
