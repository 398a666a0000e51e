"""The version of this code, as it is stamped on artifacts and answers."""

CODE_VERSION = "0.1.0"
