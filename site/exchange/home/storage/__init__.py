"""Where uploaded files lie: a folder (`filesystem`) or an object store (`s3`); STORAGE_URL says which.

Both give names that nothing overwrites, and both are asked in the same words by exchange.home.serve, which alone
decides who may read a file. Addresses are those of the site in both, so that they stay when files move.
"""
