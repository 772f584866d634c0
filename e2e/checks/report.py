"""How a check says what it found: one line each, then "N passed, N failed"."""

import sys


class Report:
    """Counts checks; warnings are told and do not fail."""

    def __init__(self) -> None:
        self.passed = self.failed = 0

    def check(self, name: str, faults: list[str], note: str = "") -> None:
        """One check with the faults it found."""
        if faults:
            self.failed += 1
            print(f"FAILED  {name}")
            for fault in faults:
                print(f"        {fault}")
        else:
            self.passed += 1
            print(f"ok      {name}{f' ({note})' if note else ''}")

    def warn(self, name: str, lines: list[str], show: int = 12) -> None:
        """Something to look at that does not fail."""
        if lines:
            print(f"warning {name}: {len(lines)}")
            for line in lines[:show]:
                print(f"        {line}")
            if len(lines) > show:
                print(f"        and {len(lines) - show} more")

    def end(self) -> None:
        """Prints the sums and ends the process: 0 when nothing failed."""
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)
