/** Select menus. The browser's own: they work with every keyboard and screen reader. */
import type { types } from '@slack/bolt';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { DeskContext } from './desk.ts';
import { controlProps, type Field } from './field.ts';
import { plainString } from './text.ts';

interface SelectGroup {
  /** Empty for options that stand in no group. */
  label: string;
  options: { value: string; label: string }[];
}

export function Select({ field }: { field: Field }): VNode {
  const { placeholder } = field.element as types.Select;
  const groups = useGroups(field.element as types.Select);
  const onChange = (event: Event) => field.pick((event.target as HTMLSelectElement).value || null);
  return html`<span class="select">
    <select ...${controlProps(field)} value=${field.value ?? ''} onChange=${onChange}>
      <option value="" disabled=${field.required} hidden=${field.required}>
        ${plainString(placeholder) || 'Choose an option'}
      </option>
      ${groups.map((group) => html`<${Group} group=${group} />`)}
    </select>
  </span>`;
}

/** What is chosen stands before the menu, each with a button that takes it away. */
export function MultiSelect({ field }: { field: Field }): VNode {
  const { placeholder, max_selected_items: max } = field.element as types.MultiSelect;
  const groups = useGroups(field.element as types.MultiSelect);
  const chosen = Array.isArray(field.value) ? field.value : [];
  const labels = new Map(groups.flatMap((group) => group.options.map((it) => [it.value, it.label])));
  const open = groups.map((group) => ({
    ...group,
    options: group.options.filter((it) => !chosen.includes(it.value)),
  }));
  const full = max !== undefined && chosen.length >= max;
  const onChange = (event: Event) => {
    const menu = event.target as HTMLSelectElement;
    if (menu.value) field.pick([...chosen, menu.value]);
    menu.value = '';
  };
  const drop = (value: string) => field.pick(chosen.filter((it) => it !== value));
  return html`<span class="multi-select">
    ${chosen.map(
      (value) => html`<span class="chip" key=${value}>
        ${labels.get(value) ?? value}
        <button type="button" aria-label=${`Remove ${labels.get(value) ?? value}`} onClick=${() => drop(value)}>×</button>
      </span>`,
    )}
    <span class="select">
      <select ...${controlProps(field)} value="" onChange=${onChange} disabled=${full}>
        <option value="">${plainString(placeholder) || 'Choose options'}</option>
        ${open.map((group) => html`<${Group} group=${group} />`)}
      </select>
    </span>
  </span>`;
}

function Group({ group }: { group: SelectGroup }): VNode {
  const options = group.options.map(
    (it) => html`<option key=${it.value} value=${it.value}>${it.label}</option>`,
  );
  return group.label ? html`<optgroup label=${group.label}>${options}</optgroup>` : html`${options}`;
}

/** What a select offers: the app's own options, or the workspace's people and channels. */
function useGroups(element: types.Select | types.MultiSelect): SelectGroup[] {
  const desk = useContext(DeskContext);
  const channels = desk.channels.map((it) => ({ value: it.id, label: `#${it.name}` }));
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return (element.option_groups ?? [{ label: undefined, options: element.options ?? [] }]).map(
        (group) => ({
          label: plainString(group.label),
          options: group.options.map((it) => ({ value: it.value ?? '', label: plainString(it.text) })),
        }),
      );
    case 'users_select':
    case 'multi_users_select':
      return [
        {
          label: '',
          options: desk.people.filter((it) => !it.deleted).map((it) => ({ value: it.id, label: it.name })),
        },
      ];
    case 'conversations_select':
    case 'multi_conversations_select': {
      const direct = desk.conversations
        .filter((it) => it.kind === 'dm')
        .map((it) => ({ value: it.id, label: it.name }));
      return [{ label: '', options: [...channels, ...direct] }];
    }
    default:
      return [{ label: '', options: channels }];
  }
}
