// What a piece of a page says, without its tags.

import type { Html } from '../../../src/views/pages/layout.ts';

export async function words(html: Html | '' | readonly Html[]): Promise<string> {
  const parts = await Promise.all([html].flat());
  return parts
    .map(String)
    .join(' ')
    .replace(/<wbr>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}
