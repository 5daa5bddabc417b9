/** Correct statements with numbers of chance, and the same with one number that cannot be right. Words come from statements.yaml. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Chance, chance } from './chance.js';

const slots = z.array(z.string()).min(2);
const templatesOf = z.array(
  z.strictObject({
    say: z.string(),
    sum: slots.optional(),
    rate: slots.optional(),
    rate2: slots.optional(),
    product: slots.optional(),
    change: slots.optional(),
    fall: slots.optional(),
    less: slots.optional(),
    less2: slots.optional(),
    short: z.boolean().default(false),
    firm: z.array(z.string()).default([]),
  }),
);
export type Template = z.infer<typeof templatesOf>[number];

export const templates: readonly Template[] = templatesOf.parse(
  parse(readFileSync(new URL('./statements.yaml', import.meta.url), 'utf8')),
);

/** Values as integers of the last decimal, and how many decimals each is written with. */
interface Filled {
  readonly values: ReadonlyMap<string, number>;
  readonly decimals: ReadonlyMap<string, number>;
}

export interface Statement {
  readonly text: string;
  readonly slot?: string;
  /** As written in place of the slot. */
  readonly number?: string;
}

const isMoney = (slot: string): boolean => slot.startsWith('m');

/** Numbers for which every relation of a template holds. */
function fill(template: Template, random: Chance): Filled {
  const values = new Map<string, number>();
  const decimals = new Map<string, number>();
  const places = random.between(1, 2);
  const draw = (slot: string, low: number, high: number): number => {
    // Amounts are large beside their last decimal, so that rounding explains little.
    const value = isMoney(slot) ? random.between(low * 100, high * 100) : random.between(low, high);
    values.set(slot, values.get(slot) ?? value);
    return values.get(slot) as number;
  };
  const set = (slot: string, value: number, digits = 0): void => {
    values.set(slot, value);
    decimals.set(slot, digits);
  };
  for (const slot of slotsOf(template)) if (isMoney(slot)) decimals.set(slot, places);
  const { sum, rate, rate2, product, change, fall, less, less2 } = template;
  if (sum !== undefined) {
    const [whole = '', ...parts] = sum;
    const total = parts.reduce((all, part) => all + draw(part, 2, 60), 0);
    set(whole, total, decimals.get(whole) ?? 0);
  }
  for (const [percent = '', part = '', whole = ''] of [rate, rate2].filter((one) => one !== undefined)) {
    const part0 = values.get(part);
    const a = part0 ?? (values.has(whole) ? draw(part, 1, (values.get(whole) as number) - 1) : draw(part, 5, 90));
    const n = values.get(whole) ?? a + random.between(1, 40) * (isMoney(whole) ? 100 : 1);
    set(whole, n, decimals.get(whole) ?? 0);
    const digits = random.between(0, 2);
    set(percent, Math.round((a * 100 * 10 ** digits) / n), digits);
  }
  if (product !== undefined) {
    const [total = '', count = '', each = ''] = product;
    set(total, draw(count, 3, 40) * draw(each, 2, 900));
  }
  if (change !== undefined) {
    const [by = '', from = '', to = ''] = change;
    const end = draw(to, 2, 60);
    const step = random.between(2, 40);
    set(by, step);
    set(from, end + step);
  }
  if (fall !== undefined) {
    const [percent = '', from = '', to = ''] = fall;
    const end = draw(to, 5, 60);
    const start = values.get(from) ?? end + random.between(2, 40);
    set(from, start);
    set(percent, Math.round(((start - end) * 1000) / start), 1);
  }
  for (const [small = '', large = ''] of [less, less2].filter((one) => one !== undefined)) {
    const top = values.get(large) ?? draw(large, 60, 300);
    set(small, values.get(small) ?? random.between(1, Math.max(1, Math.floor(top / 3))), decimals.get(small) ?? 0);
    if (isMoney(small)) decimals.set(small, places);
  }
  for (const slot of slotsOf(template)) if (!values.has(slot)) draw(slot, 100, 900);
  return { values, decimals };
}

const slotsOf = ({ say }: Template): readonly string[] => [
  ...new Set([...say.matchAll(/\{(\w+)\}/gu)].map(([, slot]) => slot as string)),
];

const write = (value: number, digits: number): string => (value / 10 ** digits).toFixed(digits);

const say = ({ say: words }: Template, { values, decimals }: Filled): string =>
  words.replace(/\{(\w+)\}/gu, (_, slot: string) => write(values.get(slot) ?? 0, decimals.get(slot) ?? 0));

/** A correct statement of a template. */
export function correct(template: Template, seed: number): Statement {
  return { text: say(template, fill(template, chance(seed))) };
}

/** The same statement with another number in a slot, moved by so much that no rounding explains it. */
export function broken(template: Template, slot: string, seed: number): Statement {
  const filled = fill(template, chance(seed));
  const random = chance(seed + 1);
  const value = filled.values.get(slot) ?? 0;
  const isPercent = [template.rate, template.rate2, template.fall].some((relation) => relation?.[0] === slot);
  const step = isMoney(slot) ? random.between(30, 900) : isPercent ? random.between(3, 9) : random.between(5, 9);
  const moved = value - step > 0 && random.happens(0.5) ? value - step : value + step;
  const other = { ...filled, values: new Map([...filled.values, [slot, moved]]) };
  return { text: say(template, other), slot, number: write(moved, filled.decimals.get(slot) ?? 0) };
}
