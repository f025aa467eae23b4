#!/usr/bin/env python3
"""Opens pages in a headless Chromium as people will see them and says what is wrong with them.

usage: page-check.py [--screenshots FOLDER] PAGE…

For 360, 768 and 1440 pixels, light and dark: nothing on the console, no request, no sideways scrolling, and every text
at a contrast of at least 4.5 with what lies behind it. Then tab stops and the print. Exit status 1 when something is wrong, 77
when there is no Chromium.
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile

WIDTHS = (360, 768, 1440)

# What lies behind a text is the first colour that is not transparent among the elements around it.
PROBE = r"""
(() => {
  const parse = text => { const n = text.match(/[\d.]+/g).map(Number); return n.length > 3 ? n : [...n, 1] };
  const light = c => [c[0], c[1], c[2]].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = node => { for (let e = node; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c } return [255, 255, 255, 1] };
  const poor = new Set(); let least = 21;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest('title,desc,style') || !element.checkVisibility()) continue;
    const style = getComputedStyle(element), isSVG = element instanceof SVGElement;
    const ink = parse(isSVG ? style.fill : style.color);
    let ground = behind(element);
    if (isSVG) { const box = element.parentElement.querySelector('rect.box');
      if (box) ground = parse(getComputedStyle(box).fill) }
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    least = Math.min(least, ratio);
    if (ratio < 4.5) poor.add(`${element.tagName}.${element.getAttribute('class')} ${ratio.toFixed(2)}`);
  }
  const root = document.documentElement, over = [];
  if (root.scrollWidth > root.clientWidth) for (const e of document.querySelectorAll('body *'))
    if (!e.closest('.scroll,.skip') && e.getBoundingClientRect().right > root.clientWidth + 1)
      over.push(e.tagName + '.' + e.getAttribute('class'));
  return { width: root.scrollWidth, view: root.clientWidth, height: root.scrollHeight, over: over.slice(0, 5),
    poor: [...poor].slice(0, 5), least, mode: document.compatMode,
    tabs: document.querySelectorAll('a[href],summary,[tabindex="0"]').length };
})()
"""


class Browser:
    """Chromium, spoken to over a pipe."""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp(prefix="page-check-")
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()

        def connect():
            # Whatever numbers the pipes have, the browser reads from 3 and writes to 4.
            reading, writing = os.dup(to_read), os.dup(from_write)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        arguments = [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                     "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={self.folder}", "about:blank"]
        self.process = subprocess.Popen(
            arguments, pass_fds=(3, 4), preexec_fn=connect, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.output, self.input = os.fdopen(to_write, "wb"), os.fdopen(from_read, "rb")
        self.count, self.session, self.events, self.rest = 0, None, [], b""
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def message(self):
        while b"\0" not in self.rest:
            more = os.read(self.input.fileno(), 1 << 16)
            if not more:
                raise SystemExit("page-check: the browser ended")
            self.rest += more
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.count += 1
        request = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        self.output.write(json.dumps(request).encode() + b"\0")
        self.output.flush()
        while True:
            message = self.message()
            if message.get("id") == self.count:
                if "error" in message:
                    raise SystemExit(f"page-check: {method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.message())

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def look(browser, page, width, scheme, folder):
    """What is wrong with one page at one width."""
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 700)
    browser.call("Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.events.clear()
    browser.call("Page.navigate", url="file://" + os.path.abspath(page))
    browser.wait("Page.loadEventFired")
    seen = browser.call("Runtime.evaluate", expression=PROBE, returnByValue=True)
    if "exceptionDetails" in seen:
        raise SystemExit(f"page-check: {seen['exceptionDetails']}")
    seen = seen["result"]["value"]
    wrong = []
    for event in browser.events:
        if event.get("method") in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            wrong.append(f"console: {json.dumps(event['params'])[:200]}")
        if event.get("method") == "Network.requestWillBeSent":
            url = event["params"]["request"]["url"]
            if not url.startswith(("file:", "data:")):
                wrong.append(f"asks for {url}")
    if seen["width"] > seen["view"]:
        wrong.append(f"{seen['width'] - seen['view']} pixels too wide: {', '.join(seen['over'])}")
    wrong += [f"contrast: {text}" for text in seen["poor"]]
    if seen["mode"] != "CSS1Compat":
        wrong.append("quirks mode")
    if folder:
        name = os.path.join(folder, f"{os.path.splitext(os.path.basename(page))[0]}-{width}-{scheme}")
        whole = min(seen["height"], 16000)
        for suffix, height in (("", 900), ("-all", whole)):
            clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
            shot = browser.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
            with open(f"{name}{suffix}.png", "wb") as file:
                file.write(base64.b64decode(shot["data"]))
    return wrong, seen


def main():
    words = sys.argv[1:]
    folder = None
    if words[:1] == ["--screenshots"]:
        folder, words = words[1], words[2:]
        os.makedirs(folder, exist_ok=True)
    if not words:
        raise SystemExit(__doc__)
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        print("page-check: there is no chromium; nothing was checked", file=sys.stderr)
        return 77
    browser = Browser(program)
    status = 0
    for page in words:
        for width in WIDTHS:
            for scheme in ("light", "dark"):
                wrong, seen = look(browser, page, width, scheme, folder)
                print(f"{page} {width} {scheme}: {'; '.join(wrong) or 'good'} "
                      f"(least contrast {seen['least']:.1f}, {seen['tabs']} tab stops, {seen['height']} pixels high)")
                status |= bool(wrong)
        paper = browser.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        size = len(base64.b64decode(paper["data"]))
        print(f"{page} print: {size} bytes")
        status |= size < 1000
        if folder:
            name = os.path.join(folder, os.path.splitext(os.path.basename(page))[0])
            with open(name + ".pdf", "wb") as file:
                file.write(base64.b64decode(paper["data"]))
    browser.close()
    return status


sys.exit(main())
