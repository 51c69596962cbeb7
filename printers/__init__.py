"""Paper as data: documents, layouts, writers, devices and the spool."""
