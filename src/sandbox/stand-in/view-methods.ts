import { z } from 'zod';
import { argumentsFor, json } from './arguments.ts';
import { checkView } from './check.ts';
import type { OpenView } from './modals.ts';
import type { Method, Office } from './office.ts';
import { Refusal } from './refusal.ts';
import { viewOnWire } from './wire.ts';

const trigger_id = z.string().min(1);
const hash = z.string().min(1).optional();

const open: Method = (office, args) => {
  const given = argumentsFor({ trigger_id, view: json }, args);
  return answer(office, office.modals.open(given.trigger_id, checkView(given.view, 'modal')));
};

const push: Method = (office, args) => {
  const given = argumentsFor({ trigger_id, view: json }, args);
  return answer(office, office.modals.push(given.trigger_id, checkView(given.view, 'modal')));
};

const update: Method = (office, args) => {
  const shape = { view_id: z.string().optional(), external_id: z.string().optional(), view: json, hash };
  const given = argumentsFor(shape, args);
  if ((given.view_id === undefined) === (given.external_id === undefined)) {
    throw new Refusal('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] must provide either view_id or external_id'] },
    });
  }
  const by = {
    ...(given.view_id !== undefined && { viewId: given.view_id }),
    ...(given.external_id !== undefined && { externalId: given.external_id }),
    ...(given.hash !== undefined && { hash: given.hash }),
  };
  return answer(office, office.modals.update(by, checkView(given.view, 'modal')));
};

const publish: Method = (office, args) => {
  const given = argumentsFor({ user_id: z.string().min(1), view: json, hash }, args);
  const person = office.workspace.people.get(given.user_id);
  if (!person) throw new Refusal('user_not_found');
  if (person.deleted) throw new Refusal('not_enabled');
  return answer(office, office.modals.publish(person.id, checkView(given.view, 'home'), given.hash));
};

export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};

function answer(office: Office, opened: OpenView) {
  return { view: viewOnWire(office.workspace, opened) };
}
