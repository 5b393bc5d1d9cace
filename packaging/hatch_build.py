"""Build hook: forms and fonts are made when the project is installed, and a wheel carries resources/ along."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class HouseBuildHook(BuildHookInterface):
    """Hatchling finds the one hook class of this file by its base class."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make what git does not keep. An editable install reads resources/ in the checkout and gets no copy."""
        if self.target_name != "wheel":
            return
        sys.path.insert(0, str(Path(self.root) / "packaging"))
        import build_fonts
        import compile_forms

        compile_forms.main()
        build_fonts.main()
        if version == "standard":
            build_data["force_include"]["resources"] = "desk_app/_resources"
