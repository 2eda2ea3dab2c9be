"""What stops the program at its doors? Errors whose message is one clear sentence for the person who called."""


class SolieuError(Exception):
    """Nothing was done; the message says why."""
