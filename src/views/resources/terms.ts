// Terms of an agreement as JSON, in the words in which they are also written: windows as lines, a length as "30m".

import type { PartnerTerms, Terms } from '../../domain/agreement/terms.ts';
import { type Difference, differencesBetween } from '../../domain/agreement/wording.ts';
import type { Rotation } from '../../domain/partnership.ts';
import { formatWindows } from '../../domain/windows.ts';

export function termsResource({ name, anchor, stage, checkIn, horizon, partners }: Terms) {
  const { rhythm, minutes, rotation, agenda, call } = checkIn;
  return {
    name,
    anchor,
    stage,
    checkIn: {
      every: rhythm,
      duration: durationText(minutes),
      rotate: rotationText(rotation),
      agenda,
      call: call ?? null,
    },
    horizon: { weeks: horizon.weeks, invited: horizon.invited },
    partners: partners.map(partnerTermsResource),
  };
}

function partnerTermsResource({ id, zone, comfortable, reachable, focus }: PartnerTerms) {
  return {
    id,
    zone,
    comfortable: formatWindows(comfortable),
    reachable: formatWindows(reachable),
    focus: formatWindows(focus),
  };
}

/** "30m", "1h", "1h30m" */
function durationText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours > 0 ? `${hours}h` : ''}${rest > 0 ? `${rest}m` : ''}`;
}

function rotationText(rotation: Rotation): string {
  return rotation.kind === 'every' ? `every ${rotation.count}` : rotation.kind;
}

/** What a draft changes, line by line. */
export function differencesResource(before: Terms | undefined, after: Terms) {
  return { items: differencesBetween(before, after).map(differenceResource) };
}

function differenceResource({ what, partner, before, after }: Difference) {
  return { what, person: partner ?? null, before: before ?? null, after: after ?? null };
}
