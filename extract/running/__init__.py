"""How a run goes on: pieces, journal, engines, and what is only seen across articles."""
