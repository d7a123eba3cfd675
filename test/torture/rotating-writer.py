"""Logs each line of standard input through a handler of Python's own that rotates its file by itself."""

import logging
import logging.handlers
import sys

path, kind = sys.argv[1:]
handler = (
    logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=5, encoding="utf-8")
    if kind == "size"
    else logging.handlers.TimedRotatingFileHandler(path, when="S", interval=1, backupCount=4, encoding="utf-8")
)
handler.setFormatter(logging.Formatter("%(message)s"))
logger = logging.getLogger("worker")
logger.setLevel(logging.INFO)
logger.addHandler(handler)
sys.stdin.reconfigure(encoding="utf-8")
for line in sys.stdin:
    logger.info("%s", line.rstrip("\n"))
logging.shutdown()
