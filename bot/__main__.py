"""``python -m bot COMMAND``."""

import logging
import sys

# Before anything is imported: libraries warn while they are imported, and that is nothing to the person who starts us.
logging.captureWarnings(True)
logging.getLogger("py.warnings").addHandler(logging.NullHandler())
logging.getLogger("py.warnings").propagate = False

from bot.cli import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
