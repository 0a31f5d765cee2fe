"""What every page must hold at every width, in light and dark."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .site import SCHEMES, WIDTHS

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""What can differ where the page is the same and only its colours, or a few pixels of its width, are not."""
OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide <= 0) return [];
  return [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
    .map(e => e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + (e.textContent || '').trim().slice(0, 40))
    .slice(0, 5).concat('scrollWidth ' + document.documentElement.scrollWidth);
}"""
DEAD = """() => location.pathname.startsWith('/gaya/') ? [] : [...document.querySelectorAll('a')]
  .filter(e => { const to = e.getAttribute('href') || '';
    return !to || to.startsWith('#') && !document.getElementById(to.slice(1)); })
  .map(e => 'leads nowhere: ' + e.outerHTML.slice(0, 160))"""
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const name = e.tagName + '#' + e.id + '.' + e.className + ' ' + (e.textContent || e.name || '').trim().slice(0, 40);
  if (e === document.before) return 'within';  // a date has three places for the Tab key
  document.before = e;
  if (e.seen) return 'again';
  e.seen = true;
  const box = e.getBoundingClientRect();
  const near = e.querySelector('span,strong,b') || e;
  if (box.width < 2 || box.height < 2) return 'hidden: ' + name;
  if (box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth || box.top >= innerHeight) return 'outside: ' + name;
  const at = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1),
    Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1));
  const labels = [...(e.labels || [])];
  const own = at && (e.contains(at) || at.contains(e) || at.contains(near) || labels.some(l => l.contains(at)));
  return own ? 'ok' : 'covered by ' + (at ? at.tagName + '.' + at.className : 'nothing') + ': ' + name;
}"""


def violations(page: Page, rules: dict = RULES) -> list[str]:
    """What axe finds, by default against all of WCAG 2.2 A and AA; a line for each place."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options).then(result => result.violations)", rules)
    return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def assert_accessible(page: Page, widths=WIDTHS, schemes=SCHEMES) -> None:
    """Nothing found by axe, no sideways scrolling at each width, in light and dark; no link without an aim.

    The names and roles of a page are looked at once for the phone and once for the laptop: the stylesheet changes
    its layout between them only. The colours are looked at in every combination.
    """
    problems, whole = [], {(min(widths), schemes[0]), (max(widths), schemes[0])}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            rules = RULES if (width, scheme) in whole else COLOURS
            problems += [f"{width} px {scheme}: {line}" for line in violations(page, rules)]
        problems += [f"{width} px overflows: {line}" for line in page.evaluate(OVERFLOW)]
    problems += page.evaluate(DEAD)
    assert not problems, f"{page.url}\n" + "\n".join(problems)


def assert_no_hidden_focus(page: Page, width: int = 360, most: int = 400) -> int:
    """Each stop of the Tab key can be seen and is covered by nothing; returns how many stops there were."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    problems, stops = [], 0
    for _stop in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found in (None, "again"):
            break
        if found == "within":
            continue
        stops += 1
        if found != "ok":
            problems.append(found)
    assert not problems, f"{page.url}\n" + "\n".join(problems)
    return stops
