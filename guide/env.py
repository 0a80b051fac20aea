"""Where the environment is read: the variables, an optional .env beside manage.py, and the folder that we write to."""

import os
from pathlib import Path

from environs import FileAwareEnv

BASE_DIR = Path(__file__).resolve().parent.parent

# Each variable X may also be given as X_FILE, a file that holds the value: how containers hand over secrets.
env = FileAwareEnv()
# What the environment has already wins over the file. GUIDE_ENV_FILE names another file; empty means none.
if env_file := os.environ.get("GUIDE_ENV_FILE", str(BASE_DIR / ".env")):
    env.read_env(env_file, recurse=False)

# Everything that this installation writes on its own disk.
VAR_DIR = Path(env.str("GUIDE_VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
# "make run" makes this file, so that manage.py works beside it.
LOCAL_SECRET_KEY = VAR_DIR / "secret_key"


def var_dir(name: str) -> Path:
    """A folder under var, made when something asks for it: with PostgreSQL and Redis nothing needs one."""
    folder = VAR_DIR / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
