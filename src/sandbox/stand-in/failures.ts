import type { FailureRule, JsonObject } from './types.ts';

/** The troubles asked for, struck in the order they were asked for. */
export class Failures {
  #rules: { rule: FailureRule; left: number }[] = [];

  add(rule: FailureRule): void {
    this.#rules.push({ rule, left: rule.times ?? 1 });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The rule that strikes this call, used up by one. */
  strike(method: string, args: JsonObject): FailureRule | undefined {
    const struck = this.#rules.find(({ rule }) => concerns(rule, method) && (rule.when?.(args) ?? true));
    if (!struck) return undefined;
    struck.left -= 1;
    if (struck.left <= 0) this.#rules = this.#rules.filter((other) => other !== struck);
    return struck.rule;
  }
}

function concerns(rule: FailureRule, method: string): boolean {
  // search() ignores a global expression's lastIndex, test() would alternate.
  return typeof rule.method === 'string' ? rule.method === method : method.search(rule.method) >= 0;
}
