"""Documents of feeds, fetched over HTTP into files. No Django here, no settings: what may vary is an argument."""
