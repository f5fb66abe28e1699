import { describe, expect, it } from 'vitest';
import { noteMessage } from '../../../src/slack/note/note.ts';

const kept = { account: 'Acme', isEdit: false };

describe('what is said to a note', () => {
  it('is about which client it will be remembered', () => {
    expect(noteMessage(kept, null, 'k').text).toBe("I'll remember that about Acme.");
    expect(noteMessage({ ...kept, isEdit: true }, null, 'k').text).toBe(
      "I'll remember it about Acme as you put it now.",
    );
  });

  it('is what it could be besides, with a button that carries it', () => {
    const news = { kind: 'won' as const, command: 'won Acme 300 USD', button: 'Log the order' };
    const { text, blocks } = noteMessage(kept, news, 'k');
    expect(text).toBe("I'll remember that about Acme. It reads like an order.");
    expect(blocks.at(-1)).toMatchObject({
      elements: [{ text: { text: 'Log the order' }, value: '{"key":"k:news","text":"won Acme 300 USD"}' }],
    });
  });

  it('offers nothing that is too long for a button', () => {
    const news = {
      kind: 'need' as const,
      command: `need Acme ${'x'.repeat(2_000)}`,
      button: 'Note the need',
    };
    expect(noteMessage(kept, news, 'k').blocks).toHaveLength(1);
  });
});
