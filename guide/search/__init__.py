"""The search: from what people type to competitions, countries, broadcasters and closures. API and pages share it."""
