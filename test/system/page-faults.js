/** Runs in the page under test, which finds it as `pageFaults`. Not a module: a page's policy allows no others. */

/** What stands out of the window, is cut, or lies under something else. */
function layoutFaults() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push('the page scrolls sideways');
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || element.closest('.spoken, .contact-list, option') !== null) continue;
    const name = `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.slice(0, 30)}”`;
    if (box.right > width + 1 || box.left < -1) faults.push(`outside: ${name}`);
    const { overflowX } = getComputedStyle(element);
    if (overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1) faults.push(`cut: ${name}`);
  }
  for (const control of document.querySelectorAll('button, select, input, textarea')) {
    const box = control.getBoundingClientRect();
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    if (control.closest('.spoken') !== null) continue;
    if (box.width === 0 || middle.y < 0 || middle.y > window.innerHeight || middle.x > width) continue;
    const top = document.elementFromPoint(middle.x, middle.y);
    const scrolledAway =
      control.closest('.notify-column, .contact-list, .people-list, .chat, .sheet-body') !== null ||
      (control.closest('.content')?.getBoundingClientRect().bottom ?? middle.y) < middle.y;
    const hit =
      top !== null &&
      (control.contains(top) || top.contains(control) || top.closest('label')?.contains(control));
    if (!hit && !scrolledAway) faults.push(`covered: ${control.id || control.textContent}`);
  }
  return faults;
}

/** Controls without a name for those who do not see them. */
function unlabelled() {
  return [...document.querySelectorAll('button, select, input, textarea, [role=log], section, nav, fieldset')]
    .filter((element) => {
      const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels] : [];
      const references = (element.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id));
      const legend = element.querySelector(':scope > legend');
      const text = element instanceof HTMLButtonElement ? element.textContent : '';
      const names = [
        element.getAttribute('aria-label'),
        text,
        legend?.textContent,
        ...[...labels, ...references].map((label) => label?.textContent),
      ];
      return !names.some((name) => name !== null && name !== undefined && name.trim() !== '');
    })
    .map((element) => `${element.tagName.toLowerCase()}#${element.id}`);
}

document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});

globalThis.pageFaults = { layoutFaults, unlabelled };
