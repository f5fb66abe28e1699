/** The app's Home tab, as it last published it for this person. */

import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { StandInView } from '../stand-in/types.ts';
import { Blocks } from './blocks.ts';
import { useEntered, useSurface } from './surface.ts';

export function Home({ home }: { home: StandInView | undefined }): VNode {
  if (home) return html`<${Published} key=${home.id} home=${home} />`;
  return html`<div class="home" data-testid="home">
    <div class="empty"><img src="/page/door.svg" alt="" width="48" height="48" /><p>The app has put nothing here yet.</p></div>
  </div>`;
}

function Published({ home }: { home: StandInView }): VNode {
  const entered = useEntered();
  const surface = useSurface({ viewId: home.id }, home.values, entered);
  return html`<div class="home" data-testid="home" tabindex="0" role="tabpanel" aria-labelledby="tab-home">
    <div class="home-body"><${Blocks} blocks=${home.view.blocks} surface=${surface} /></div>
  </div>`;
}
