// The text of an invitation with somebody under another name: at the places alone where it names people (invite, reason), so that
// whoever is called "Sep" is not taken out of "Mon 21 Sep".

/** `from` are all names that they had; with their address, where another had the same (nameOf). */
export type Renaming = {
  readonly from: readonly string[];
  readonly email: string;
  readonly to: string;
  /** Who else is named in the text: such a name without an address is not theirs. */
  readonly others: readonly string[];
};

export function renamedInvite(text: string, { from, email, to, others }: Renaming): string {
  const bare = from.filter((name) => !others.includes(name));
  const forms = [...from.map((name) => `${name} (${email})`), ...bare];
  return text.replace(placesOf(`(?:${forms.map(literal).join('|')})`), () => to);
}

const MOMENT = '\\w{3} \\d{1,2} \\w{3} \\d\\d:\\d\\d \\(';

/** Between the first and the last of a turn, which ends before the time that it is compared with, or with the sentence. */
const TURN_BEFORE = '^Why this time: It is the turn of (?:.+(?:, | and ))?';
const TURN_AFTER = `(?:(?:, | and ).+)?(?:: ${MOMENT}|, so that the odd hours are shared\\.$)`;

function placesOf(who: string): RegExp {
  const places = [
    `(?<=^- )${who}(?=: )`,
    `(?<=^Host: )${who}$`,
    `(?<=^Why this time: )${who}(?='s )`,
    `(?<=^Why this time: It would be .+, but )${who}(?= (?:cannot|is|keeps) )`,
    `(?<=${TURN_BEFORE})${who}(?=${TURN_AFTER})`,
    `(?<=^Why this time: .+, the easiest for all together, would give )${who}(?= \\d+ points? instead of \\d+\\.$)`,
  ];
  return new RegExp(places.join('|'), 'gmu');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
