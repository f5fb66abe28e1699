import { localDate } from '../../domain/asking/workday.ts';
import { formatMoney } from '../../domain/money.ts';
import type { DoorView, EngagementView } from '../../flow/show/views.ts';
import { day, facts, said } from '../kit/text.ts';

/**
 * The texts of rows, no two alike: each is drawn under the account and the deal's name and amount; those that look
 * the same also get the day of the deal, and what still looks the same a number.
 */
export function unlike<D extends Pick<DoorView, 'account' | 'engagement'>>(
  doors: readonly D[],
  timeZone: string,
  now: Date,
  draw: (door: D, title: string) => string,
): string[] {
  const today = localDate(timeZone, now);
  const short = doors.map((door) => draw(door, title(door, null)));
  const dayOfDeal = (engagement: EngagementView) => day(localDate(timeZone, engagement.dealAt), today);
  const dated = doors.map((door, index) => {
    if (isOnly(short, short[index])) return short[index] ?? '';
    return draw(door, title(door, door.engagement === null ? null : dayOfDeal(door.engagement)));
  });
  const seen = new Map<string, number>();
  return dated.map((text) => {
    const nth = (seen.get(text) ?? 0) + 1;
    seen.set(text, nth);
    return nth === 1 ? text : text.replace('\n', ` · ${nth}\n`);
  });
}

function isOnly(texts: readonly string[], text: string | undefined): boolean {
  return texts.indexOf(text ?? '') === texts.lastIndexOf(text ?? '');
}

function title({ account, engagement }: Pick<DoorView, 'account' | 'engagement'>, on: string | null): string {
  return facts(
    `*${said(account.name, 80)}*`,
    engagement?.name && said(engagement.name, 80),
    engagement?.amount && said(formatMoney(engagement.amount), 40),
    on,
  );
}
