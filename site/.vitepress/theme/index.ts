import { useRoute } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import { nextTick, onMounted, onUnmounted, watch } from 'vue';
import './style.css';

/** Pages without an article have no `main` in the default theme. */
function markMain(): void {
  const content = document.getElementById('VPContent');
  if (content?.querySelector('main')) content.removeAttribute('role');
  else content?.setAttribute('role', 'main');
}

/** The default theme's search is a button that holds a listbox of links: here it is a dialog with a list of links. */
function markSearch(): void {
  const box = document.querySelector('.VPLocalSearchBox');
  if (box === null || box.getAttribute('role') === 'dialog') return;
  for (const name of ['aria-expanded', 'aria-haspopup', 'aria-owns', 'aria-labelledby']) box.removeAttribute(name);
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-modal', 'true');
  box.setAttribute('aria-label', 'Search');
}

function markResults(): void {
  for (const key of document.querySelectorAll('.VPLocalSearchBox kbd[aria-label]')) key.setAttribute('role', 'img');
  for (const list of document.querySelectorAll('#localsearch-list[role="listbox"]')) list.setAttribute('role', 'list');
  for (const entry of document.querySelectorAll('#localsearch-list [role="option"]')) {
    entry.setAttribute('role', 'listitem');
    entry.removeAttribute('aria-selected');
    entry.querySelector('a')?.removeAttribute('aria-label');
  }
}

export default {
  extends: DefaultTheme,
  setup() {
    const route = useRoute();
    const observer =
      typeof MutationObserver === 'undefined'
        ? undefined
        : new MutationObserver(() => {
            markSearch();
            markResults();
          });
    onMounted(() => {
      markMain();
      observer?.observe(document.body, { childList: true, subtree: true });
    });
    onUnmounted(() => observer?.disconnect());
    watch(
      () => route.path,
      () => nextTick(markMain),
    );
  },
};
