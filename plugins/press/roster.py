"""Start a site's plugins. Pelican would go on without one that fails, and build a different site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pelican.plugins._utils import get_namespace_plugins, get_plugin_name, load_legacy_plugin

from plugins.press.faults import describe
from plugins.press.settings import PATH
from plugins.shared.problems import Problem


def start(asked: Iterable[Any] | None, paths: list[str]) -> tuple[list[Any], list[Problem]]:
    """Return the plugins that registered, and a problem for each that did not."""
    installed = get_namespace_plugins()
    started, problems = [], []
    for plugin in installed.values() if asked is None else asked:
        try:
            module = _find(plugin, installed, paths)
            module.register()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever a plugin raises, it did not start
            name = plugin if isinstance(plugin, str) else get_plugin_name(plugin)
            message = f'the plugin "{name}" did not start: {describe(error)}; mend it or take it out of PLUGINS'
            problems.append(Problem(PATH, 1, "plugin-failed", message))
        else:
            started.append(module)
    return started, problems


def _find(plugin: Any, installed: Mapping[str, Any], paths: list[str]) -> Any:
    if not isinstance(plugin, str):
        return plugin
    return installed.get(plugin) or installed.get(f"pelican.plugins.{plugin}") or load_legacy_plugin(plugin, paths)
