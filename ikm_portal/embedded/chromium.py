"""Which Chromium the browser tests drive."""

import os
import shutil

# Debian's shell without a window does the same work at half the cost; any of them will do.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
WITHOUT = ("InitialWebUI", "PreloadTopChromeWebUI", "WebUIReloadButton", "WebUIToolbarWebView", "WebUIOmniboxPopup")
"""Parts of the window nobody sees in a test, each a page with a process of its own."""
OPTIONS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", f"--disable-features={','.join(WITHOUT)}")


def find_chromium() -> str:
    """The path of Chromium: the one IKM_CHROMIUM names, or the first there is; an empty string without one."""
    return next(filter(None, map(shutil.which, (os.environ.get("IKM_CHROMIUM", ""), *NAMES))), "") or ""
