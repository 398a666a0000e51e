"""Where deals come from: files and databases, read as columns without guessing what they mean."""
