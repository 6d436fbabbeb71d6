"""``python -m demo``: let the customers call until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path

from demo.company import CompanyMissingError
from demo.town import Options, run


def options(arguments: list[str]) -> Options:
    def setting(name: str, otherwise: str) -> str:
        return os.environ.get(f"KASKA_{name}") or otherwise

    parser = argparse.ArgumentParser(prog="demo", description="Virtual customers and robot operators for the demo.")
    address = f"http://{setting('WEB_HOST', '127.0.0.1')}:{setting('WEB_PORT', '8080')}"
    sip = f"{setting('SIP_HOST', '127.0.0.1')}:{setting('SIP_PORT', '5060')}"
    parser.add_argument("--address", default=address, help="where the page is (%(default)s)")
    parser.add_argument("--sip", default=sip, help="host:port of the switch (%(default)s)")
    parser.add_argument("--state", type=Path, default=Path(setting("STATE", ".state")), help="directory of the product")
    parser.add_argument("--trunk", default="127.0.0.2:5070", help="address of the virtual public network (%(default)s)")
    parser.add_argument("--calls", default="6-10", help="how many calls are to be alive (%(default)s)")
    parser.add_argument("--seconds", type=float, default=0.0, help="end after so many seconds; 0 = at Ctrl-C")
    given = parser.parse_args(arguments)
    least, _, most = given.calls.partition("-")
    return Options(given.address, given.sip, given.state, given.trunk, (int(least), int(most or least)), given.seconds)


def main() -> int:
    try:
        asyncio.run(run(options(sys.argv[1:])))
    except (CompanyMissingError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
