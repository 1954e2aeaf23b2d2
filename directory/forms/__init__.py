"""Forms of the directory. They check what was typed; the verbs are in `directory.services`."""
