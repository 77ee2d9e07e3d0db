"""The extractor as a local web page and an HTTP service; needs the extra `serve`."""
