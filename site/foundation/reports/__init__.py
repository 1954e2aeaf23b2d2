"""Reports: somebody says that something is wrong, and the administrators whom it does not concern read it.

Ground floor: what can be reported is declared by the rooms in their own `reports.py`. Private everywhere: in no
index, no export of the reported, no message and no log."""
